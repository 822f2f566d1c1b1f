"""Sentences that give the same figure, whatever else they say: "130 people on board", "it carried 130 people"."""

import math
import re
from collections.abc import Container, Iterator, Sequence, Set
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from articles.text.stems import stems
from schemas.articles import Figure
from stories.fold.agreement import agree
from stories.fold.fates import TOTALS
from stories.fold.kinds import CURRENCY
from stories.fold.lexicon import canonical
from stories.fold.lines import TELLING, Amount, Line
from stories.fold.pages import get
from stories.fold.state import WORDINGS, ClaimState, StoryState

_NEARBY = 48
"""Characters on each side of a figure that say what it is about."""
_LOW, _HIGH = 13, 100
"""Below the one a value is everywhere; from the other on, one that is not round hardly comes twice by chance."""
_THOUSANDS = 1000
_FEW = 4
"""Telling words up to which a sentence says little beside its figure, if that is no round one."""
_ROUND_SHARE = 5
"""Multiples of five percent are everywhere; 8 percent is not."""
_LOOKUPS = 12
_SHARED_BY_TOLLS = 2
"""Telling words that two different tolls must share to be those of one event; an equal toll stands for one, and one
of five or more for another."""
_RARE_TOLL = 5
_MANY, _NEARLY = 50, 1.2
"""Two tolls so high and so near to one another are hardly those of two events of one story."""
TOLL_KEYS = frozenset(f"#{head}" for head in TOTALS)
_SAME_SIZE = 1.25
_GROWTH = 5
"""How many times its first value a toll may be and still be told of the same event without more evidence."""
_CUT_BEFORE, _CUT_AFTER = re.compile(r"^\S*\s"), re.compile(r"\s\S*$")
_PEOPLE = frozenset(
    canonical(stem)
    for stem in stems(
        "people persons men women passengers members workers employees residents inhabitants villagers islanders "
        "citizens survivors evacuees protesters demonstrators migrants refugees patients pupils students voters",
        "en",
    )
)


_GIVEN = re.compile(r"\b(of )?(?:the|these|those) $", re.IGNORECASE)
_REACH = len(" of those ")
_MORE = re.compile(r"\b(?:add(?:s|ed|ing)|another|further|additional|extra|more|other|others) ?$", re.IGNORECASE)
_REACH_OF_MORE = len(" additional ")
_MORE_AFTER = re.compile(r" (?:others?|more|additional|further)\b(?! than\b)")
_SAID_OF = re.compile(r"(?: [\w'’-]+){1,3} (?:who|that|which)\b")
"""Before and behind a count: "the 17 miners" and "some of the 17" are spoken of as known, "the 17 who died" are not."""


class _Reading(NamedTuple):
    amount: Amount
    figure: Figure


@lru_cache(maxsize=1 << 12)
def _readings(line: Line) -> tuple[_Reading, ...]:
    return tuple(map(_Reading, line.amounts, line.figures))


def tallies(line: Line) -> Iterator[str]:
    """The keys of the figures under which other sentences that give them are looked for."""
    for ((unit, head), value), figure in zip(line.amounts, line.figures, strict=True):
        if head in TOTALS:
            yield f"#{head}"
        elif not unit and is_given(line, figure):
            continue
        if value >= _LOW or value % 1 != 0 or unit:
            yield f"#{unit}#{value:g}"
        if value >= _THOUSANDS:
            yield f"#{unit}~{_floor(value):g}"


def is_given(line: Line, figure: Figure) -> bool:
    """Whether a count is spoken of as known: "for the 17 miners", but not "the 17 who died"."""
    at = figure.start - line.start
    given = _GIVEN.search(line.text[max(0, at - _REACH) : at])
    return given is not None and (given[1] is not None or not _SAID_OF.match(line.text, figure.end - line.start))


def is_added(line: Line, figure: Figure) -> bool:
    """Whether a count comes on top of another: "another 21 states", "21 more"."""
    at, end = figure.start - line.start, figure.end - line.start
    return bool(_MORE.search(line.text, max(0, at - _REACH_OF_MORE), at) or _MORE_AFTER.match(line.text, end))


