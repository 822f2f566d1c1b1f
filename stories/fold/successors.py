"""Sentences that say how a figure has gone on: "52 reports, up from 37", or what one source has counted since."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from schemas.articles import Figure
from stories.fold.agreement import agree
from stories.fold.fates import TOTALS
from stories.fold.figures import moved
from stories.fold.kinds import Key, is_anybody, is_sum_or_share
from stories.fold.likeness import SAME, contrary, likeness
from stories.fold.lines import DISTINCTIVE, Amount, Line
from stories.fold.match import Match, get_claim
from stories.fold.state import WORDINGS, Member, StoryState
from stories.fold.tallies import is_added, nearby

_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
_SPELLED = {word: float(number) for number, word in enumerate(_WORDS.split("|"), 1)}
_SCALES = {"million": 1e6, "billion": 1e9, "m": 1e6, "bn": 1e9}
_ROUGHLY = (
    r"(?:(?:an?|the|at|least|some|about|around|more|than|nearly|almost|earlier|previous|initial|original|estimated) )"
)
_NUMBER = rf"[$£€]?(?P<number>\d[\d,]*(?:\.\d+)?|{_WORDS})\b(?: ?(?P<scale>million|billion|m|bn)\b)?"
_FORMER = rf"{_ROUGHLY}{{0,3}}{_NUMBER}"
_MOVED = r"(?:up|down|raised|lowered|revised|corrected|increased|reduced|rising|climbing|falling|cut)"
_UP_FROM = re.compile(rf"[^.;:]{{0,40}}?[ (]{_MOVED}(?: \w+)? from {_FORMER}")
_NOT = re.compile(rf"(?: [\w'’-]+){{0,3}},? (?:and not|not|instead of|rather than) {_FORMER}")
_BEFORE = r"(?:first|previously|earlier|originally|initially)"
_THAN = re.compile(
    rf"(?: [\w'’-]+){{0,3}},? (?:(?:far|much|well|many|slightly|sharply) )?(?:more|fewer|less|higher|lower|up) than"
    rf" {_FORMER}(?= (?:\w+ ){{0,4}}?(?:{_BEFORE}|had|before|reported|announced|given)\b)"
)
_MORE_BY = re.compile(
    rf"[^.;:]{{0,90}}?, {_FORMER}(?: [\w'’-]+)? (?P<way>more|fewer|less|higher|lower) than (?:before\b|last time\b"
    rf"|(?:\w+ ){{1,2}}?(?:had |have |has )?(?:(?:at )?{_BEFORE} )?"
    r"(?:offered|agreed|announced|estimated|reported|said|bid|promised|proposed|thought)\b"
    r"|(?:its|their|the|his|her) (?:first|last|previous|earlier|original|initial)\b"
    r"|(?P<then>in (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|last (?:week|month)))"
)
"""What was before, named as such ("far more than the 80,000 it had reported"), or by how much that was less or more."""
_RAISED = re.compile(
    r"\b(?:raised?|increased?|lowered?|cut|improved?|lifted?|reduced?|revised?)\b[^.;:]{0,90}"
    rf" to {_ROUGHLY}{{0,3}}[$£€]?$"
)
"""Of what is more than at some other time: it is the same thing, and not the sales of another month."""
_FROM = re.compile(rf"(?: [\w'’-]+){{0,3}} from {_FORMER}")
_TO = re.compile(rf"\bfrom {_FORMER}(?: [\w'’-]+){{0,3}} to {_ROUGHLY}{{0,3}}[$£€]?$")
_MARKS = (" from ", " not ", " instead ", " than ")
_TOWARDS = ("to ", "to $", "to €", "to £")
_PLAN = re.compile(r"\b(?:would|will|could|should|may|might|plans?|propos\w+|calls?|wants?)\b[^.;:]*$")
"""What is planned leaves what is there as it is."""
_REACH = 60
_OTHER_TIME = re.compile(
    r"[^.;:,]{0,20}? (?:(?:a|one|last|previous|prior|the same|this time|\w+ years?) "
    r"(?:year|month|quarter|week|season|period|decade)s?|in (?:\w+ )?(?:19|20)\d\d|years? (?:ago|earlier|before))\b"
)
"""What was counted in another year is no former value of this count."""
_RUNNING = re.compile(
    r"\b(?:so far|to date|until now|by (?:now|then|noon|midnight|nightfall|the (?:morning|afternoon|evening|end)"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)|in all|in total|(?:the|a) total|total(?:s|led|ling)|the number of"
    r"|(?:ris|rose|grow|grew|climb|swell|increas|mount)\w* to|(?:stands?|stood|now) at"
    r"|(?:are|has|have) now|now (?:are|has|have)"
    r"|in (?:\w+|\d+) (?:days|weeks|months)"
    r"|(?:have|has|had) (?:now |already |all |since )?(?:been|had to))\b",
    re.IGNORECASE,
)
"""Near a number, that it is a count that goes on."""
_RUNS = 60
_LEVELS = frozenset(("mph", "km/h", "degree", "magnitude", "percentage point"))
"""What goes up and down, and is no count."""
_AREAS = frozenset(("km²", "square mile", "hectare", "acre"))
"""What is burned, searched or under oil: a source gives no other area by chance."""
_OF_WHOM = ":"
"""Within the head of a toll of some: "dead:soldier"."""
_LOOKUPS = 12
_LATER = timedelta(hours=1)
_WITHIN = 0.6
"""Share of the shorter sentence's weight that must stand in the other for both to be counts of one thing."""
_COUNTED_ALIKE = 0.25
"""Likeness of sentences that count the same two things or more."""
_TOLD = 3.5
"""Weight of the words that must stand near both figures: that of one rare word ("turnout") or two others."""
_LIMIT = 20


