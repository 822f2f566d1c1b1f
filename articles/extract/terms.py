"""The sparse TF-IDF vector of a text."""

import math
from collections import Counter
from functools import lru_cache
from operator import attrgetter, mul
from typing import Any

from articles.text.idf import idf
from articles.text.stems import LONGEST_KNOWN, stems_of_run

TOP = 60
"""Terms kept: with the whole text read, more of them separate stories no better (LIBRARIES, story vectors)."""
Terms = tuple[tuple[str, float], ...]
_MOST_KNOWN = 1 << 17
_MOST_COUNTED = (1 << 12) - 1


class _Term:
    """A stem and its idf; there is one object a stem, so that to count objects is to count stems."""

    __slots__ = ("rarity", "stem")

    def __init__(self, stem: str, rarity: float) -> None:
        self.stem = stem
        self.rarity = rarity


_NOTHING = _Term("", 0.0)
"""What a run of stop words or marks alone stands for: it weighs nothing."""


class _Known(dict[str, _Term | tuple[_Term, ...]]):
    """The terms of runs between two spaces, met before in one language; most runs have one.

    A vector is made of every word of every article: one look-up a word that ends in an object which holds all that is
    asked for spares the processor's cache two others.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._terms: dict[str, _Term] = {}

    def __missing__(self, run: str) -> _Term | tuple[_Term, ...]:
        terms = tuple([self._term(stem) for stem in stems_of_run(run, self._language)])
        found = terms[0] if len(terms) == 1 else terms or _NOTHING
        if len(run) <= LONGEST_KNOWN:
            self[run] = found
        return found

    def _term(self, stem: str) -> _Term:
        term = self._terms.get(stem)
        if term is None:
            term = self._terms[stem] = _Term(stem, idf(stem, self._language))
        return term

    def forget(self) -> None:
        """Starts anew once too much is known; never in the middle of a text, whose terms are compared by identity."""
        if len(self) > _MOST_KNOWN or len(self._terms) > _MOST_KNOWN:
            self.clear()
            self._terms.clear()


class _Logs(dict[int, float]):
    """-(1 + ln tf) by tf; more than `_MOST_COUNTED` counts for no more."""

    def __missing__(self, count: int) -> float:
        return self[_MOST_COUNTED]


_LOGS = _Logs({count: -(1 + math.log(count)) for count in range(1, _MOST_COUNTED + 1)})
_rarity = attrgetter("rarity")


@lru_cache(maxsize=64)
def _known(language: str) -> _Known:
    return _Known(language)


def vector(text: str, language: str) -> Terms:
    """The `TOP` stems by (1 + ln tf) * idf, L2-normalised, rounded to 4 places, heaviest first, ties by stem."""
    counts = _count(text, language)
    # No loop of Python's own over all stems of a text.
    weights = list(map(mul, map(_LOGS.__getitem__, counts.values()), map(_rarity, counts)))
    least = sorted(weights)[TOP - 1] if len(weights) > TOP else 0.0
    pairs = [(weight, term.stem) for weight, term in zip(weights, counts, strict=True) if weight <= least]
    heaviest = sorted(pairs)[:TOP]
    norm = math.sqrt(sum([weight * weight for weight, _ in heaviest]))
    return tuple([(stem, round(-weight / norm, 4)) for weight, stem in heaviest if weight]) if norm else ()


def _count(text: str, language: str) -> dict[_Term, int]:
    known = _known(language)
    known.forget()
    counts: dict[Any, int] = Counter(map(known.__getitem__, text.split()))
    for several in [terms for terms in counts if terms.__class__ is tuple]:
        times = counts.pop(several)
        for term in several:
            counts[term] = counts.get(term, 0) + times
    return counts
