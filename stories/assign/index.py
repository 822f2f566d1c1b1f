"""Inverted indexes over the active articles of one language."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from stories.assign.postings import Postings, first_place, place_of
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


class Index:
    """Looks up active articles by what they share with a trace. Nothing here depends on the order of insertion.

    What a look-up costs is bounded by the depth of the fields and `NEWEST`, whatever the number of articles.
    """

    def __init__(self) -> None:
        self.traces: dict[str, Trace] = {}
        self.members: dict[str, list[str]] = {}
        self._articles: dict[int, Trace] = {}
        self._places: dict[str, int] = {}
        self._gone: list[Trace] = []
        self._terms: list[Postings[str]] = [Postings() for _ in FIELDS]
        self._marks: Postings[int] = Postings()

    def add(self, trace: Trace, moment: int) -> None:
        """Puts an article up, at a time in seconds."""
        place = place_of(moment, trace.article)
        self.traces[trace.article] = trace
        self.members.setdefault(trace.story, []).append(trace.article)
        self._articles[place] = trace
        self._places[trace.article] = place
        for number, field in enumerate(FIELDS):
            self._terms[number].add(trace.heaviest(number, field.depth)[0], place)
        self._marks.add(_found_by(trace), place)

    def remove(self, article: str) -> None:
        """Takes an article down; one that is not here is no error."""
        trace = self.traces.get(article)
        if trace is None:
            return
        place = self._places[article]
        for number, field in enumerate(FIELDS):
            self._terms[number].remove(trace.heaviest(number, field.depth)[0], place)
        self._marks.remove(_found_by(trace), place)
        self._forget(article)

    def move(self, trace: Trace, story: str) -> None:
        """Puts an active article into another story."""
        self._leave(trace)
        trace.story = story
        self.members.setdefault(story, []).append(trace.article)

    def let_go(self, article: str) -> None:
        """Forgets an article that has left the window; `expire` cleans up after it."""
        self._gone.append(self._forget(article))

    def expire(self, before: int) -> None:
        """Cleans up after those let go, which must be all articles from before a time in seconds."""
        place = first_place(before)
        gone, self._gone = self._gone, []
        for trace in gone:
            for number, field in enumerate(FIELDS):
                self._terms[number].expire(trace.heaviest(number, field.depth)[0], place)
            self._marks.expire(_found_by(trace), place)

    def overlaps(self, trace: Trace) -> dict[str, int]:
        """How much the active articles share of a trace's heaviest terms, for those that share most.

        It is computed as if an article that holds a term gave it the same weight: good enough to choose whom to weigh.
        """
        found: dict[int, int] = {}
        get = found.get
        for number, field in enumerate(FIELDS):
            terms, weights = trace.heaviest(number, field.depth)
            for weight, places in zip(weights, self._terms[number].newest(terms, NEWEST), strict=True):
                gain = field.weight * weight * weight
                for place in places:
                    found[place] = get(place, 0) + gain
        return {self._articles[place].article: overlap for overlap, place in self._most(found, PROMISING)}

    def sharing_marks(self, marks: Sequence[int]) -> list[Trace]:
        """The articles that hold most of the marks, of those marks that each is found by."""
        counts = Counter(chain.from_iterable(self._marks.newest(marks, NEWEST)))
        return [self._articles[place] for _, place in self._most(counts, MARKED)]

    def _forget(self, article: str) -> Trace:
        trace = self.traces.pop(article)
        del self._articles[self._places.pop(article)]
        self._leave(trace)
        return trace

    def _leave(self, trace: Trace) -> None:
        members = self.members[trace.story]
        members.remove(trace.article)
        if not members:
            del self.members[trace.story]

    def _most(self, found: dict[int, int], count: int) -> list[tuple[int, int]]:
        """The active articles with the highest numbers, of equal ones the newest, as numbers and places."""
        least = 0
        if len(found) > 2 * count:  # most of the highest are active, so that the others need not be asked for
            least = sorted(found.values(), reverse=True)[2 * count]
        ranked = sorted([(number, place) for place, number in found.items() if number >= least], reverse=True)
        active = [one for one in ranked if one[1] in self._articles]
        if len(active) < count and least:
            active = sorted(
                [(number, place) for place, number in found.items() if place in self._articles], reverse=True
            )
        return active[:count]


def _found_by(trace: Trace) -> Sequence[int]:
    """The lowest marks of an article, by which it is found: a tenth of them, but of a short text some more."""
    return trace.marks[: max(LEAST_MARKS, len(trace.marks) // 10)]
