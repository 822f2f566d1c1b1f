"""The second look: stories that turn out to be one are merged, one that turns out to be two is split.

Stories are merged in a look driven by event time, at those that articles came to since the last look. Whether two are
one is asked as it is asked of an article: how well do the articles of each fit the other (mean link, both ways)?
Whether one is two is asked as it grows: two events of a kind are told apart by contrast, and that takes some articles.
Only young articles are moved, and few at a time, so that what it costs and what it writes is bounded.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stories.assign.choose import weigh
from stories.assign.contrast import contrasts, halves, is_two
from stories.assign.desk import Desk
from stories.assign.likeness import asked
from stories.assign.records import Trace
from stories.assign.shelf import Shelf
from stories.assign.weights import WEIGHTS, Weights

NEAR = 0.8
"""Share of the threshold from which a story that an article did not go to is its story's rival."""
ALIKE = 1.3
"""Share of the threshold that the articles of two stories must reach in the other's company."""
GROWN = 4, 8, 16
"""Articles at which a story is asked whether it is two: early, so that few readers see it change."""
MOVED = 12
"""Articles that are moved at a time."""
SEEN = 12
"""Articles of a story that are looked at for a merge, its newest."""


class Merge(NamedTuple):
    """Two stories are one: all articles of the one that goes are moved."""

    stays: str
    goes: str
    articles: tuple[str, ...]


class Parting(NamedTuple):
    """A story is two: these articles leave."""

    story: str
    articles: tuple[str, ...]


def merges(desk: Desk, shelf: Shelf, stories: Sequence[str], by: Weights = WEIGHTS) -> list[Merge]:
    """What is to be merged among these stories and their rivals, the best matches first; each story once."""
    matched: list[tuple[float, str, str]] = []
    for one, other in sorted(set(_pairs(desk, shelf, stories))):
        fit = _fit(shelf, one, other, by)
        if fit >= ALIKE * by.threshold:  # else the other way need not be asked
            fit = min(fit, _fit(shelf, other, one, by))
        if fit >= ALIKE * by.threshold:
            matched.append((-fit, one, other))
    found: dict[str, Merge] = {}
    for _, one, other in sorted(matched):
        if one not in found and other not in found and (merge := _merge(shelf, one, other)):
            found[one] = found[other] = merge
    return list(dict.fromkeys(found.values()))


def _pairs(desk: Desk, shelf: Shelf, stories: Sequence[str]) -> Iterator[tuple[str, str]]:
    for story in stories:
        for rival in shelf.stories[story].rivals:
            other, _ = desk.home(rival)
            if other != story and other in shelf.index.members and story in shelf.index.members:
                yield min(story, other), max(story, other)


def _fit(shelf: Shelf, one: str, other: str, by: Weights) -> float:
    """How well the articles of one story fit the other, on average."""
    scores = [weigh(shelf, other, asked(trace), by).score for trace in _newest(shelf, one)]
    return sum(scores) / len(scores)


def _newest(shelf: Shelf, story: str, count: int = SEEN) -> list[Trace]:
    members = [shelf.index.traces[article] for article in shelf.index.members[story]]
    return sorted(members, key=lambda one: (-shelf.moment(one.at), one.article))[:count]


def _merge(shelf: Shelf, one: str, other: str) -> Merge | None:
    """The larger story stays, of equal ones the older: fewer articles move, and fewer readers lose their story."""
    stays, goes = sorted((one, other), key=lambda story: (-shelf.stories[story].articles, _began(shelf, story), story))
    articles = _movable(shelf, goes)
    return Merge(stays, goes, articles) if len(articles) == shelf.stories[goes].articles <= MOVED else None


def _began(shelf: Shelf, story: str) -> int:
    return min(shelf.moment(shelf.index.traces[article].at) for article in shelf.index.members[story])


def _movable(shelf: Shelf, story: str) -> tuple[str, ...]:
    """The young articles of a story, oldest first."""
    members = [shelf.index.traces[article] for article in shelf.index.members[story]]
    young = [trace for trace in members if shelf.is_fresh(trace)]
    return tuple(trace.article for trace in sorted(young, key=lambda one: (shelf.moment(one.at), one.article)))


def parting(shelf: Shelf, story: str, by: Weights = WEIGHTS) -> Parting | None:
    """The articles that leave a story which is two, if it is.

    A story parts between its two least alike articles, if what gathers around each of them is much less alike across
    than within: what two events of a kind have in common lets an article join, but each has more in common with itself.
    The smaller half leaves, of equal ones the one without the oldest article.
    """
    members = _newest(shelf, story, GROWN[-1]) if story in shelf.index.members else []
    if len(members) < 4 or len(members) < shelf.stories[story].articles:
        return None
    alike = contrasts(members, by)
    names = [trace.article for trace in members]
    first, second = halves(names, alike)
    if not is_two(first, second, alike):
        return None
    leaving = second if (len(second), names[-1] in second) < (len(first), names[-1] in first) else first
    return Parting(story, tuple(reversed(leaving))) if set(leaving) <= set(_movable(shelf, story)) else None
