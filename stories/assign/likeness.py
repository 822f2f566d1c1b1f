"""How alike are two articles, and an article and a story? (after Miranda et al. 2018, with the mean over the story)"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from stories.assign.records import SCALE, Trace, Vector, products
from stories.assign.weights import Weights

FLOOR = 1e-6
"""Nearness never falls to 0, so that a mean over old articles alone exists."""


class Likeness(NamedTuple):
    """Cosines of two articles by field (0 to 1), the days between them, and all of it as one number."""

    body: float
    title: float
    names: float
    days: float
    score: float


def likeness(one: Trace, other: Trace, days: float, by: Weights) -> Likeness:
    """How alike two articles are. A title that is missing says nothing: the other fields count for it."""
    body, title, names = (
        _cosine(one.body, other.body),
        _cosine(one.title, other.title),
        _cosine(one.names, other.names),
    )
    total = by.body + by.names + (by.title if one.title and other.title else 0.0)
    alike = (by.body * body + by.title * title + by.names * names) / total
    return Likeness(body, title, names, days, alike * fade(days, by.fade_days))


def story_score(alike: Sequence[Likeness], by: Weights) -> float:
    """The best article and the mean over all articles, near ones counting more: a mean keeps a story from drifting."""
    nearness = [fade(one.days, by.recency_days) for one in alike]
    mean = math.fsum(one.score * near for one, near in zip(alike, nearness, strict=True)) / math.fsum(nearness)
    return by.best * max(one.score for one in alike) + (1 - by.best) * mean


def fade(days: float, scale: float) -> float:
    """1 on the same day, falling with the days between, but never to 0.

    Exponential, not Gaussian: a Gaussian tears a story apart after two quiet days, however alike its articles are.
    """
    return max(FLOOR, math.exp(-days / scale))


def _cosine(one: Vector, other: Vector) -> float:
    return sum(products(one, other)) / SCALE**2
