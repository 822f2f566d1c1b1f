"""One poll of one source: its feeds, then the pages that are due."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from schemas.errors import Quarantine
from scrapers.live.config import SourceConfig, SourcesConfig
from scrapers.live.failures import Disallowed, Failed
from scrapers.live.feeds import FeedEntry, parse_feed
from scrapers.live.journal import FeedMemory, PageMemory
from scrapers.live.keeper import Keeper
from scrapers.live.outcomes import OnEvent, Outcome, ScrapeEvent, Tally, What
from scrapers.live.pages import Verdict, from_feed, judge, noted, postponed
from scrapers.live.request import Answer, Validators
from scrapers.live.web import Manners, Web
from scrapers.urls import is_private, normalise

_APART = timedelta(milliseconds=1)


class _Found(NamedTuple):
    """What a feed brought: pages to be fetched, and articles whose text it carries."""

    pages: list[PageMemory]
    verdicts: list[Verdict]


class Poller:
    """Holds what all polls share."""

    def __init__(
        self,
        web: Web,
        keeper: Keeper,
        config: SourcesConfig,
        clock: Callable[[], datetime],
        tally: Tally,
        on_event: OnEvent | None,
    ) -> None:
        self._web, self._keeper, self._config, self._clock = web, keeper, config, clock
        self._tally, self._on_event = tally, on_event

    async def poll(self, source: SourceConfig) -> bool:
        """Reads all feeds of the source, then its due pages. Returns whether any feed answered."""
        answered = [await self._feed(source, url) for url in source.feeds]
        for page in await self._keeper.due(source.label, self._clock(), source.max_pages):
            await self._page(source, page)
        return any(answered)

    async def _feed(self, source: SourceConfig, url: str) -> bool:
        memory = await self._keeper.feed(source.label, url)
        try:
            answer = await self._web.get(url, self._manners(source), Validators(memory.etag, memory.modified))
            if answer.status == 304:
                self._report(source, "feed", url, "not_modified")
            else:
                await self._read_feed(source, memory, answer)
        except Disallowed as reason:
            self._report(source, "feed", url, "disallowed", str(reason))
            return False
        except (Failed, Quarantine) as reason:
            self._report(source, "feed", url, "failed", str(reason))
            return False
        return True

    async def _read_feed(self, source: SourceConfig, memory: FeedMemory, answer: Answer) -> None:
        """Entries that wait for their page are in the journal before the feed counts as read."""
        if answer.status != 200:
            raise Failed(f"HTTP {answer.status}")
        # In a thread: a feed or page made to be slow holds up nobody else.
        entries = await asyncio.to_thread(parse_feed, answer.body, answer.url, self._clock())
        known = await self._keeper.pages(source.label, [entry.key for entry in entries])
        found = await asyncio.to_thread(_sift, source, entries, known, self._clock())
        items = [verdict.item for verdict in found.verdicts if verdict.item]
        pages = [*found.pages, *(verdict.page for verdict in found.verdicts)]
        await self._keeper.keep(items, pages, [memory.model_copy(update=answer.validators._asdict())])
        self._report(source, "feed", memory.url, "fetched" if pages else "unchanged", entries=len(pages))
        for verdict in found.verdicts:
            self._report_page(source, verdict)

    async def _page(self, source: SourceConfig, page: PageMemory) -> None:
        try:
            answer = await self._web.get(page.link, self._manners(source), page.validators)
            input_id = await self._known_as(source, page, answer)
            verdict = await asyncio.to_thread(judge, page, answer, source, self._clock(), input_id)
        except Disallowed as reason:
            verdict = Verdict("disallowed", postponed(page, self._clock()), reason=str(reason))
        except Failed as reason:
            verdict = Verdict("failed", postponed(page, self._clock()), reason=str(reason))
        await self._keeper.keep([verdict.item] if verdict.item else [], [verdict.page])
        self._report_page(source, verdict)

    async def _known_as(self, source: SourceConfig, page: PageMemory, answer: Answer) -> str | None:
        """An article that two addresses lead to keeps the input id it was first published by."""
        final = normalise(answer.url)
        if page.input_id or final is None or final == page.url:
            return None
        known = await self._keeper.pages(source.label, [final])
        return known[final].input_id or None if known else None

    def _manners(self, source: SourceConfig) -> Manners:
        return Manners(self._config.agent_of(source), source.delay, any(is_private(url) for url in source.feeds))

    def _report_page(self, source: SourceConfig, verdict: Verdict) -> None:
        self._report(source, "page", verdict.page.url, verdict.outcome, verdict.reason, verdict.page.title)

    def _report(
        self,
        source: SourceConfig,
        what: What,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
        title: str | None = None,
        entries: int = 0,
    ) -> None:
        event = ScrapeEvent(self._clock(), source.label, what, url, outcome, reason, title, entries)
        self._tally.add(event)
        if self._on_event:
            self._on_event(event)


def _sift(source: SourceConfig, entries: Sequence[FeedEntry], known: Mapping[str, PageMemory], now: datetime) -> _Found:
    """New and changed entries, oldest first."""
    found = _Found([], [])
    for place, entry in enumerate(_oldest_first(entries, now)):
        before = known.get(entry.key)
        page = noted(entry, before, source.label, now - _APART * (len(entries) - place))
        if page is None:
            continue
        if entry.has_full_text(source.full_text) and (before is None or before.by_feed):
            found.verdicts.append(from_feed(entry, page, source, now))
        else:
            found.pages.append(page.model_copy(update={"by_feed": False}))
    return found


def _oldest_first(entries: Sequence[FeedEntry], now: datetime) -> list[FeedEntry]:
    """By the stated date; feeds put the newest first, so entries of one time are turned round."""
    newest_last = entries[::-1]
    return sorted(newest_last, key=lambda entry: entry.published_at or now)