def _floor(value: float) -> float:
    """The value with its first digit only."""
    step = 10.0 ** math.floor(math.log10(value))
    return value // step * step


def homes(story: StoryState, line: Line, kin: Container[str] = ()) -> Iterator[tuple[str, list[int]]]:
    """For each key of the sentence's figures the claims that give the figure, the first one first.

    Of a toll, those that first gave another value of it come last.
    """
    values = {value for _, value in line.amounts}
    for key in tallies(line):
        given = [slot for slot in story.words.get(key, ())[:_LOOKUPS] if _gives(story, slot, line, kin)]
        if key in TOLL_KEYS:
            given.sort(key=lambda slot: not values & _first_values(story, slot))
        if given:
            yield key, given


def takes(claim: ClaimState | None, key: str) -> bool:
    """Whether sentences may support the claim by this figure alone: it gathers them for one of its figures only.

    "The union, with its 9,400 members, wants 8 percent" would make one claim of all that name either figure.
    """
    if claim is None or not claim.tallied:
        return True
    gathered = set(tallies(claim.tallied[0])).intersection(*([tallies(claim.wordings[0])] if claim.wordings else []))
    return key in gathered or not gathered


def _first_values(story: StoryState, slot: int) -> set[float]:
    claim = get(story.claims, slot)
    return {value for wording in claim.wordings[:1] for _, value in wording.amounts} if claim is not None else set()


def _gives(story: StoryState, slot: int, line: Line, kin: Container[str]) -> bool:
    claim = get(story.claims, slot)
    if claim is None:
        return False
    return any(
        one_figure(line, wording, kin=wording.article_id in kin) or one_toll(line, wording)
        for wording in claim.wordings[:WORDINGS]
    )


def one_toll(one: Line, other: Line) -> bool:
    """Whether both give the toll of one event: the same, or what either gives first at two times.

    The fewer the victims, the more they must share.
    """
    mine, theirs = _tolls(one), _tolls(other)
    if not mine or not theirs:
        return False
    pairs = [(a, b) for a, b in product(mine, theirs) if _one_fate(a.amount, b.amount)]
    pairs = [(a, b) for a, b in pairs if a.amount == b.amount or (a is mine[0] and b is theirs[0])]
    if not pairs:
        return False
    if any(_near(a.amount[1], b.amount[1]) for a, b in pairs):
        return True
    equal = [a.amount[1] for a, b in pairs if _one_value(a.figure, b.figure)]
    return _shared_tellers(one, other) >= _SHARED_BY_TOLLS - len(equal) - (max(equal, default=0.0) >= _RARE_TOLL)


def _near(one: float, other: float) -> bool:
    return min(one, other) >= _MANY and max(one, other) <= _NEARLY * min(one, other)


def _one_value(one: Figure, other: Figure) -> bool:
    """Whether the values say the same; that nine is at least four says nothing of their being one toll."""
    return one.value == other.value or ({one.qualifier, other.qualifier} <= {None, "about"} and agree(one, other))


@lru_cache(maxsize=1 << 12)
def _tolls(line: Line) -> Sequence[_Reading]:
    return [reading for reading in _readings(line) if reading.amount[0][1] in TOTALS]


def _shared_tellers(one: Line, other: Line) -> int:
    return sum(1 for word in one.bag.tellers if word in other.words)


def _one_fate(one: Amount, other: Amount) -> bool:
    ((_, head), value), ((_, head_other), value_other) = one, other
    return head in TOTALS and head == head_other and max(value, value_other) <= _GROWTH * min(value, value_other)


def one_figure(one: Line, other: Line, *, kin: bool = False) -> bool:
    """Whether both give the same value for the same thing; the rounder the value, the more else they must share."""
    pairs = list(product(_readings(one), _readings(other)))
    shared = [(a, b) for a, b in pairs if _equal(a.amount, b.amount)]
    near = sum(len(_shared_nearby(one, other, a, b)) for a, b in shared)
    more = near + len(shared) - 1 + kin
    short = min(one.bag.telling, other.bag.telling) <= _FEW
    if any(_enough(a.amount, b.amount, more + (short and _precise(a.amount[1]))) for a, b in shared):
        return True
    rough = [(a, b) for a, b in pairs if _rounded(a, b) or _rounded(b, a)]
    return bool(rough) and _shared_tellers(one, other) > 0


