"""Inverted indexes over the active articles of one language."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from stories.assign.postings import GONE, Postings, place_of
from stories.assign.records import Trace


class Field(NamedTuple):
    """An article is found by its `depth` heaviest terms of a field; what fields share counts by `weight`."""

    depth: int
    weight: int


FIELDS = Field(32, 6), Field(8, 3), Field(12, 2)
"""Body, title and names, as in `Vectors`."""
NEWEST = 32
"""Articles that one term leads to. An event's articles come within days, so that the newest are the ones to weigh."""
PROMISING = 16
"""Articles that a look-up gives."""
MARKED = 12
"""Articles that are compared with word for word: those that hold most of the marks looked up."""
LEAST_MARKS = 8
LOW = 1 << 29
"""Articles are found by their lowest marks, so that few marks above an eighth of the range lead anywhere: these are in
an index of their own, small enough to stay close at hand."""
SWEPT = 4
"""Postings are swept when of so many active articles one has gone since, so that it costs an article little."""
SWEPT_AT_LEAST = 64


class Index:
    """Looks up active articles by what they share with a trace. Nothing here depends on the order of insertion.

    What a look-up costs is bounded by the depth of the fields and `NEWEST`, whatever the number of articles.
    """

    def __init__(self) -> None:
        self.traces: dict[str, Trace] = {}
        self.members: dict[str, list[str]] = {}
        self._numbers: dict[str, int] = {}
        self._articles: list[Trace | None] = []
        self._places: list[int] = []
        self._gone: list[int] = []
        self._free: list[int] = []
        self._terms: list[Postings[str]] = [Postings(self._places) for _ in FIELDS]
        self._marks: tuple[Postings[int], Postings[int]] = Postings(self._places), Postings(self._places)

    def add(self, trace: Trace, moment: int) -> None:
        """Puts an article up, at a time in seconds."""
        if not self._free:
            self._free.append(len(self._articles))
            self._articles.append(None)
            self._places.append(GONE)
        number = self._numbers[trace.article] = self._free.pop()
        self._articles[number], self._places[number] = trace, place_of(moment, trace.article)
        self.traces[trace.article] = trace
        self.members.setdefault(trace.story, []).append(trace.article)
        for at, field in enumerate(FIELDS):
            self._terms[at].add(trace.heaviest(at, field.depth)[0], number)
        for postings, marks in zip(self._marks, _parted(_found_by(trace)), strict=True):
            postings.add(marks, number)

    def remove(self, article: str) -> None:
        """Takes an article down; one that is not here is no error."""
        trace = self.traces.get(article)
        if trace is None:
            return
        number = self._numbers[article]
        for at, field in enumerate(FIELDS):
            self._terms[at].remove(trace.heaviest(at, field.depth)[0], number)
        for postings, marks in zip(self._marks, _parted(_found_by(trace)), strict=True):
            postings.remove(marks, number)
        self._free.append(self._forget(article))

    def move(self, trace: Trace, story: str) -> None:
        """Puts an active article into another story."""
        self._leave(trace)
        trace.story = story
        self.members.setdefault(story, []).append(trace.article)

    def let_go(self, article: str) -> None:
        """Forgets an article that has left the window, and so must all before it; `sweep` cleans up after them."""
        self._gone.append(self._forget(article))

    def sweep(self) -> None:
        """Cleans up after those let go, if it is worth while."""
        if SWEPT * len(self._gone) > len(self.traces) + SWEPT_AT_LEAST:
            for terms in self._terms:
                terms.sweep()
            for marks in self._marks:
                marks.sweep()
            self._free += self._gone
            self._gone.clear()

    def overlaps(self, trace: Trace) -> dict[str, int]:
        """How much the active articles share of a trace's heaviest terms, for those that share most.

        It is computed as if an article that holds a term gave it the same weight: good enough to choose whom to weigh.
        """
        found: dict[int, int] = {}
        get = found.get
        for at, field in enumerate(FIELDS):
            terms, weights = trace.heaviest(at, field.depth)
            for weight, numbers in zip(weights, self._terms[at].newest(terms, NEWEST), strict=True):
                gain = field.weight * weight * weight
                for number in numbers:
                    found[number] = get(number, 0) + gain
        return {trace.article: overlap for overlap, trace in self._most(found, PROMISING)}

    def sharing_marks(self, marks: Sequence[int]) -> list[Trace]:
        """The articles that hold most of the marks, of those marks that each is found by."""
        pairs = zip(self._marks, _parted(marks), strict=True)
        counts = Counter(chain.from_iterable(chain.from_iterable(one.newest(some, NEWEST) for one, some in pairs)))
        return [trace for _, trace in self._most(counts, MARKED)]

    def _forget(self, article: str) -> int:
        """Gives the number that the article had."""
        number = self._numbers.pop(article)
        self._articles[number], self._places[number] = None, GONE
        self._leave(self.traces.pop(article))
        return number

    def _leave(self, trace: Trace) -> None:
        members = self.members[trace.story]
        members.remove(trace.article)
        if not members:
            del self.members[trace.story]

    def _most(self, found: dict[int, int], count: int) -> list[tuple[int, Trace]]:
        """The active articles that were found most often, and how often, of equal ones the newest first."""
        least = 0
        if len(found) > 2 * count:  # most of the highest are active, so that the others need not be asked for
            least = sorted(found.values(), reverse=True)[2 * count]
        ranked = self._ranked(found, least)
        if len(ranked) < count and least:
            ranked = self._ranked(found, 0)
        return [(often, trace) for often, _, number in ranked[:count] if (trace := self._articles[number])]

    def _ranked(self, found: dict[int, int], least: int) -> list[tuple[int, int, int]]:
        places = self._places
        often = [(times, places[number], number) for number, times in found.items() if times >= least]
        return sorted([one for one in often if one[1] != GONE], reverse=True)


def _parted(marks: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """The low and the high ones of marks in ascending order."""
    cut = bisect_left(marks, LOW)
    return marks[:cut], marks[cut:]


def _found_by(trace: Trace) -> Sequence[int]:
    """The lowest marks of an article, by which it is found: a tenth of them, but of a short text some more."""
    return trace.marks[: max(LEAST_MARKS, len(trace.marks) // 10)]
