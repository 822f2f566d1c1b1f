"""The sparse TF-IDF vector of a text."""

import math
from functools import lru_cache

from articles.text.idf import idf
from articles.text.stems import count_stems, stems

TOP = 60
"""Terms kept: with the whole text read, more of them separate stories no better (LIBRARIES, story vectors)."""
Terms = tuple[tuple[str, float], ...]


def vector(text: str, language: str) -> Terms:
    """The `TOP` stems by (1 + ln tf) * idf, L2-normalised, rounded to 4 places, heaviest first, ties by stem."""
    counts = count_stems(text, language)
    weights = [(-_log_count(count) * idf(stem, language), stem) for stem, count in counts.items()]
    heaviest = sorted(weights)[:TOP]
    norm = math.sqrt(sum(weight * weight for weight, _ in heaviest))
    return tuple((stem, round(-weight / norm, 4)) for weight, stem in heaviest if weight) if norm else ()


@lru_cache(maxsize=1 << 12)
def _log_count(count: int) -> float:
    return 1 + math.log(count)


__all__ = ["Terms", "idf", "stems", "vector"]