def _equal(one: Amount, other: Amount) -> bool:
    ((unit, head), value), ((unit_other, head_other), value_other) = one, other
    if value != value_other or unit != unit_other:
        return False
    return bool(unit) or _one_thing(head, head_other) or (_exact(value) and not (head and head_other))


def _exact(value: float) -> bool:
    """Whether the value is a large one counted to its third digit: two of these are one, whatever they count."""
    return value >= _THOUSANDS and len(f"{value:f}".partition(".")[0].rstrip("0")) >= 3


def _rounded(rough: _Reading, exact: _Reading) -> bool:
    """ "More than 4,000 people" may be said of the 4,200 people that others count."""
    ((unit, head), value), ((unit_other, head_other), value_other) = rough.amount, exact.amount
    if rough.figure.qualifier not in ("more than", "at least") or unit != unit_other or not _precise(value_other):
        return False
    return _THOUSANDS <= value == _floor(value_other) and _one_thing(head, head_other)


def near_figures(one: Line, other: Line) -> bool:
    """Whether both give values near one another that may be of one thing."""
    return any(_near_values(a, b) for a, b in product(one.amounts, other.amounts))


def told_alike(one: Line, other: Line) -> bool:
    """The same, of values of which neither is spoken of as known."""
    return any(_near_values(a, b) for a, b in product(_told(one), _told(other)))


@lru_cache(maxsize=1 << 12)
def _told(line: Line) -> Sequence[Amount]:
    read = zip(line.amounts, line.figures, strict=True)
    return [amount for amount, figure in read if amount[0][0] or not is_given(line, figure)]


def _near_values(one: Amount, other: Amount) -> bool:
    ((unit, head), value), ((unit_other, head_other), value_other) = one, other
    if unit != unit_other or max(value, value_other) > _SAME_SIZE * min(value, value_other):
        return False
    return not (head and head_other) or _one_thing(head, head_other)


def _one_thing(head: str, other: str) -> bool:
    """People who were moved, say, are people; whoever moved people has not counted workers who were killed."""
    if head in TOTALS or other in TOTALS:
        return head == other or head in _PEOPLE or other in _PEOPLE
    return bool(head) and (head == other or (head in _PEOPLE and other in _PEOPLE))


def _enough(one: Amount, other: Amount, more: int) -> bool:
    (unit, head), value = one
    named = _one_thing(head, other[0][1])
    needed = 2 - (named and not unit) - max(_precise(value), unit == "%" and value % _ROUND_SHARE > 0)
    if bool(head) != bool(other[0][1]) and CURRENCY.fullmatch(unit):
        needed += 1
    return more >= max(0, needed) if value >= _LOW or value % 1 or unit == "%" else more > needed


def _precise(value: float) -> int:
    """Whether the value has two significant digits or more and is large, or has a fraction."""
    digits = f"{value:f}".replace(".", "").strip("0")
    return int(len(digits) >= 2 and (value >= _HIGH or value % 1 != 0))


def _shared_nearby(one: Line, other: Line, mine: _Reading, theirs: _Reading) -> Set[str]:
    heads = {mine.amount[0][1], theirs.amount[0][1]}
    return (nearby(one, mine.figure) & nearby(other, theirs.figure)) - heads


def nearby(line: Line, figure: Figure) -> Set[str]:
    """The telling words that stand close to a figure of the line."""
    return _nearby(line, figure.start - line.start, figure.end - line.start)


@lru_cache(maxsize=1 << 12)
def _nearby(line: Line, start: int, end: int) -> Set[str]:
    before = line.text[max(0, start - _NEARBY) : start]
    after = line.text[end : end + _NEARBY]
    if start > _NEARBY:
        before = _CUT_BEFORE.sub("", before)
    if end + _NEARBY < len(line.text):
        after = _CUT_AFTER.sub("", after)
    found = {canonical(stem) for part in (before, after) for stem in stems(part, "en")}
    return frozenset({word for word in found if line.words.get(word, 0.0) >= TELLING})
