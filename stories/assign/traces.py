"""From the facts of an article to what it is recognised by."""

import math
from collections.abc import Iterable
from functools import lru_cache

from articles.text.idf import idf
from articles.text.names import fold_name
from articles.text.stems import stems
from schemas.articles import Facts
from stories.assign.copies import marks_of
from stories.assign.records import SCALE, Trace, Vectors, Weighted

BODY_TERMS = 100


def trace_of(facts: Facts, language: str, at: int | None) -> Trace:
    """The article's vectors in thousandths and the marks of its text."""
    return Trace.of(
        article=facts.article_id,
        story="",
        language=language,
        at=at,
        daily=facts.published_at is not None and facts.published_precision == "day",
        vectors=Vectors(_scaled(facts.terms[:BODY_TERMS]), _scaled(facts.title_terms), _scaled(_name_weights(facts))),
        marks=marks_of(facts),
    )


def _scaled(weights: Iterable[tuple[str, float]]) -> Weighted:
    pairs = sorted([(-weight, term) for term, weight in weights])
    norm = math.sqrt(math.fsum([weight * weight for weight, _ in pairs])) or 1.0
    return {term: scaled for weight, term in pairs if (scaled := round(SCALE * -weight / norm)) > 0}


def _name_weights(facts: Facts) -> Iterable[tuple[str, float]]:
    counts: dict[str, int] = {}
    for entity in facts.entities:
        name = _folded(entity.name)
        if name:
            counts[name] = counts.get(name, 0) + len(entity.mentions)
    return [(name, _rarity(name, facts.language) * (1 + math.log(max(count, 1)))) for name, count in counts.items()]


_folded = lru_cache(maxsize=1 << 16)(fold_name)


@lru_cache(maxsize=1 << 16)
def _rarity(name: str, language: str) -> float:
    return max((idf(stem, language) for stem in stems(name, language)), default=1.0)
