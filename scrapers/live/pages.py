"""What a feed entry or an answer means for a page: pure, so that every case can be read here."""

from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from schemas.articles import Fetched, Gone
from scrapers.identity import article_id, host_of
from scrapers.live.config import SourceConfig
from scrapers.live.failures import Failed
from scrapers.live.feeds import FeedEntry
from scrapers.live.fingerprint import fingerprint
from scrapers.live.journal import PageMemory
from scrapers.live.outcomes import Outcome
from scrapers.live.request import NOTHING_KNOWN, Answer, Validators
from scrapers.urls import normalise

_PAGES = ("text/html", "application/xhtml+xml")
_GONE = (404, 410)
_FIRST_RETRY = timedelta(minutes=10)
_MOST_ATTEMPTS = 5


class Verdict(NamedTuple):
    """What to publish, what to remember, and what to report."""

    outcome: Outcome
    page: PageMemory
    item: Fetched | Gone | None = None
    reason: str | None = None


def noted(entry: FeedEntry, page: PageMemory | None, label: str, now: datetime) -> PageMemory | None:
    """The memory of an entry that is new or has changed, due now; `None` for one that is as it was."""
    if page and page.entry_digest == entry.digest:
        return None
    known = page or PageMemory(source=label, url=entry.key, link=entry.link)
    found = {
        "link": entry.link,
        "entry_digest": entry.digest,
        "title": entry.title or known.title,
        "published_at": entry.published_at or known.published_at,
        "published_precision": entry.precision or known.published_precision,
        "repairs": entry.repairs,
        "urgent": True,
        "due_at": now,
        "attempts": 0,
    }
    return known.model_copy(update=found)


def from_feed(entry: FeedEntry, page: PageMemory, source: SourceConfig, now: datetime) -> Verdict:
    """The feed's own text is the article."""
    body = (entry.content or "").encode("utf-8", "replace")
    return _published(page.model_copy(update={"by_feed": True}), source, now, entry.key, entry.content_type, body)


def judge(page: PageMemory, answer: Answer, source: SourceConfig, now: datetime, input_id: str | None) -> Verdict:
    """What the answer to a page's request means. `input_id` is what the page at the final address is known by.

    Raises `Failed` if it is no article.
    """
    if answer.status == 304 and page.state == "known":
        return Verdict("not_modified", _looked_at(page, source, now))
    if answer.status in _GONE and page.state != "new":
        return _gone(page, source, now)
    if answer.status != 200:
        raise Failed(f"HTTP {answer.status}")
    content_type = _content_type(answer)
    final = _final(page, answer)
    found = page.model_copy(update={"input_id": page.input_id or input_id or final})
    return _published(found, source, now, final, content_type, answer.body, answer.validators)


def postponed(page: PageMemory, now: datetime) -> PageMemory:
    """A page that failed is tried a few times more, at growing distances; then only when its entry changes."""
    attempts = page.attempts + 1
    due_at = now + _FIRST_RETRY * 2 ** (attempts - 1) if attempts < _MOST_ATTEMPTS else None
    return page.model_copy(update={"attempts": attempts, "urgent": False, "due_at": due_at})


def _published(
    page: PageMemory,
    source: SourceConfig,
    now: datetime,
    url: str,
    content_type: str,
    body: bytes,
    validators: Validators = NOTHING_KNOWN,
) -> Verdict:
    mark = fingerprint(content_type, body)
    known = page.model_copy(
        update={
            "state": "known",
            "fingerprint": mark,
            "article_source": page.article_source or source.name or host_of(url) or source.label,
            "input_id": page.input_id or url,
            "etag": validators.etag,
            "modified": validators.modified,
            "first_at": page.first_at or now,
        }
    )
    looked_at = _looked_at(known, source, now)
    if page.state == "known" and page.fingerprint == mark:
        return Verdict("unchanged", looked_at)
    return Verdict("fetched", looked_at, _article(known, url, content_type, body, now))


def _article(page: PageMemory, url: str, content_type: str, body: bytes, now: datetime) -> Fetched:
    return Fetched(
        article_id=article_id(page.article_source, page.input_id),
        source=page.article_source,
        input_id=page.input_id,
        content_type=content_type,
        body=body,
        url=url,
        fetched_at=now,
        title=page.title,
        published_at=page.published_at,
        published_precision=page.published_precision,
        repairs=page.repairs,
    )


def _gone(page: PageMemory, source: SourceConfig, now: datetime) -> Verdict:
    """A page that is gone is looked at like any other: outlets take pages off by mistake, too."""
    gone = Gone(
        article_id=article_id(page.article_source, page.input_id),
        source=page.article_source,
        input_id=page.input_id,
        url=page.url,
        fetched_at=now,
    )
    looked_at = _looked_at(page.model_copy(update={"state": "gone"}), source, now)
    if page.state == "gone":
        return Verdict("unchanged", looked_at)
    return Verdict("gone", looked_at, gone if page.state == "known" else None)


def _looked_at(page: PageMemory, source: SourceConfig, now: datetime) -> PageMemory:
    """Corrections come early: a page is looked at again when its age has grown by half, as long as the source says."""
    age = now - (page.first_at or now)
    again = not page.by_feed and age < timedelta(seconds=source.recheck)
    due_at = now + max(timedelta(seconds=source.recheck_after), age / 2) if again else None
    return page.model_copy(update={"urgent": False, "due_at": due_at, "attempts": 0})


def _content_type(answer: Answer) -> str:
    media_type, _, charset = answer.content_type.partition(";")
    if not answer.body.strip():
        raise Failed("empty page")
    if media_type in _PAGES or (not media_type and answer.body.lstrip()[:1] == b"<"):
        return f"text/html;{charset}" if charset else "text/html"
    if media_type == "text/plain":
        return answer.content_type
    raise Failed(f"content type {media_type or 'missing'}")


def _final(page: PageMemory, answer: Answer) -> str:
    """Where the article is. Outlets send readers of removed pages to their front page, which is no article."""
    final = normalise(answer.url) or page.url
    if _is_front(final) and not _is_front(page.url):
        raise Failed("redirected to the front page")
    return final


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
