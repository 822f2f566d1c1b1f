"""How much two sentences say the same: weighted overlap of canonical stems, spelling variants and clauses included."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from stories.fold.lexicon import OPPOSITE
from stories.fold.lines import DISTINCTIVE, TELLING, Amount, Bag, Line, distinctive
from stories.fold.tallies import nearby
from stories.fold.terms import Words

VERBATIM = 0.8
"""Jaccard from which two sentences are one statement with small edits."""
_ONE_TEXT = 0.85
"""Share of characters in order from which two sentences are one text; synonyms are other words here."""
_QUOTE_BONUS = 0.25
"""For the same words in quotation marks, at least five and three in four of the shorter quote."""
_WHOLE_QUOTE_BONUS, _WHOLE = 0.4, 0.6
"""The same where the words of both quotes taken together are so far the same."""
_SHORT_QUOTE_BONUS = 0.08
_OTHER_SPEAKER = 0.12
"""Not a veto: who spoke is itself a guess, and one outlet may quote what another reports."""
_AMOUNT, _SMALL_AMOUNT, _RIVAL = 3.5, 1.0, 2.0
"""Weights of a figure in common: a distinctive one, any other, and two near values for one thing that is counted."""
_SUM, _SURELY = 10_000, 2
"""An amount that is no price, and words nearby that two amounts for one thing must have in common."""
_ENOUGH = 6
"""Telling words in common from which containment counts in full; fewer do for a short sentence with a figure."""
_DESCRIBED = ("the ", "a ", "an ", "his ", "her ", "their ", "its ", "one ")
_SPELLED_ALIKE = 0.84
_HOPE = 0.2
"""Share of the lighter sentence that must be in common before spellings are looked at: it would not do without."""
_CONTRARY = 0.3
_OTHER_DAY, _MUCH = 0.1, 0.5
"""Where both name days, and no day in common: the trial began on Monday, and on Thursday he was sentenced. It does
not count where half of the words are the same."""
_UNHEARD = 0.2
"""For a sentence that is a quote in the main, of which the other says hardly a word: only who spoke is in common."""
_LONG_QUOTE, _HEARD, _SMALL = 5, 2, 3
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
    overlap, shared = _overlap(one.bag, other.bag)
    if not overlap:
        return NONE
    whole = _weighed(one.bag, other.bag, overlap, shared, _amounts(one, other))
    if whole.shared < 2 or whole.score >= VERBATIM:
        return whole
    best = max([whole.score, *_clause_scores(one, other)])
    score = best + _by_quotes(one, other) - _CONTRARY * contrary(one.words, other.words)
    if whole.jaccard < _MUCH and _on_other_days(one, other):
        score -= _OTHER_DAY
    return whole._replace(score=max(0.0, min(1.0, score)))


def contrary(one: Words, other: Words) -> bool:
    """Whether one says a word and the other its opposite, and neither says both."""
    return any(
        OPPOSITE[word] in other and word not in other and OPPOSITE[word] not in one for word in one if word in OPPOSITE
    )


def _clause_scores(one: Line, other: Line) -> list[float]:
    if not one.clauses and not other.clauses:
        return []
    mine, theirs = one.clauses or (one.bag,), other.clauses or (other.bag,)
    return [_CLAUSE_SHARE * _compare(a, b).score for a in mine for b in theirs]


class _Amounts(NamedTuple):
    """Weights of figures that both give, and that only one gives; `shared` how many of those in common tell much."""

    both: float
    one: float
    other: float
    shared: int


_NO_AMOUNTS = _Amounts(0.0, 0.0, 0.0, 0)


def _amounts(one: Line, other: Line) -> _Amounts:
    """Two near values for one thing speak for one statement; whether they clash is said later, by the figures."""
    if not one.amounts or not other.amounts:
        return _Amounts(0.0, _lonely(one.amounts), _lonely(other.amounts), 0)
    if not _may_meet(one.amounts, other.amounts):
        return _Amounts(0.0, _lonely(one.amounts), _lonely(other.amounts), 0)
    same = [amount for amount in one.amounts if any(_same_amount(amount, theirs) for theirs in other.amounts)]
    known = {key for key, _ in same}
    kinds = {key for key, _ in one.amounts if key[1] or key in known} & {key for key, _ in other.amounts}
    pairs = ((a, b) for a in range(len(one.amounts)) for b in range(len(other.amounts)))
    rivals = len({a for a, b in pairs if _rivals(one, a, other, b)})
    return _Amounts(
        sum(_amount_weight(amount) for amount in same) + _RIVAL * rivals,
        _lonely([amount for amount in one.amounts if amount[0] not in kinds and amount not in same]),
        _lonely([amount for amount in other.amounts if amount[0] not in kinds and amount not in same]),
        sum(1 for amount in same if distinctive(amount)) + rivals,
    )


def _may_meet(amounts: Sequence[Amount], others: Sequence[Amount]) -> bool:
    """Whether any two of them have a value or a key in common: a quick look that most pairs of sentences fail."""
    keys, values = {key for key, _ in others}, {value for _, value in others}
    return not (keys.isdisjoint([key for key, _ in amounts]) and values.isdisjoint([value for _, value in amounts]))


def _lonely(amounts: Sequence[Amount]) -> float:
    """Weight of figures that only one gives."""
    return 0.5 * sum([_amount_weight(amount) for amount in amounts]) if amounts else 0.0


def figure_in_common(one: Line, other: Line) -> bool:
    """Whether both give one value, or two near values, for one thing."""
    return _amounts(one, other).both > 0


def _rivals(one: Line, at: int, other: Line, there: int) -> bool:
    """Different values for one kind of thing, of one order of magnitude and too large to meet by chance.

    Any two amounts of money are of one kind: words nearby must say that they are of one thing, too. Prices and shares
    change from report to report.
    """
    (key, value), (key_other, value_other) = one.amounts[at], other.amounts[there]
    if key != key_other or value == value_other or min(value, value_other) < DISTINCTIVE:
        return False
    if max(value, value_other) > 2 * min(value, value_other):
        return False
    return bool(key[1]) or (min(value, value_other) >= _SUM and _on_one_thing(one, at, other, there))


def _on_one_thing(one: Line, at: int, other: Line, there: int) -> bool:
    return len(nearby(one, one.figures[at]) & nearby(other, other.figures[there])) >= _SURELY


def _same_amount(one: Amount, other: Amount) -> bool:
    """Equal values in one unit; what is counted may be named by one only, or differently if the value tells enough."""
    ((unit, head), value), ((unit_other, head_other), value_other) = one, other
    if unit != unit_other or value != value_other:
        return False
    return head == head_other or not head or not head_other or distinctive(one)


def _amount_weight(amount: Amount) -> float:
    return _AMOUNT if distinctive(amount) else _SMALL_AMOUNT


def _compare(one: Bag, other: Bag) -> Likeness:
    overlap, shared = _overlap(one, other)
    return _weighed(one, other, overlap, shared, _NO_AMOUNTS) if overlap else NONE


def _weighed(one: Bag, other: Bag, overlap: float, shared: int, amounts: _Amounts) -> Likeness:
    weight = one.weight + amounts.both + amounts.one
    weight_other = other.weight + amounts.both + amounts.other
    overlap, shared = overlap + amounts.both, shared + amounts.shared
    jaccard = overlap / (weight + weight_other - overlap)
    containment = min(1.0, overlap / min(weight, weight_other))
    enough = min(_ENOUGH, max(4, one.telling), max(4, other.telling)) if amounts.shared else _ENOUGH
    return Likeness(0.55 * jaccard + 0.45 * containment * min(1.0, shared / enough), jaccard, containment, shared)


def _overlap(one: Bag, other: Bag) -> tuple[float, int]:
    overlap, shared, words = 0.0, 0, other.words
    for word, weight in one.words.items():
        if word in words:
            both = (weight + words[word]) / 2
            overlap += both
            shared += both >= TELLING
    if shared < 2 or overlap < _HOPE * min(one.weight, other.weight):
        return overlap, shared
    return _with_variants(one, other, overlap, shared)


def _with_variants(one: Bag, other: Bag, overlap: float, shared: int) -> tuple[float, int]:
    for begin, word in one.loose.items():
        match = other.loose.get(begin, word)
        if match == word or word in other.words or match in one.words:
            continue
        if Indel.normalized_similarity(word, match) >= _SPELLED_ALIKE:
            overlap += (one.words[word] + other.words[match]) / 2
            shared += 1
    return overlap, shared


def one_quote(one: Line, other: Line) -> bool:
    """Whether both quote the same words, and it is not known that different people said them."""
    return same_speaker(one.speaker, other.speaker) and any(same_words(a, b) for a in one.quoted for b in other.quoted)


def _by_quotes(one: Line, other: Line) -> float:
    shared = max((_shared_quote(a, b) for a in one.quoted for b in other.quoted), default=0.0)
    if shared and not same_speaker(one.speaker, other.speaker):
        return -_OTHER_SPEAKER
    return shared or -_UNHEARD * (_unheard(one, other) or _unheard(other, one))


def _unheard(one: Line, other: Line) -> bool:
    """Whether most of the one is a quote, and hardly a word of that, small ones aside, stands in the other."""
    if not one.quoted:
        return False
    said = frozenset[str]().union(*one.quoted)
    if len(said) < _LONG_QUOTE or 2 * len(said) < len(set(one.norm.split())):
        return False
    return len([word for word in said.intersection(other.norm.split()) if len(word) > _SMALL]) < _HEARD


def _on_other_days(one: Line, other: Line) -> bool:
    if not one.dates or not other.dates:
        return False
    days, days_other = _days(one), _days(other)
    return bool(days and days_other) and days.isdisjoint(days_other)


def _days(line: Line) -> set[str]:
    """The days that a sentence names, in every way in which they can be read; all that is less exact is none."""
    days = [date for date in line.dates if date.granularity in ("day", "minute")]
    return {value[:10] for date in days for value in (date.value, date.other) if value}


def _shared_quote(one: frozenset[str], other: frozenset[str]) -> float:
    if same_words(one, other):
        return _WHOLE_QUOTE_BONUS if len(one & other) >= _WHOLE * len(one | other) else _QUOTE_BONUS
    return _SHORT_QUOTE_BONUS if one == other else 0.0


def same_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two quotes have most of their words in common, small words included, and not just a few."""
    shared = len(one & other)
    return shared >= 5 and shared >= 0.75 * min(len(one), len(other))


def is_named(speaker: str) -> bool:
    """Whether a speaker is a name, and not what somebody is ("the industry minister") or nobody."""
    return bool(speaker) and not speaker.startswith(_DESCRIBED)


@lru_cache(maxsize=1 << 12)
def same_speaker(one: str, other: str) -> bool:
    """Whether two folded speakers can be one: one is unknown or described, or their last names are nearly equal."""
    if not is_named(one) or not is_named(other):
        return True
    return Indel.normalized_similarity(one.rpartition(" ")[2], other.rpartition(" ")[2]) >= 0.8


def one_text(one: Line, other: Line) -> bool:
    """Whether one sentence is the other with small edits, word for word: copied, not reworded."""
    return one.norm == other.norm or Indel.normalized_similarity(one.norm, other.norm, score_cutoff=_ONE_TEXT) > 0
