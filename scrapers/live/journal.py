"""What the scraper remembers: of each feed how to ask for changes, of each page what it read, and what is to be sent.

What was read and the memory of it are written together. From here it goes to the log; what a crash keeps from being
struck out is published once more, which is harmless: the same event again changes no story.
"""

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple, Self

from eventlog.packing import pack, unpack
from schemas.articles import Precision
from schemas.base import Model, Moment
from schemas.cloudevents import from_wire, to_wire
from schemas.errors import Fatal
from schemas.events import Event
from scrapers.live.request import Validators

_TABLES = """
CREATE TABLE IF NOT EXISTS feeds (source TEXT, url TEXT, memory TEXT NOT NULL, PRIMARY KEY (source, url)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
    source TEXT, url TEXT, urgent INTEGER NOT NULL, due_at REAL, memory TEXT NOT NULL, PRIMARY KEY (source, url)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pages_due ON pages (source, urgent DESC, due_at, url) WHERE due_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS unsent (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL, value BLOB NOT NULL, headers TEXT NOT NULL
);
"""
_DUE = "SELECT memory FROM pages WHERE source = ? AND due_at <= ? ORDER BY urgent DESC, due_at, url LIMIT ?"
_UNSENT = "SELECT number, key, value, headers FROM unsent ORDER BY number"


class Unsent(NamedTuple):
    """An event that the log has not acknowledged yet, and its place in the order."""

    number: int
    event: Event


class FeedMemory(Model):
    """How to ask a feed for changes."""

    source: str
    url: str
    etag: str | None = None
    modified: str | None = None


class PageMemory(Model):
    """One page of a source. `url` is its address in its one spelling, `link` the one to fetch."""

    source: str
    url: str
    link: str
    state: Literal["new", "known", "gone"] = "new"
    by_feed: bool = False
    """The feed carries the full text: the page itself is never fetched."""
    entry_digest: str = ""
    title: str | None = None
    published_at: Moment | None = None
    published_precision: Precision | None = None
    repairs: tuple[str, ...] = ()
    article_source: str = ""
    input_id: str = ""
    fingerprint: str = ""
    etag: str | None = None
    modified: str | None = None
    first_at: Moment | None = None
    urgent: bool = True
    """New or changed according to the feed; else it is only looked at again."""
    due_at: Moment | None = None
    attempts: int = 0

    @property
    def validators(self) -> Validators:
        """What to ask with; nothing for a page that was not published, which must come whole."""
        return Validators(self.etag, self.modified) if self.state == "known" else Validators()


class Journal:
    """One SQLite file; each `save` is whole or not at all. Raises `Fatal` if the file is none of ours."""

    def __init__(self, path: Path | str) -> None:
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_TABLES)
        except sqlite3.Error as reason:
            raise Fatal(f"the scraper's journal {path} cannot be used: {reason}") from reason
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def feed(self, source: str, url: str) -> FeedMemory:
        """What is known of a feed; a blank memory if nothing is."""
        found = self._one("SELECT memory FROM feeds WHERE source = ? AND url = ?", source, url)
        return FeedMemory.model_validate_json(found) if found else FeedMemory(source=source, url=url)

    def page(self, source: str, url: str) -> PageMemory | None:
        """What is known of a page."""
        found = self._one("SELECT memory FROM pages WHERE source = ? AND url = ?", source, url)
        return PageMemory.model_validate_json(found) if found else None

    def pages(self, source: str, urls: Sequence[str]) -> dict[str, PageMemory]:
        """What is known of the pages, by address."""
        found = ((url, self.page(source, url)) for url in urls)
        return {url: page for url, page in found if page}

    def due(self, source: str, now: datetime, limit: int) -> list[PageMemory]:
        """Pages to be fetched now: new and changed ones first, then those that wait longest."""
        with self._lock:
            rows = self._db.execute(_DUE, (source, now.timestamp(), limit)).fetchall()
        return [PageMemory.model_validate_json(memory) for (memory,) in rows]

    def unsent(self, limit: int, size: int) -> list[Unsent]:
        """The events that are to be sent, in order: up to `limit` of them, and of `size` bytes or the first alone."""
        found: list[Unsent] = []
        with self._lock:
            for number, key, value, headers in self._db.execute(_UNSENT):
                size -= len(value)
                if found and (size < 0 or len(found) == limit):
                    break
                found.append(Unsent(number, from_wire(key, value, unpack(headers))))
        return found

    def sent(self, number: int) -> None:
        """Strikes out the events up to this number."""
        with self._lock:
            self._db.execute("DELETE FROM unsent WHERE number <= ?", (number,))

    @property
    def waiting(self) -> int:
        """How many events are to be sent."""
        with self._lock:
            return int(self._db.execute("SELECT count(*) FROM unsent").fetchone()[0])

    def save(
        self, pages: Iterable[PageMemory] = (), feeds: Sequence[FeedMemory] = (), events: Sequence[Event] = ()
    ) -> None:
        """Sets all memories, and adds events that are to be sent, in one transaction."""
        feed_rows = [(feed.source, feed.url, feed.model_dump_json()) for feed in feeds]
        event_rows = [(wire.key, wire.value, pack(wire.headers)) for wire in map(to_wire, events)]
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", map(_row, pages))
                self._db.executemany("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)", feed_rows)
                self._db.executemany("INSERT INTO unsent (key, value, headers) VALUES (?, ?, ?)", event_rows)
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._db.close()

    def _one(self, query: str, source: str, url: str) -> str | None:
        with self._lock:
            row = self._db.execute(query, (source, url)).fetchone()
        return row[0] if row else None


def _row(page: PageMemory) -> tuple[str, str, int, float | None, str]:
    due_at = page.due_at.timestamp() if page.due_at else None
    return page.source, page.url, int(page.urgent), due_at, page.model_dump_json(exclude_defaults=True)
