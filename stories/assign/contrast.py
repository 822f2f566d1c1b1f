"""Is a story two? Two events of a kind are told apart by what each has in common with itself alone."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product
from statistics import fmean

from stories.assign.copies import CONTAINMENT, containment
from stories.assign.likeness import has_title
from stories.assign.records import Trace, Weighted, vectors_of
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
    fields = zip(*map(_cosines, zip(*map(vectors_of, traces), strict=True)), strict=True)
    marks = [frozenset(trace.marks) for trace in traces]
    alike: Alike = {}
    for (one, other), (body, title, names) in zip(combinations(range(len(traces)), 2), fields, strict=True):
        titled = has_title(traces[one]) and has_title(traces[other])
        total = by.body + by.names + (by.title if titled else 0.0)
        score = (by.body * body + by.title * title + by.names * names) / total
        is_copy = containment(marks[one], marks[other]) >= CONTAINMENT
        alike[frozenset((traces[one].article, traces[other].article))] = COPY if is_copy else round(score, 6)
    return alike


def _cosines(vectors: Sequence[Weighted]) -> Iterator[float]:
    """Of every two; products are of whole numbers, whose sum does not depend on their order."""
    without = {term: len(vectors) + 1 - held for term, held in Counter(chain.from_iterable(vectors)).items()}
    told = [{term: weight * without[term] for term, weight in vector.items()} for vector in vectors]
    norms = [
        sum(weight * vector[term] for term, weight in one.items()) for one, vector in zip(told, vectors, strict=True)
    ]
    for one, other in combinations(range(len(vectors)), 2):
        shared = told[one].keys() & vectors[other].keys()
        dot = sum(told[one][term] * vectors[other][term] for term in shared)
        yield dot / math.sqrt(norms[one] * norms[other]) if dot else 0.0


def halves(names: Sequence[str], alike: Alike) -> tuple[list[str], list[str]]:
    """What gathers around the least alike two, each article with those that it is most like on average; in their order.

    The two seeds may be outliers, so halves are formed anew around what has gathered (as k-means does, Lloyd 1982).
    """
    one, two = min(combinations(names, 2), key=lambda pair: (alike[frozenset(pair)], pair))
    first, second = [one], [two]
    for _ in range(ROUNDS):
        nearer = [name for name in names if _mean(name, first, alike) >= _mean(name, second, alike)]
        first, second = nearer, [name for name in names if name not in nearer]
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
