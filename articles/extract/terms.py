"""The sparse TF-IDF vector of a text."""

import math
from itertools import repeat
from operator import mul

from articles.text.idf import UNSEEN, idf, idf_table
from articles.text.stems import count_stems, stems

TOP = 60
"""Terms kept: with the whole text read, more of them separate stories no better (LIBRARIES, story vectors)."""
_PARTS = 10_000
"""Weights are rounded to whole parts of 1: five times as fast as to decimal places."""
Terms = tuple[tuple[str, float], ...]


class _Logs(dict[int, float]):
    """-(1 + ln tf) by tf; more than 4,095 counts for no more."""

    def __missing__(self, count: int) -> float:
        return self[_MOST_COUNTED]


_MOST_COUNTED = (1 << 12) - 1
_LOGS = _Logs({count: -(1 + math.log(count)) for count in range(1, _MOST_COUNTED + 1)})


def vector(text: str, language: str) -> Terms:
    """The `TOP` stems by (1 + ln tf) * idf, L2-normalised, rounded to 4 places, heaviest first, ties by stem."""
    counts = count_stems(text, language)
    # No loop of Python's own over all stems of a text.
    rarities = map(idf_table(language).get, counts, repeat(UNSEEN))
    weights = list(map(mul, map(_LOGS.__getitem__, counts.values()), rarities))
    least = sorted(weights)[TOP - 1] if len(weights) > TOP else 0.0
    heaviest = sorted([pair for pair in zip(weights, counts, strict=True) if pair[0] <= least])[:TOP]
    norm = math.sqrt(sum([weight * weight for weight, _ in heaviest]))
    if not norm:
        return ()
    scale = -_PARTS / norm
    return tuple([(stem, round(weight * scale) / _PARTS) for weight, stem in heaviest if weight])


__all__ = ["Terms", "idf", "stems", "vector"]
