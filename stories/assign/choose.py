"""Join which story, or open one?"""

from typing import NamedTuple

from schemas.stories import Why
from stories.assign.copies import find_original
from stories.assign.likeness import Likeness, fade, likeness, story_score
from stories.assign.records import Trace
from stories.assign.shelf import DAY, Shelf
from stories.assign.weights import WEIGHTS, Weights

FAINT = 0.1
"""Articles that share less than this part of what the best one shares are passed over."""
LOOKED_AT = 8
"""Stories that are weighed in full: those of the articles that share most."""


class Choice(NamedTuple):
    """The story to join, and what spoke for it."""

    story: str
    why: Why


def choose(shelf: Shelf, trace: Trace, by: Weights = WEIGHTS) -> Choice | None:
    """The active story that the article belongs to, or `None` if it opens one."""
    original = find_original(shelf, trace)
    if original:
        article, share = original
        why = Why(score=round(share, 4), parts={"contained": round(share, 4)}, copy_of=article)
        return Choice(shelf.index.traces[article].story, why)
    weighed = [(_weigh(shelf, story, trace, by), story) for story in _candidates(shelf, trace, by)]
    (score, nearest), story = min(weighed, key=lambda one: (-one[0][0], one[1]), default=((0.0, None), ""))
    return Choice(story, _why(score, nearest)) if nearest and score >= by.threshold else None


def _candidates(shelf: Shelf, trace: Trace, by: Weights) -> list[str]:
    overlaps = shelf.index.overlaps(trace, by)
    bar = FAINT * max(overlaps.values(), default=0.0)
    best: dict[str, float] = {}
    for article in [article for article, overlap in overlaps.items() if overlap >= bar]:
        other = shelf.index.traces[article]
        alike = overlaps[article] * fade(days_between(shelf, trace, other), by.fade_days)
        best[other.story] = max(alike, best.get(other.story, 0.0))
    return sorted(best, key=lambda story: (-best[story], story))[:LOOKED_AT]


def _weigh(shelf: Shelf, story: str, trace: Trace, by: Weights) -> tuple[float, Likeness]:
    members = [shelf.index.traces[article] for article in shelf.index.members[story]]
    alike = [likeness(trace, other, days_between(shelf, trace, other), by) for other in members]
    return round(story_score(alike, by), 6), max(alike, key=lambda one: (one.score, one))


def days_between(shelf: Shelf, one: Trace, other: Trace) -> float:
    """Days by the clock; days of the calendar where one of the two is known by its day only."""
    here, there = shelf.moment(one.at), shelf.moment(other.at)
    if one.daily or other.daily:
        return float(abs(here // DAY - there // DAY))
    return abs(here - there) / DAY


def _why(score: float, nearest: Likeness) -> Why:
    return Why(score=round(score, 4), parts={name: round(part, 4) for name, part in nearest._asdict().items()})
