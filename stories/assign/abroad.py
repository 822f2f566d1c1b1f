"""A seam for links across languages: whoever offers stories of other languages for an article is an `Abroad`.

It is off unless a desk is opened with one. A desk sees the languages of its own partition only, so on a log with many
partitions links between two of them cannot be found.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from stories.assign.choose import days_between
from stories.assign.likeness import fade
from stories.assign.records import Trace, Vectors, Weighted, products, vectors_of
from stories.assign.shelf import Shelf
from stories.assign.weights import WEIGHTS

ALIKE = 0.3
"""Cosine of names and numbers, faded by the days between, from which two articles tell of one event."""
SHARED = 3
"""Names and numbers that they must share at least: one person is in the news for many things."""
_LAST_YEAR = 2100


class Foreign(NamedTuple):
    """A story of another language, how alike its nearest article is (0 to 1), and what both have."""

    story: str
    score: float
    shared: tuple[str, ...]


class Abroad(Protocol):
    """Finds a story of another language on the event that an article tells of.

    Must be a function of its arguments alone, so that a desk that was rebuilt links as the one that was kept.
    """

    def find(self, shelves: Mapping[str, Shelf], trace: Trace) -> Foreign | None:
        """The best story among the shelves of other languages, or `None`."""


class NamesAndNumbers:
    """Goes by what no language translates: names folded to ASCII, and numbers but for years."""

    def find(self, shelves: Mapping[str, Shelf], trace: Trace) -> Foreign | None:
        """The best story among the shelves of other languages, or `None`."""
        found = [
            foreign
            for language, shelf in sorted(shelves.items())
            if language != trace.language
            for foreign in _near(shelf, trace)
        ]
        return min(found, key=lambda one: (-one.score, one.story), default=None)


def _near(shelf: Shelf, trace: Trace) -> list[Foreign]:
    numbers, names = _numbers(trace), vectors_of(trace).names
    asked = Trace.of("", "", trace.language, trace.at, trace.daily, Vectors(numbers, {}, names), trace.marks)
    one = names | numbers
    found = []
    for article in shelf.index.overlaps(asked):
        other = shelf.index.traces[article]
        two = vectors_of(other).names | _numbers(other)
        shared = tuple(sorted(one.keys() & two.keys()))
        score = _cosine(one, two) * fade(days_between(shelf, trace, other), WEIGHTS.fade_days)
        if len(shared) >= SHARED and score >= ALIKE:
            found.append(Foreign(other.story, round(score, 6), shared))
    return found


def _numbers(trace: Trace) -> Weighted:
    return {term: weight for term, weight in vectors_of(trace).body.items() if _tells(term)}


def _tells(term: str) -> bool:
    return len(term) > 1 and term[0].isdigit() and not (term.isdecimal() and 1900 < int(term) < _LAST_YEAR)


def _cosine(one: Weighted, other: Weighted) -> float:
    norm = math.sqrt(sum(products(one, one)) * sum(products(other, other)))
    return sum(products(one, other)) / norm if norm else 0.0
