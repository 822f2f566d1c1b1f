"""A feed's bytes -> its entries, with the dates as they were written."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any, NamedTuple

import fastfeedparser
from lxml import etree  # type: ignore[import-untyped]

from schemas.articles import Precision
from schemas.errors import Quarantine
from scrapers.moments import read_moment
from scrapers.urls import normalise, resolve

_ENTRY = {"item", "entry"}
_PUBLISHED = ("pubDate", "published", "issued", "date", "created")
_UPDATED = ("updated", "modified", "lastBuildDate")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
_CUT_OFF = ("…", "...", "…]", "...]", "…)", "...)")


class FeedEntry(NamedTuple):
    """One entry. `key` is the page's address in its one spelling; `digest` changes when anything in the entry does."""

    key: str
    link: str
    title: str | None
    published_at: datetime | None
    precision: Precision | None
    content: str | None
    content_type: str
    digest: str
    repairs: tuple[str, ...] = ()

    def has_full_text(self, least: int) -> bool:
        """Whether the feed carries the whole article: at least so many characters of text, not broken off."""
        text = unescape(_TAGS.sub("", self.content or "")).strip()
        return len(text) >= least and not text.endswith(_CUT_OFF)


def parse_feed(body: bytes, url: str, now: datetime) -> tuple[FeedEntry, ...]:
    """The entries of an RSS, Atom or JSON feed, each page once. Entries without a usable link are left out.

    Raises `Quarantine` if the bytes are no feed.
    """
    try:
        entries = fastfeedparser.parse(body, include_tags=False, include_media=False, include_enclosures=False).entries
    except Exception as reason:
        # The parser's own bugs show as any exception; one outlet's feed must not stop the others.
        raise Quarantine(f"no feed: {str(reason)[:120]}") from reason
    dates = _stated_dates(body)
    if len(dates) != len(entries):
        dates = [None] * len(entries)
    found: dict[str, FeedEntry] = {}
    for entry, date in zip(entries, dates, strict=True):
        read = _entry(entry, date, url, now)
        if read:
            found.setdefault(read.key, read)
    return tuple(found.values())


def _entry(entry: dict[str, Any], date: str | None, url: str, now: datetime) -> FeedEntry | None:
    link = resolve(entry.get("link") or "", url) if entry.get("link") else None
    key = normalise(link) if link else None
    if not link or not key:
        return None
    stated = read_moment(date, now)
    content, content_type = _content(entry)
    return FeedEntry(
        key=key,
        link=link,
        title=_TAGS.sub("", entry.get("title") or "").strip()[:2000] or None,
        published_at=stated.at,
        precision=stated.precision,
        content=content,
        content_type=content_type,
        digest=_digest(entry, date),
        repairs=(stated.repair,) if stated.repair else (),
    )


def _content(entry: dict[str, Any]) -> tuple[str | None, str]:
    blocks = [block for block in entry.get("content") or () if isinstance(block.get("value"), str)]
    if not blocks:
        return None, "text/html; charset=utf-8"
    longest = max(blocks, key=lambda block: len(block["value"]))
    plain = longest.get("type") in ("text", "text/plain")
    return longest["value"], f"text/{'plain' if plain else 'html'}; charset=utf-8"


def _digest(entry: dict[str, Any], date: str | None) -> str:
    parts = [entry.get("title"), entry.get("link"), date, entry.get("updated"), entry.get("description")]
    parts += [block.get("value") for block in entry.get("content") or ()]
    return hashlib.sha256("\x1f".join(str(part or "") for part in parts).encode("utf-8", "replace")).hexdigest()[:32]


def _stated_dates(body: bytes) -> list[str | None]:
    """The publishing dates as written: fastfeedparser guesses, and makes next Tuesday of "Tue,"."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    return [] if root is None else [_date_of(element) for element in _entries(root)]


def _entries(root: Any) -> Iterator[Any]:
    return (element for element in root.iter() if _name(element) in _ENTRY)


def _date_of(element: Any) -> str | None:
    stated = {_name(child): (child.text or "").strip() for child in reversed(element)}
    return next((stated[name] for name in (*_PUBLISHED, *_UPDATED) if stated.get(name)), None)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
