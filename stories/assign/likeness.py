"""How alike are two articles, and an article and a story? (after Miranda et al. 2018, with the mean over the story)"""

import math
from collections.abc import Sequence
from itertools import compress
from operator import mul
from typing import NamedTuple

from stories.assign.records import SCALE, Trace, Vectors, vectors_of
from stories.assign.weights import Weights

_WHOLE = SCALE**2
FLOOR = 1e-6
"""Nearness never falls to 0, so that a mean over old articles alone exists."""


class Likeness(NamedTuple):
    """Cosines of two articles by field (0 to 1), the days between them, and all of it as one number."""

    body: float
    title: float
    names: float
    days: float
    score: float


class Asked(NamedTuple):
    """An article that is compared with many: its vectors, and the terms of them all."""

    trace: Trace
    vectors: Vectors
    terms: frozenset[str]


def asked(trace: Trace) -> Asked:
    """Gets an article ready to be compared with many."""
    return Asked(trace, vectors_of(trace), frozenset(trace.terms))


def likeness(one: Asked, other: Trace, days: float, by: Weights) -> Likeness:
    """How alike two articles are. A title that is missing says nothing: the other fields count for it."""
    body, title, names = [product / _WHOLE for product in dot_products(one, other)]
    total = by.body + by.names + (by.title if has_title(one.trace) and has_title(other) else 0.0)
    alike = (by.body * body + by.title * title + by.names * names) / total
    return Likeness(body, title, names, days, alike * fade(days, by.fade_days))


def has_title(trace: Trace) -> bool:
    """Whether anything is known of an article's title."""
    return trace.ends[0] < trace.ends[1]


def dot_products(one: Asked, other: Trace) -> tuple[int, int, int]:
    """Of bodies, titles and names, in millionths. Only the terms that the first has too are looked at one by one."""
    body = title = names = 0
    terms, weights, (body_end, title_end, _) = other.terms, other.weights, other.ends
    bodies, titles, named = one.vectors
    for at in compress(range(len(terms)), map(one.terms.__contains__, terms)):
        if at < body_end:
            body += weights[at] * bodies.get(terms[at], 0)
        elif at < title_end:
            title += weights[at] * titles.get(terms[at], 0)
        else:
            names += weights[at] * named.get(terms[at], 0)
    return body, title, names


def nearness(alike: Sequence[Likeness], by: Weights) -> list[float]:
    """How much each article of a story counts in a mean over them, by the days between."""
    return [fade(one.days, by.recency_days) for one in alike]


def story_score(alike: Sequence[Likeness], near: Sequence[float], by: Weights) -> float:
    """The best article and the mean over all articles, near ones counting more: a mean keeps a story from drifting."""
    scores = [one.score for one in alike]
    return by.best * max(scores) + (1 - by.best) * _mean(scores, near)


def alone_score(alike: Sequence[Likeness], near: Sequence[float], by: Weights) -> float:
    """The mean over all articles of what their texts and names have in common: follow-ups have other headlines."""
    return _mean([(one.body + one.names) / 2 * fade(one.days, by.alone_fade_days) for one in alike], near)


def _mean(scores: Sequence[float], near: Sequence[float]) -> float:
    return math.fsum(map(mul, scores, near)) / math.fsum(near)


def fade(days: float, scale: float) -> float:
    """1 on the same day, falling with the days between, but never to 0.

    Exponential, not Gaussian: a Gaussian tears a story apart after two quiet days, however alike its articles are.
    """
    return max(FLOOR, math.exp(-days / scale))