@lru_cache(maxsize=1 << 12)
def former_values(line: Line) -> Sequence[tuple[Amount, Figure, float]]:
    """The figures of the sentence that it says were others before, each with its former value."""
    if not any(mark in line.text for mark in _MARKS):
        return ()
    read = ((amount, figure, _former(line, figure)) for amount, figure in zip(line.amounts, line.figures, strict=True))
    return tuple(
        [(amount, figure, value) for amount, figure, value in read if value is not None and value != amount[1]]
    )


def _former(line: Line, figure: Figure) -> float | None:
    start, end = figure.start - line.start, figure.end - line.start
    before = line.text[max(0, start - _REACH) : start]
    if " than " in line.text and (value := _compared_with(line, figure, end)) is not None:
        return value
    if _PLAN.search(before):
        return None
    if found := _UP_FROM.match(line.text, end) or _NOT.match(line.text, end):
        return None if _OTHER_TIME.match(line.text, found.end()) else _value(found)
    if not before.endswith(_TOWARDS):
        return None
    found = _FROM.match(line.text, end) or _TO.search(before)
    value = _value(found) if found else None
    return None if any(value == float(own.value) for own in line.figures) else value


def _compared_with(line: Line, figure: Figure, end: int) -> float | None:
    """What the figure is said to be more or less than, or by how much."""
    if found := _THAN.match(line.text, end):
        return _value(found)
    found = _MORE_BY.match(line.text, end)
    if found is None or (found["then"] and not _RAISED.search(line.text, 0, figure.start - line.start)):
        return None
    former = float(figure.value) + _value(found) * (-1 if found["way"] in ("more", "higher") else 1)
    return former if former > 0 else None


def _value(found: re.Match[str]) -> float:
    number = found["number"].lower().replace(",", "")
    return (_SPELLED.get(number) or float(number)) * _SCALES.get(found["scale"] or "", 1.0)


def is_running(line: Line, figure: Figure) -> bool:
    """Whether the sentence tells the figure as a count that goes on ("so far", "rose to")."""
    at = figure.start - line.start
    return figure.unit not in _LEVELS and _RUNNING.search(line.text, max(0, at - _RUNS), at + _RUNS) is not None


def is_former(line: Line, figure: Figure) -> bool:
    """Whether the sentence gives the figure only as what another was before."""
    values = former_values(line)
    return any(float(figure.value) == value and figure.start > own.start for _, own, value in values)


def successions(story: StoryState, member: Member, found: Iterable[Match]) -> Iterator[Match]:
    """Sentences of the article with what they go on from: the claims and those of their wordings that gave it."""
    for line in member.lines.values() if story.norms else ():
        for (key, _), _, value in former_values(line) if line.amounts else ():
            yield from _said_before(story, line, (key, value))
    for match in found:
        if match.line.amounts:
            yield from _counted_anew(story, member, match)
    before = _last_of_source(story, member)
    if before is not None:
        yield from _counted_on(member, before)


def _said_before(story: StoryState, line: Line, former: Amount) -> Iterator[Match]:
    (unit, head), value = former
    key = f"#{head}" if head in TOTALS else f"#{unit}#{value:g}"
    for slot in story.words.get(key, ())[:_LOOKUPS]:
        wordings = [own for own in get_claim(story, slot).wordings[:WORDINGS] if _gives(own, former)]
        if wordings:
            yield Match(line, slot, SAME, tuple(wordings), 0)
            return


def _gives(line: Line, amount: Amount) -> bool:
    return any(value == amount[1] and _one_kind(key, amount[0]) for key, value in line.amounts)


def _one_kind(key: Key, other: Key) -> bool:
    """Whether both may count one thing: in one unit of measure one of them may leave open what it is of."""
    (unit, head), (unit_other, head_other) = key, other
    return unit == unit_other and (head == head_other or (bool(unit) and not (head and head_other)))


