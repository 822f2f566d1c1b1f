"""Sentences that give the same figure, whatever else they say: "130 people on board", "it carried 130 people"."""

import math
import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from articles.text.stems import stems
from schemas.articles import Figure
from stories.fold.lexicon import canonical
from stories.fold.lines import TELLING, Amount, Line
from stories.fold.pages import get
from stories.fold.state import WORDINGS, StoryState

_NEARBY = 48
"""Characters on each side of a figure that say what it is about."""
_LOW, _HIGH = 13, 100
"""Below the one a value is everywhere; from the other on, one that is not round hardly comes twice by chance."""
_THOUSANDS = 1000
_LOOKUPS = 12
_BETWEEN_BLANKS = re.compile(r"^\S*\s|\s\S*$")
_PEOPLE = frozenset(
    canonical(stem)
    for stem in stems(
        "people persons men women passengers members workers employees residents inhabitants villagers islanders "
        "citizens survivors evacuees protesters demonstrators migrants refugees patients pupils students voters",
        "en",
    )
)


def tallies(line: Line) -> Iterator[str]:
    """The keys of the figures under which other sentences that give them are looked for."""
    for (unit, _), value in line.amounts:
        if value >= _LOW or value % 1 != 0 or unit:
            yield f"#{unit}#{value:g}"
        if value >= _THOUSANDS:
            yield f"#{unit}~{_floor(value):g}"


def _floor(value: float) -> float:
    """The value with its first digit only."""
    step = 10.0 ** math.floor(math.log10(value))
    return value // step * step


def homes(story: StoryState, line: Line) -> Iterator[int]:
    """Slots of the claims that first gave each of the sentence's figures."""
    for key in tallies(line):
        slots = story.words.get(key, ())[:_LOOKUPS]
        home = next((slot for slot in slots if _gives(story, slot, line)), None)
        if home is not None:
            yield home


def _gives(story: StoryState, slot: int, line: Line) -> bool:
    claim = get(story.claims, slot)
    return claim is not None and any(one_figure(line, wording) for wording in claim.wordings[:WORDINGS])


def one_figure(one: Line, other: Line) -> bool:
    """Whether both give the same value for the same thing; the rounder the value, the more else they must share."""
    pairs = list(product(_readings(one), _readings(other)))
    shared = [(a, b) for a, b in pairs if _equal(a.amount, b.amount)]
    near = sum(len(_shared_nearby(one, other, a, b)) for a, b in shared)
    if any(_enough(a.amount, b.amount, near + len(shared) - 1) for a, b in shared):
        return True
    rough = [(a, b) for a, b in pairs if _rounded(a, b) or _rounded(b, a)]
    return any(_shared_nearby(one, other, a, b) for a, b in rough)


class _Reading(NamedTuple):
    amount: Amount
    figure: Figure


def _readings(line: Line) -> Iterator[_Reading]:
    return map(_Reading, line.amounts, line.figures)


def _equal(one: Amount, other: Amount) -> bool:
    ((unit, head), value), ((unit_other, head_other), value_other) = one, other
    return value == value_other and unit == unit_other and (bool(unit) or _one_thing(head, head_other))


def _rounded(rough: _Reading, exact: _Reading) -> bool:
    """ "More than 4,000 people" may be said of the 4,200 people that others count."""
    ((unit, head), value), ((unit_other, head_other), value_other) = rough.amount, exact.amount
    if rough.figure.qualifier not in ("more than", "at least") or unit != unit_other or not _precise(value_other):
        return False
    return _THOUSANDS <= value == _floor(value_other) and _one_thing(head, head_other)


def _one_thing(head: str, other: str) -> bool:
    return bool(head) and (head == other or (head in _PEOPLE and other in _PEOPLE))


def _enough(one: Amount, other: Amount, more: int) -> bool:
    (unit, head), value = one
    named = _one_thing(head, other[0][1])
    needed = 2 - (named and not unit) - _precise(value)
    return more >= max(0, needed) if value >= _LOW or value % 1 else more > needed


def _precise(value: float) -> int:
    """Whether the value has two significant digits or more and is large, or has a fraction."""
    digits = f"{value:f}".replace(".", "").strip("0")
    return int(len(digits) >= 2 and (value >= _HIGH or value % 1 != 0))


def _shared_nearby(one: Line, other: Line, mine: _Reading, theirs: _Reading) -> set[str]:
    heads = {mine.amount[0][1], theirs.amount[0][1]}
    return (nearby(one, mine.figure) & nearby(other, theirs.figure)) - heads


def nearby(line: Line, figure: Figure) -> set[str]:
    """The telling words that stand close to a figure of the line."""
    start, end = figure.start - line.start, figure.end - line.start
    before, after = line.text[max(0, start - _NEARBY) : start], line.text[end : end + _NEARBY]
    found = {canonical(stem) for part in (before, after) for stem in stems(_BETWEEN_BLANKS.sub("", part), "en")}
    return {word for word in found if line.words.get(word, 0.0) >= TELLING}
