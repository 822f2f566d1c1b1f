"""Whether the values of a quantity agree, differ or have been superseded, and which of them are a discrepancy."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import product

from schemas.articles import Figure
from schemas.story import Claim, ClaimFigure, Discrepancy, Reading, Support
from stories.fold import figures
from stories.fold.agreement import agree
from stories.fold.fates import TOTALS
from stories.fold.kinds import Key, may_be_one
from stories.fold.likeness import likeness
from stories.fold.lines import DISTINCTIVE, Line
from stories.fold.state import Member
from stories.fold.successors import is_former
from stories.fold.tallies import is_added, is_given, nearby

_SAME_STATEMENT, _SAME_STATEMENT_ON_FEW, _SAME_FATE = 0.3, 0.55, 0.25
"""Likeness that two sentences must have before their figures are held against each other; small numbers stand in
so many sentences that they need more, and totals of one fate less: they stand in one claim for what they count."""
_ALL_BUT_EQUAL = 0.6
"""Likeness from which nothing more is asked: the sentences differ in little but the figure."""
_TOLLS = frozenset(TOTALS.values())
_HIGH, _TEN = 50, 10
_AS_COUNTED = frozenset((None, "about"))
"""Qualifiers of what is counted, and no bound."""
_FAR, _OF_ONE_SIZE, _NEARLY_OF_ONE_SIZE = 5, 1.5, 1.25
"""How many times the lower of two values the higher one may be: at all, where a word nearby says that both are of one
thing, and where nothing does but their kind. Tolls may differ more in the first hours."""
_UNSAID: Key = ("", "")
_NUMBER, _YEAR = re.compile(r"\d[\d.,]*"), re.compile(r"(?:19|20)\d\d")
_ONE_TIME = timedelta(hours=12)
"""Between first reports of two prices, speeds, low tolls or states at odds: these are others every few hours."""
_STATE = re.compile(
    r"\b(?:is|are|was|were|remain(?:s|ed)?|stay(?:s|ed)?) (?:still |now )?"
    r"(?:in|without|under|at|missing|trapped|stranded)\b"
)
_ASIDE = (is_given, is_former, is_added)
Members = Mapping[str, Member]
_likeness = lru_cache(maxsize=1 << 12)(likeness)


def judged(figure: ClaimFigure, members: Members, whole: Container[Support]) -> ClaimFigure:
    """The quantity with the status of each value: in dispute are values whose sentences make one statement.

    `whole` are the sentences that state the claim by all they say, and not by their figure alone.
    """
    if len(figure.values) == 1:
        return figure
    differing = {id(reading) for reading in _differing(figure, members, whole)}
    if not differing:
        return figure
    values = [v.model_copy(update={"status": "differ"}) if id(v) in differing else v for v in figure.values]
    return figure.model_copy(update={"values": tuple(values)})


def _differing(figure: ClaimFigure, members: Members, whole: Container[Support]) -> list[Reading]:
    odds = figures.at_odds(figure.values) if figure.counted or figure.unit else None
    if odds is None or not (_is_toll(figure) or _same_statement(figure, odds[0], members, whole)):
        return []
    return [own for own in odds[0] if any(figures.disagree(own, other) for other in odds[0])]


def _is_toll(figure: ClaimFigure) -> bool:
    """High totals of one fate that stand in one claim are of one thing, however the sentences are worded."""
    return figure.counted in _TOLLS and min(value.value for value in figure.values) >= _HIGH


def discrepancies(claim: Claim) -> tuple[Discrepancy, ...]:
    """Of the claim, with all values of each that stand."""
    disputed = [figure for figure in claim.figures if any(value.status == "differ" for value in figure.values)]
    return tuple([_discrepancy(claim, figure) for figure in disputed])


def _discrepancy(claim: Claim, figure: ClaimFigure) -> Discrepancy:
    values, mild = figures.at_odds(figure.values) or ((), False)
    return Discrepancy(claim_id=claim.claim_id, counted=figure.counted, unit=figure.unit, values=values, mild=mild)


def _same_statement(
    figure: ClaimFigure, values: Sequence[Reading], members: Members, whole: Container[Support]
) -> bool:
    """Whether some two sentences at odds are alike enough for that to mean something, or give little else."""
    pairs = ((a, b) for n, a in enumerate(values[:4]) for b in values[n + 1 : 4] if figures.disagree(a, b))
    if figure.counted not in _TOLLS:
        pairs = ((a, b) for a, b in pairs if _is_within(_FAR, a, b))
    pairs = ((a, b) for a, b in pairs if _of_two_sources(a, b, members))
    pairs = ((a, b) for a, b in pairs if not (_hours_apart(a, b) and _passes(figure, a, b, members)))
    return any(
        _most_alike(a, b, members) >= _needed(figure, a, b) or _left_alone(figure, a, b, members, whole)
        for a, b in pairs
    )


def _is_within(times: float, one: Reading, other: Reading) -> bool:
    """Whether the higher value is so many times the lower one at most."""
    low, high = sorted((abs(one.value), abs(other.value)))
    return high <= times * low


def _passes(figure: ClaimFigure, one: Reading, other: Reading, members: Members) -> bool:
    """Whether both may be true some hours apart: tolls, shares, sums, prices and speeds, and states."""
    return figure.counted in _TOLLS or not figure.counted or _are_states(one, other, members)


def _left_alone(figure: ClaimFigure, one: Reading, other: Reading, members: Members, whole: Container[Support]) -> bool:
    """Whether of two sentences that state the claim each gives one figure of this kind that the other does not give.

    However they are worded, these two are then of one thing; where another figure is what both are about, shares are
    told or the values are far apart, a word nearby must say so. Small numbers stand for too many things, and bounds
    ("up to 90") for forecasts.
    """
    telling = min(one.value, other.value) >= DISTINCTIVE or one.value % 1 or other.value % 1
    if figure.counted in _TOLLS or not telling or not {one.qualifier, other.qualifier} <= _AS_COUNTED:
        return False
    if not _is_within(_OF_ONE_SIZE, one, other):
        return False
    near = figure.unit != "%" and _is_within(_NEARLY_OF_ONE_SIZE, one, other)
    mine, theirs = ([_line(s, members) for s in r.supports[:3] if s in whole] for r in (one, other))
    pairs = ((a, b) for a, b in product(mine, theirs) if _only_left(a, b, one) and _only_left(b, a, other))
    pairs = ((a, b) for a, b in pairs if not (_gives(a, other) or _gives(b, one)))
    return any(_of_one_thing(a, one, b, other) or (near and not _share_one(a, b)) for a, b in pairs)


def _only_left(line: Line, other: Line, reading: Reading) -> bool:
    """Whether the value is all of its kind that is left of the sentence when what the other gives too is taken out."""
    if _has_bare_numbers(line):
        return False
    left = [own for own in _stated(line) if not any(_one_value(own, theirs) for theirs in _stated(other))]
    kinds = [key for key, figure in left if figure.value == reading.value]
    return len(kinds) == 1 and len([key for key, _ in left if key == _UNSAID or may_be_one(key, kinds[0])]) == 1


@lru_cache(maxsize=1 << 12)
def _has_bare_numbers(line: Line) -> bool:
    """Whether there are numbers of which it is not said what they count: "28 and 24 delegates"."""
    read = [(span.start - line.start, span.end - line.start) for span in (*line.figures, *line.dates)]
    bare = (number for number in _NUMBER.finditer(line.text) if not _YEAR.fullmatch(number[0].rstrip(".,")))
    return any(not any(start < number.end() and number.start() < end for start, end in read) for number in bare)


def _share_one(line: Line, other: Line) -> bool:
    """Whether both give one and the same figure."""
    return any(_one_value(own, theirs) for own, theirs in product(_stated(line), _stated(other)))


def _one_value(one: tuple[Key, Figure], other: tuple[Key, Figure]) -> bool:
    return may_be_one(one[0], other[0]) and agree(one[1], other[1])


def _stated(line: Line) -> list[tuple[Key, Figure]]:
    """The figures of a sentence but those that it speaks of as known, as what was before or as coming on top."""
    read = zip(line.amounts, line.figures, strict=True)
    return [(key, own) for (key, _), own in read if not any(aside(line, own) for aside in _ASIDE)]


def _line(support: Support, members: Members) -> Line:
    return members[support.article_id].lines[support.sentence]


def _needed(figure: ClaimFigure, one: Reading, other: Reading) -> float:
    if figure.counted in _TOLLS and min(one.value, other.value) >= _TEN:
        return _SAME_FATE
    return _SAME_STATEMENT if max(one.value, other.value) >= DISTINCTIVE else _SAME_STATEMENT_ON_FEW


def _of_two_sources(one: Reading, other: Reading, members: Members) -> bool:
    """Whether not all of it is told by one outlet: two polls, most likely."""
    return len({members[support.article_id].facts.source for support in (*one.supports, *other.supports)}) > 1


def _hours_apart(one: Reading, other: Reading) -> bool:
    return one.since is not None and other.since is not None and abs(one.since - other.since) > _ONE_TIME


def _are_states(one: Reading, other: Reading, members: Members) -> bool:
    """Whether both say how many are in some state: who lies in hospital is counted anew every day."""
    lines = [_line(s, members) for s in (*one.supports[:3], *other.supports[:3])]
    return all(_STATE.search(line.text) for line in lines)


def _most_alike(one: Reading, other: Reading, members: Members) -> float:
    mine, theirs = ([_line(s, members) for s in r.supports[:3]] for r in (one, other))
    pairs = ((a, b) for a, b in product(mine, theirs) if not (_gives(a, other) or _gives(b, one)))
    pairs = ((a, b) for a, b in pairs if not (_tops(a, one) or _tops(b, other)))
    pairs = ((a, b) for a, b in pairs if not _share_bare(a, one, b))
    scores = ((_likeness(a, b).score, a, b) for a, b in pairs)
    return max((s for s, a, b in scores if s >= _ALL_BUT_EQUAL or _of_one_thing(a, one, b, other)), default=0.0)


def _of_one_thing(line: Line, reading: Reading, line_other: Line, other: Reading) -> bool:
    """Whether the two values have a telling word nearby in common: an added 9,700 votes are no lead of 11,200 votes.

    20,000 agents more are none of 40,000.
    """
    if any(_adds(line, reading)) != any(_adds(line_other, other)):
        return False
    return bool(_about(line, reading) & _about(line_other, other))


def _tops(line: Line, reading: Reading) -> bool:
    """Whether the sentence adds the value to another: "eight states allow it, another 21 do so for the sick"."""
    keys = [key for key, _ in line.amounts]
    return any(keys.count(key) > 1 for key in _adds(line, reading))


def _adds(line: Line, reading: Reading) -> Iterator[Key]:
    """What the value counts where it comes on top of another count."""
    read = zip(line.amounts, line.figures, strict=True)
    return (key for (key, _), own in read if own.value == reading.value and is_added(line, own))


def _share_bare(line: Line, reading: Reading, other: Line) -> bool:
    """Whether both give one share or price: what else they give in that unit is of something else."""
    bare = {key for key, value in line.amounts if value == reading.value and not key[1]}
    return any(key in bare and (key, value) in other.amounts for key, value in line.amounts)


def _about(line: Line, reading: Reading) -> set[str]:
    found = [(amount, figure) for amount, figure in zip(line.amounts, line.figures, strict=True)]
    return {w for (key, _), f in found if f.value == reading.value for w in nearby(line, f) if w != key[1]}


def _gives(line: Line, reading: Reading) -> bool:
    """Whether the sentence gives that value too: "130 on board, of whom 114 were saved" is at odds with neither."""
    return any(figure.value == reading.value for figure in line.figures)
