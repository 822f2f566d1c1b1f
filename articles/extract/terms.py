"""The sparse TF-IDF vector of a text."""

import math

from articles.text.idf import idf, idf_table
from articles.text.stems import count_stems, stems

TOP = 60
"""Terms kept: with the whole text read, more of them separate stories no better (LIBRARIES, story vectors)."""
_LOG_COUNTS = tuple(1 + math.log(count or 1) for count in range(1 << 12))
"""By count; more counts for no more."""
Terms = tuple[tuple[str, float], ...]


def vector(text: str, language: str) -> Terms:
    """The `TOP` stems by (1 + ln tf) * idf, L2-normalised, rounded to 4 places, heaviest first, ties by stem."""
    logs, last = _LOG_COUNTS, len(_LOG_COUNTS) - 1
    counts = count_stems(text, language)
    rarities = map(idf_table(language).__getitem__, counts)
    weights = [
        (-logs[count if count < last else last] * rarity, stem)
        for (stem, count), rarity in zip(counts.items(), rarities, strict=True)
    ]
    heaviest = _heaviest(weights)
    norm = math.sqrt(sum(weight * weight for weight, _ in heaviest))
    return tuple((stem, round(-weight / norm, 4)) for weight, stem in heaviest if weight) if norm else ()


def _heaviest(weights: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Most of the sorting is spared by looking first which weight the last term kept has."""
    if len(weights) > TOP:
        least = sorted([weight for weight, _ in weights])[TOP - 1]
        weights = [pair for pair in weights if pair[0] <= least]
    return sorted(weights)[:TOP]


__all__ = ["Terms", "idf", "stems", "vector"]
