"""What the desk remembers, and the bytes it is stored as."""

import struct
import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, islice
from operator import mul
from typing import Any, Literal, NamedTuple

import orjson

KEPT_IDS = 64
"""Event ids remembered of an article: enough for any redelivery, small enough to keep for ever."""

SCALE = 1000
Weighted = dict[str, int]
"""Term -> weight in thousandths (`SCALE`). Sums of whole numbers do not depend on their order."""


def products(one: Weighted, other: Weighted) -> list[int]:
    """The summands of a dot product."""
    both = one.keys() & other.keys()
    return list(map(mul, map(one.__getitem__, both), map(other.__getitem__, both)))


class Fate(NamedTuple):
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
        return self._replace(applied=applied, fetched=self.fetched if fetched is None else fetched)


class Vectors(NamedTuple):
    """What articles are compared by, each heaviest term first."""

    body: Weighted
    title: Weighted
    names: Weighted


@dataclass(slots=True)
class Trace:
    """What an active article is recognised by. `at` is in seconds, `None` while its language has no clock."""

    article: str
    story: str
    language: str
    at: int | None
    daily: bool
    """Only the day is known; `at` is its midnight."""
    terms: tuple[str, ...]
    """Of its vectors, one after the other, with their `weights`: half of what dicts take in memory."""
    weights: "array[int]"
    ends: tuple[int, int, int]
    """Where in them each vector ends."""
    marks: "array[int]"
    """What its text is recognised by word for word (`stories.assign.copies`), in ascending order."""

    @classmethod
    def of(
        cls, article: str, story: str, language: str, at: int | None, daily: bool, vectors: Vectors, marks: "array[int]"
    ) -> "Trace":
        """A trace with these vectors; equal terms of all traces are one object in memory."""
        terms = tuple(map(sys.intern, chain.from_iterable(vectors)))
        weights = array("H", list(chain.from_iterable(vector.values() for vector in vectors)))
        body, title, names = accumulate(map(len, vectors))
        return cls(article, story, language, at, daily, terms, weights, _ends(body, title, names), marks)

    def heaviest(self, field: int, depth: int) -> tuple[Sequence[str], Sequence[int]]:
        """The heaviest terms of one of the vectors, by its number, and their weights."""
        start = self.ends[field - 1] if field else 0
        chosen = slice(start, min(start + depth, self.ends[field]))
        return self.terms[chosen], self.weights[chosen]


@lru_cache(maxsize=1 << 12)
def _ends(body: int, title: int, names: int) -> tuple[int, int, int]:
    """Equal ends of all traces are one object too."""
    return body, title, names


def vectors_of(trace: Trace) -> Vectors:
    """The vectors of a trace."""
    body, title, _ = trace.ends
    pairs = zip(trace.terms, trace.weights, strict=True)
    return Vectors(dict(islice(pairs, body)), dict(islice(pairs, title - body)), dict(pairs))


class Shape(NamedTuple):
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


class Clock(NamedTuple):
    """Event time of a language in seconds: where it began, where it stands, and where the last second look was."""

    first: int
    now: int
    looked: int = 0


def pack(record: Fate | Trace | Shape | Clock) -> bytes:
    """The record as JSON; the same record gives the same bytes."""
    names = record.__slots__ if isinstance(record, Trace) else record._fields
    return orjson.dumps({name: getattr(record, name) for name in names}, default=_plain)


def _plain(numbers: "array[int]") -> str:
    """In base 64: half the bytes of their digits."""
    return b64encode(struct.pack(f"<{len(numbers)}{numbers.typecode}", *numbers)).decode()


def _numbers(typecode: Literal["H", "I"], stored: str) -> "array[int]":
    packed = b64decode(stored)
    return array(typecode, struct.unpack(f"<{len(packed) // struct.calcsize('<' + typecode)}{typecode}", packed))


def unpack_shape(stored: bytes) -> Shape:
    """The shape that was packed."""
    row: dict[str, Any] = orjson.loads(stored)
    return Shape(**{**row, "rivals": tuple(row.get("rivals", ()))})


def unpack_trace(stored: bytes) -> Trace:
    """The trace that was packed; equal terms of all traces are one object in memory."""
    row: dict[str, Any] = orjson.loads(stored)
    row["terms"] = tuple(map(sys.intern, row["terms"]))
    row["weights"], row["marks"] = _numbers("H", row["weights"]), _numbers("I", row["marks"])
    row["ends"] = _ends(*row["ends"])
    return Trace(**row)
