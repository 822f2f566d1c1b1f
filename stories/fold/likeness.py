"""How much two sentences say the same: weighted overlap of canonical stems, spelling variants and clauses included."""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from stories.fold.lines import TELLING, Line, Words

VERBATIM = 0.8
"""Jaccard from which two sentences are one text with small edits."""
_QUOTE_BONUS = 0.25
"""For the same words in quotation marks, at least five and three in four of the shorter quote."""
_SHORT_QUOTE_BONUS = 0.08
_OTHER_SPEAKER = 0.12
"""Not a veto: who spoke is itself a guess, and one outlet may quote what another reports."""
_DISTINCTIVE, _AMOUNT, _SMALL_AMOUNT = 13, 3.5, 1.0
"""Two sentences on 130 people mean the same 130; two on two people need not."""
_CLAUSE_SHARE = 0.9
"""A clause that matches counts a little less than a whole sentence."""


class Likeness(NamedTuple):
    """`jaccard` and `containment` (in the lighter one) of weights; `shared` telling words in common; `score` 0 to 1."""

    score: float
    jaccard: float
    containment: float
    shared: int


NONE = Likeness(0.0, 0.0, 0.0, 0)
SAME = Likeness(1.0, 1.0, 1.0, 99)


def likeness(one: Line, other: Line) -> Likeness:
    """Compares two sentences; symmetric. What different people are quoted with is less alike than its words are."""
    if one.norm == other.norm:
        return SAME
    whole = _compare(one.words, other.words, _amounts(one, other))
    if whole.shared < 2 or whole.score >= VERBATIM:
        return whole
    best = max([whole.score, *_clause_scores(one, other)])
    return whole._replace(score=max(0.0, min(1.0, best + _by_quotes(one, other))))


def _clause_scores(one: Line, other: Line) -> list[float]:
    if not one.clauses and not other.clauses:
        return []
    mine, theirs = one.clauses or (one.words,), other.clauses or (other.words,)
    return [_CLAUSE_SHARE * _compare(a, b, _NO_AMOUNTS).score for a in mine for b in theirs]


class _Amounts(NamedTuple):
    """Weights of figures that both give, and that only one gives; `shared` how many of those in common tell much."""

    both: float
    one: float
    other: float
    shared: int


_NO_AMOUNTS = _Amounts(0.0, 0.0, 0.0, 0)


def _amounts(one: Line, other: Line) -> _Amounts:
    """Figures of one kind with different values count neither way: that is for the discrepancies to say."""
    if not one.amounts and not other.amounts:
        return _NO_AMOUNTS
    same = [amount for amount in one.amounts if amount in other.amounts]
    kinds = {key for key, _ in one.amounts} & {key for key, _ in other.amounts}
    return _Amounts(
        sum(_amount_weight(value) for _, value in same),
        sum(0.5 * _amount_weight(value) for key, value in one.amounts if key not in kinds),
        sum(0.5 * _amount_weight(value) for key, value in other.amounts if key not in kinds),
        sum(1 for _, value in same if value >= _DISTINCTIVE),
    )


def _amount_weight(value: float) -> float:
    return _AMOUNT if value >= _DISTINCTIVE else _SMALL_AMOUNT


def _compare(one: Words, other: Words, amounts: _Amounts) -> Likeness:
    overlap, shared = _overlap(one, other)
    if not overlap:
        return NONE
    weight = sum(one.values()) + amounts.both + amounts.one
    weight_other = sum(other.values()) + amounts.both + amounts.other
    overlap, shared = overlap + amounts.both, shared + amounts.shared
    jaccard = overlap / (weight + weight_other - overlap)
    containment = min(1.0, overlap / min(weight, weight_other))
    return Likeness(0.55 * jaccard + 0.45 * containment * min(1.0, shared / 6), jaccard, containment, shared)


def _overlap(one: Words, other: Words) -> tuple[float, int]:
    overlap, shared = 0.0, 0
    for word, weight in one.items():
        if word in other:
            both = (weight + other[word]) / 2
            overlap += both
            shared += both >= TELLING
    return _with_variants(one, other, overlap, shared) if shared >= 2 else (overlap, shared)


def _with_variants(one: Words, other: Words, overlap: float, shared: int) -> tuple[float, int]:
    left = _loose(one, other)
    right = _loose(other, one) if left else []
    for word in left:
        match = next((r for r in right if r[:3] == word[:3] and Indel.normalized_similarity(word, r) >= 0.84), None)
        if match is not None:
            right.remove(match)
            overlap += (one[word] + other[match]) / 2
            shared += 1
    return overlap, shared


def _loose(words: Words, matched: Words) -> list[str]:
    return [w for w, weight in words.items() if w not in matched and len(w) >= 5 and weight >= TELLING and w.isalpha()]


def _by_quotes(one: Line, other: Line) -> float:
    if not one.quoted or not other.quoted:
        return 0.0
    if not same_speaker(one.speaker, other.speaker):
        return -_OTHER_SPEAKER
    return max(_shared_quote(a, b) for a in one.quoted for b in other.quoted)


def _shared_quote(one: frozenset[str], other: frozenset[str]) -> float:
    shared, shorter = len(one & other), min(len(one), len(other))
    if shared >= 5 and shared >= 0.75 * shorter:
        return _QUOTE_BONUS
    return _SHORT_QUOTE_BONUS if one == other else 0.0


@lru_cache(maxsize=1 << 12)
def same_speaker(one: str, other: str) -> bool:
    """Whether two folded speakers can be one: one is unknown, or their last names are nearly equal."""
    if not one or not other:
        return True
    return Indel.normalized_similarity(one.rpartition(" ")[2], other.rpartition(" ")[2]) >= 0.8
