"""What the desk remembers, and the bytes it is stored as."""

import sys
from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import orjson

KEPT_IDS = 64
"""Event ids remembered of an article: enough for any redelivery, small enough to keep for ever."""

SCALE = 1000
Vector = dict[str, int]
"""Term -> weight in thousandths (`SCALE`). Sums of whole numbers do not depend on their order."""


class _Numbers(dict[int, int]):
    def __missing__(self, number: int) -> int:
        return number


one_object: Callable[[int], int] = _Numbers({number: number for number in range(SCALE + 1)}).__getitem__
"""The number itself, but every small one as one object: Python makes a new one of 28 bytes for each of a vector."""


def products(one: Vector, other: Vector) -> list[int]:
    """The summands of the dot product of two vectors."""
    return [one[term] * other[term] for term in one.keys() & other.keys()]


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
    """Heaviest term first, as all vectors."""
    marks: "array[int]"
    """What its text is recognised by word for word (`stories.assign.copies`), in ascending order."""


@dataclass(slots=True)
class Shape:
    """What is known of a story: its newest version, its language and the time of its latest article in seconds."""

    version: int
    language: str
    last: int | None = None
    thread: str = ""
    """The thread that it was linked into last; empty for a story that is its own."""
    articles: int = 0
    """How many it has, those included that are looked for no longer."""
    touched: int | None = None
    """Where the clock stood when an article last came to it."""
    rivals: tuple[str, ...] = ()
    """Stories that one of its articles nearly went to, newest last."""
    into: str | None = None
    """The story that it was merged into."""


@dataclass(slots=True)
class Clock:
    """Event time of a language in seconds: where it began, where it stands, and where the last second look was."""

    first: int
    now: int
    looked: int = 0


def pack(record: Fate | Trace | Shape | Clock) -> bytes:
    """The record as JSON; the same record gives the same bytes."""
    return orjson.dumps({name: getattr(record, name) for name in record.__slots__}, default=list)


def unpack_shape(stored: bytes) -> Shape:
    """The shape that was packed."""
    row: dict[str, Any] = orjson.loads(stored)
    return Shape(**{**row, "rivals": tuple(row.get("rivals", ()))})


def unpack_trace(stored: bytes) -> Trace:
    """The trace that was packed; equal terms of all traces are one object in memory."""
    row: dict[str, Any] = orjson.loads(stored)
    row["marks"] = array("I", row["marks"])
    trace = Trace(**row)
    trace.body, trace.title, trace.names = interned(trace.body), interned(trace.title), interned(trace.names)
    return trace


def interned(vector: Vector) -> Vector:
    """The same vector, its terms and small weights shared with all others."""
    return dict(zip(map(sys.intern, vector), map(one_object, vector.values()), strict=True))
