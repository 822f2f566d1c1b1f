"""Join which story, or open one?"""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.stories import Rival, Why
from stories.assign.copies import find_original
from stories.assign.likeness import Asked, Likeness, alone_score, asked, fade, likeness, nearness, story_score
from stories.assign.records import Trace
from stories.assign.shelf import DAY, Shelf
from stories.assign.weights import WEIGHTS, Weights

FAINT = 0.3
"""Articles that share less than this part of what the best one shares are passed over."""
LOOKED_AT = 6
"""Stories that are weighed in full: those of the articles that share most."""


RIVALS = 3
"""Stories that are told beside the decision."""


class Choice(NamedTuple):
    """The story to join, or `None` to open one, and what spoke for it."""

    story: str | None
    why: Why


class Weighed(NamedTuple):
    """How well an article fits a story, and the story's article that is most like it."""

    score: float
    alone: float
    """The same by texts and names, whatever the headlines; it fades more slowly with the days between."""
    story: str
    nearest: str
    parts: Likeness


def choose(shelf: Shelf, trace: Trace, by: Weights = WEIGHTS) -> Choice:
    """The active story that the article belongs to, or none if it opens one."""
    original = find_original(shelf, trace)
    if original:
        article, share = original
        why = Why(score=round(share, 4), parts={"contained": round(share, 4)}, copy_of=article)
        return Choice(shelf.index.traces[article].story, why)
    one = asked(trace)
    weighed = [weigh(shelf, story, one, by) for story in _candidates(shelf, trace, by)]
    weighed.sort(key=lambda one: (-one.score, one.story))
    joined = weighed[0] if weighed and weighed[0].score >= by.threshold else _alone(weighed, by)
    return Choice(joined.story if joined else None, _why(joined, weighed, by))


def _alone(weighed: Sequence[Weighed], by: Weights) -> Weighed | None:
    """The story that an article fits when days have passed and headlines have changed, if no other is anywhere near.

    Where many events are alike the days between tell them apart; a matter that nothing else is like needs no such help.
    """
    ranked = sorted(weighed, key=lambda one: (-one.alone, one.story))
    if not ranked or ranked[0].alone < by.alone_threshold:
        return None
    is_alone = all(other.alone <= by.alone_ratio * ranked[0].alone for other in ranked[1:2])
    return ranked[0] if is_alone else None


def _candidates(shelf: Shelf, trace: Trace, by: Weights) -> list[str]:
    overlaps = shelf.index.overlaps(trace)
    bar = FAINT * max(overlaps.values(), default=0)
    best: dict[str, float] = {}
    for article in [article for article, overlap in overlaps.items() if overlap >= bar]:
        other = shelf.index.traces[article]
        alike = overlaps[article] * fade(days_between(shelf, trace, other), by.fade_days)
        best[other.story] = max(alike, best.get(other.story, 0.0))
    return sorted(best, key=lambda story: (-best[story], story))[:LOOKED_AT]


def weigh(shelf: Shelf, story: str, one: Asked, by: Weights) -> Weighed:
    """How well an article fits the other active articles of a story; there must be one."""
    members = [shelf.index.traces[article] for article in shelf.index.members[story] if article != one.trace.article]
    alike = [likeness(one, other, days_between(shelf, one.trace, other), by) for other in members]
    _, nearest, at = min([(-one.score, members[at].article, at) for at, one in enumerate(alike)])
    near = nearness(alike, by)
    score, alone = round(story_score(alike, near, by), 6), round(alone_score(alike, near, by), 6)
    return Weighed(score, alone, story, nearest, alike[at])


def days_between(shelf: Shelf, one: Trace, other: Trace) -> float:
    """Days by the clock; days of the calendar where one of the two is known by its day only."""
    here, there = shelf.moment(one.at), shelf.moment(other.at)
    if one.daily or other.daily:
        return float(abs(here // DAY - there // DAY))
    return abs(here - there) / DAY


def _why(joined: Weighed | None, weighed: Sequence[Weighed], by: Weights) -> Why:
    others = [one for one in weighed if one is not joined]
    told = joined or (weighed[0] if weighed else None)
    return Why(
        score=round(told.score, 4) if told else 0.0,
        parts=_parts(told) if told else {},
        threshold=by.threshold,
        weights=by._asdict(),
        rivals=tuple(
            Rival(story_id=one.story, score=round(one.score, 4), article_id=one.nearest, parts=_parts(one))
            for one in others[:RIVALS]
        ),
    )


def _parts(weighed: Weighed) -> dict[str, float]:
    parts = {**weighed.parts._asdict(), "alone": weighed.alone}
    return {name: round(part, 4) for name, part in parts.items()}
