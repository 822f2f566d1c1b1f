"""Is a story two? Two events of a kind are told apart by what each has in common with itself alone."""

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, product
from statistics import fmean

from stories.assign.copies import CONTAINMENT, containment
from stories.assign.likeness import has_title
from stories.assign.records import Trace
from stories.assign.weights import Weights

CONTRAST = 0.5
"""How alike two halves of a story may be at most, beside how alike the articles of the looser half are."""

COPY = 1.0
"""How alike copies are."""
ROUNDS = 5
"""In which halves are formed anew; most stand after two."""
Alike = dict[frozenset[str], float]
"""How alike every two articles are, 0 to 1."""


def contrasts(traces: Sequence[Trace], by: Weights) -> Alike:
    """How alike every two articles of a story are, by what they say that not all of them say.

    A term counts by the share of the articles, but for one, that do not hold it: what makes two events of a kind read
    alike stands in all of them. Time does not count: a story that goes on after some quiet days is not two.
    """
    names = [trace.article for trace in traces]
    fields = [_cosines([trace.heaviest(field, len(trace.terms)) for trace in traces]) for field in range(3)]
    marks = [frozenset(trace.marks) for trace in traces]
    alike: Alike = {}
    for one, other in combinations(range(len(traces)), 2):
        body, title, named = (cosines.get((one, other), 0.0) for cosines in fields)
        titled = has_title(traces[one]) and has_title(traces[other])
        total = by.body + by.names + (by.title if titled else 0.0)
        score = (by.body * body + by.title * title + by.names * named) / total
        is_copy = containment(marks[one], marks[other]) >= CONTAINMENT
        alike[frozenset((names[one], names[other]))] = COPY if is_copy else round(score, 6)
    return alike


def _cosines(vectors: Sequence[tuple[Sequence[str], Sequence[int]]]) -> dict[tuple[int, int], float]:
    """Of every two that share a term, by their numbers; sums of whole numbers do not depend on their order."""
    held: dict[str, list[tuple[int, int]]] = {}
    for number, (terms, weights) in enumerate(vectors):
        for term, weight in zip(terms, weights, strict=True):
            held.setdefault(term, []).append((number, weight))
    dots, norms = defaultdict[tuple[int, int], int](int), [0] * len(vectors)
    for holders in held.values():
        without = len(vectors) + 1 - len(holders)
        for number, weight in holders:
            norms[number] += weight * weight * without
        for (one, here), (other, there) in combinations(holders, 2):
            dots[one, other] += here * there * without
    return {(one, other): dot / math.sqrt(norms[one] * norms[other]) for (one, other), dot in dots.items()}


def halves(names: Sequence[str], alike: Alike) -> tuple[list[str], list[str]]:
    """What gathers around the least alike two, each article with those that it is most like on average; in their order.

    The two seeds may be outliers, so halves are formed anew around what has gathered (as k-means does, Lloyd 1982).
    """
    one, two = min(combinations(names, 2), key=lambda pair: (alike[frozenset(pair)], pair))
    first, second = [one], [two]
    for _ in range(ROUNDS):
        before, first = first, [name for name in names if _mean(name, first, alike) >= _mean(name, second, alike)]
        second = [name for name in names if name not in first]
        if first == before:
            break
    return first, second


def _mean(name: str, half: Sequence[str], alike: Alike) -> float:
    """An article alone stays where it is."""
    return fmean([alike[frozenset((name, other))] for other in half if other != name] or [COPY])


def is_two(first: Sequence[str], second: Sequence[str], alike: Alike) -> bool:
    """Whether two halves, each of two texts at least, are much less alike than the looser of them is within.

    Copies do not count within: else two wires, each with a copy, were two events.
    """
    within = [[alike[frozenset(pair)] for pair in combinations(half, 2)] for half in (first, second)]
    texts = [[one for one in half if one < COPY] for half in within]
    across = [alike[frozenset(pair)] for pair in product(first, second)]
    return all(texts) and fmean(across) < CONTRAST * min(map(fmean, texts))
