"""What the desk remembers, and the bytes it is stored as."""

from dataclasses import dataclass, replace

import orjson

KEPT_IDS = 64
"""Event ids remembered of an article: enough for any redelivery, small enough to keep for ever."""

SCALE = 1000
Vector = dict[str, int]
"""Term -> weight in thousandths (`SCALE`). Sums of whole numbers do not depend on their order."""


@dataclass(slots=True)
class Fate:
    """What became of an article; kept for ever, so that a late duplicate or revision still finds its story."""

    story: str
    digest: str
    fetched: int | None = None
    """When the newest applied text was fetched, in seconds."""
    applied: tuple[str, ...] = ()
    withdrawn: bool = False

    def after(self, event_id: str, fetched: int | None) -> "Fate":
        """The fate once an event of this article has been dealt with."""
        applied = (*self.applied, event_id)[-KEPT_IDS:]
        return replace(self, applied=applied, fetched=self.fetched if fetched is None else fetched)


@dataclass(slots=True)
class Trace:
    """What an active article is recognised by. `at` is in seconds, `None` while its language has no clock."""

    article: str
    story: str
    language: str
    at: int | None
    daily: bool
    """Only the day is known; `at` is its midnight."""
    body: Vector
    title: Vector
    names: Vector
    sentences: dict[str, int]
    """Hash of a sentence's words -> how many characters they have."""


@dataclass(slots=True)
class Shape:
    """What is known of a story: its newest version, its language and the time of its latest article in seconds."""

    version: int
    language: str
    last: int | None = None
    thread: str = ""
    """The thread that it was linked into last; empty for a story that is its own."""


@dataclass(slots=True)
class Clock:
    """Event time of a language in seconds: where it began and where it stands."""

    first: int
    now: int


def pack(record: Fate | Trace | Shape | Clock) -> bytes:
    """The record as JSON; the same record gives the same bytes."""
    return orjson.dumps({name: getattr(record, name) for name in record.__slots__})
