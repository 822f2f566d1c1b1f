"""From the facts of an article to what it is recognised by."""

import hashlib
import math
import re
from collections.abc import Iterable

from articles.text.idf import idf
from articles.text.names import fold_name
from articles.text.stems import stems
from schemas.articles import Facts
from stories.assign.records import SCALE, Trace, Vector

BODY_TERMS = 100
LEAST_LETTERS = 40
"""A shorter sentence says too little to show that one text carries another."""
_WORD = re.compile(r"[^\W_]+")


def trace_of(facts: Facts, language: str, at: int | None) -> Trace:
    """The article's vectors in thousandths and the hashes of its sentences."""
    return Trace(
        article=facts.article_id,
        story="",
        language=language,
        at=at,
        daily=facts.published_at is not None and facts.published_precision == "day",
        body=_scaled(facts.terms[:BODY_TERMS]),
        title=_scaled(facts.title_terms),
        names=_scaled(_name_weights(facts)),
        sentences=dict(_hashed_sentences(facts)),
    )


def _scaled(weights: Iterable[tuple[str, float]]) -> Vector:
    pairs = sorted(weights, key=lambda pair: (-pair[1], pair[0]))
    norm = math.sqrt(math.fsum(weight * weight for _, weight in pairs)) or 1.0
    scaled = ((term, round(SCALE * weight / norm)) for term, weight in pairs)
    return {term: weight for term, weight in scaled if weight > 0}


def _name_weights(facts: Facts) -> Iterable[tuple[str, float]]:
    counts: dict[str, int] = {}
    for entity in facts.entities:
        name = fold_name(entity.name)
        if name:
            counts[name] = counts.get(name, 0) + len(entity.mentions)
    return [(name, _rarity(name, facts.language) * (1 + math.log(max(count, 1)))) for name, count in counts.items()]


def _rarity(name: str, language: str) -> float:
    return max((idf(stem, language) for stem in stems(name, language)), default=1.0)


def _hashed_sentences(facts: Facts) -> Iterable[tuple[str, int]]:
    for sentence in facts.sentences:
        words = " ".join(_WORD.findall(sentence.of(facts.text).casefold())) if sentence.kind == "sentence" else ""
        if len(words) >= LEAST_LETTERS:
            yield hashlib.blake2b(words.encode(), digest_size=8).hexdigest(), len(words)