def _counted_anew(story: StoryState, member: Member, match: Match) -> Iterator[Match]:
    """Of the claim what the same source counted some time before."""
    wordings = [
        own
        for own in get_claim(story, match.slot).wordings[:WORDINGS]
        if own.amounts and _later(member, story.members[own.article_id]) and _one_count(match.line, own)
    ]
    if wordings:
        yield match._replace(wordings=tuple(wordings))


def _later(new: Member, old: Member) -> bool:
    if new.reported is None or old.reported is None or new.reported - old.reported < _LATER:
        return False
    return new.facts.source == old.facts.source or new.group == old.group


def _last_of_source(story: StoryState, member: Member) -> Member | None:
    """What the same source reported last before the article, if it is one of those that spoke last."""
    last = next((own for own in story.roll.speakers if own.group == member.group), None)
    return story.members[last.facts.article_id] if last is not None and _later(member, last) else None


def _counted_on(member: Member, before: Member) -> Iterator[Match]:
    """What the article counts higher than the last one of its source, which gave but one such count that is lower."""
    counted = [own for line in member.lines.values() if line.amounts for own in _counts(line)]
    known = [own for line in before.lines.values() if line.amounts for own in _counts(line)] if counted else []
    slots = {placed.sentence: placed.slot for placed in before.placed if placed.primary}
    for new in counted:
        lower = [old for old in known if _has_run_on(new, old)]
        if len(lower) == 1 and lower[0].line.sentence in slots:
            yield Match(new.line, slots[lower[0].line.sentence], SAME, (lower[0].line,), 0)


class _Count(NamedTuple):
    line: Line
    key: Key
    figure: Figure


@lru_cache(maxsize=1 << 12)
def _counts(line: Line) -> Sequence[_Count]:
    """The figures that are the only ones of their unit, or tolls, in the sentence, and no sums, shares or parts."""
    tolls = [own for own in zip(line.amounts, line.figures, strict=True) if _is_toll(own[0][0][1])]
    heads = [head for ((_, head), _), _ in tolls]
    return [
        _Count(line, (unit, head), figure)
        for ((unit, head), _), figure in (tolls if len(set(heads)) == len(heads) > 0 else _alone(line))
        if _is_toll(head) or (not is_sum_or_share(unit) if unit else head.isalnum())
    ]


def _is_toll(head: str) -> bool:
    """Whether it is the toll of an event, or how many of some kind are in it: "41 soldiers and nine civilians"."""
    return head in TOTALS or _OF_WHOM in head


def _has_run_on(new: _Count, old: _Count) -> bool:
    """Whether either is told as a count that goes on, and both are of one thing."""
    if not _one_kind(new.key, old.key) or not old.figure.value < new.figure.value <= _LIMIT * old.figure.value:
        return False
    if not (is_running(new.line, new.figure) or is_running(old.line, old.figure)) or not moved(old.figure, new.figure):
        return False
    unit, head = new.key
    if unit in _AREAS or _is_toll(head) or (head and not is_anybody(head) and old.figure.value >= DISTINCTIVE):
        return True
    return bool(nearby(new.line, new.figure) & nearby(old.line, old.figure) - {head})


def _one_count(new: Line, old: Line) -> bool:
    """Whether hardly more than the one figure of its kind tells the sentences apart, or both count the same kinds."""
    if _count_alike(new, old):
        return True
    pairs = [(a, b) for a, b in product(_alone(new), _alone(old)) if _differ(a, b)]
    if not pairs or contrary(new.words, old.words) or likeness(new, old).containment < _WITHIN:
        return False
    shared = [
        nearby(new, figure) & nearby(old, other) - {*key[1].split(_OF_WHOM)} for ((key, _), figure), (_, other) in pairs
    ]
    return any(sum([new.words[word] for word in words]) >= _TOLD for words in shared)


def _count_alike(new: Line, old: Line) -> bool:
    """Whether both count the same two things or more, for example ships and aircraft."""
    counts, before = dict(new.amounts), dict(old.amounts)
    if len(counts) < 2 or counts.keys() != before.keys() or not all(head for _, head in counts):
        return False
    if len(counts) < max(len(new.amounts), len(old.amounts)) or counts == before:
        return False
    return likeness(new, old).score >= _COUNTED_ALIKE and not contrary(new.words, old.words)


def _alone(line: Line) -> Iterator[tuple[Amount, Figure]]:
    """The figures that are the only ones of their unit in the sentence, and no additions to others."""
    units = [unit for (unit, _), _ in line.amounts]
    for amount, figure in zip(line.amounts, line.figures, strict=True):
        if units.count(amount[0][0]) == 1 and not is_added(line, figure):
            yield amount, figure


def _differ(one: tuple[Amount, Figure], other: tuple[Amount, Figure]) -> bool:
    ((key, value), figure), ((key_other, value_other), figure_other) = one, other
    if not _one_kind(key, key_other) or agree(figure, figure_other) or min(value, value_other) <= 0:
        return False
    return max(value, value_other) <= _LIMIT * min(value, value_other)
