"""Sentences that say how a figure has gone on: "52 reports, up from 37", or what one source has counted since."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import product

from schemas.articles import Figure
from stories.fold.fates import TOTALS
from stories.fold.figures import agree
from stories.fold.kinds import Key
from stories.fold.likeness import SAME, contrary, likeness
from stories.fold.lines import Amount, Line
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
_FROM = re.compile(rf"(?: [\w'’-]+){{0,3}} from {_FORMER}")
_TO = re.compile(rf"\bfrom {_FORMER}(?: [\w'’-]+){{0,3}} to {_ROUGHLY}{{0,3}}[$£€]?$")
_TOWARDS = ("to ", "to $", "to €", "to £")
_PLAN = re.compile(r"\b(?:would|will|could|should|may|might|plans?|propos\w+|calls?|wants?)\b[^.;:]*$")
"""What is planned leaves what is there as it is."""
_REACH = 60
_OTHER_TIME = re.compile(
    r"[^.;:,]{0,20}? (?:(?:a|one|last|previous|prior|the same|this time|\w+ years?) "
    r"(?:year|month|quarter|week|season|period|decade)s?|in (?:\w+ )?(?:19|20)\d\d|years? (?:ago|earlier|before))\b"
)
"""What was counted in another year is no former value of this count."""
_LOOKUPS = 12
_LATER = timedelta(hours=1)
_WITHIN = 0.6
"""Share of the shorter sentence's weight that must stand in the other for both to be counts of one thing."""
_TOLD = 3.5
"""Weight of the words that must stand near both figures: that of one rare word ("turnout") or two others."""
_LIMIT = 20


@lru_cache(maxsize=1 << 12)
def former_values(line: Line) -> Sequence[tuple[Amount, Figure, float]]:
    """The figures of the sentence that it says were others before, each with its former value."""
    if " from " not in line.text and " not " not in line.text and " instead " not in line.text:
        return ()
    read = ((amount, figure, _former(line, figure)) for amount, figure in zip(line.amounts, line.figures, strict=True))
    return tuple(
        [(amount, figure, value) for amount, figure, value in read if value is not None and value != amount[1]]
    )


def _former(line: Line, figure: Figure) -> float | None:
    start, end = figure.start - line.start, figure.end - line.start
    before = line.text[max(0, start - _REACH) : start]
    if _PLAN.search(before):
        return None
    if found := _UP_FROM.match(line.text, end) or _NOT.match(line.text, end):
        return None if _OTHER_TIME.match(line.text, found.end()) else _value(found)
    if not before.endswith(_TOWARDS):
        return None
    found = _FROM.match(line.text, end) or _TO.search(before)
    value = _value(found) if found else None
    return None if any(value == float(own.value) for own in line.figures) else value


def _value(found: re.Match[str]) -> float:
    number = found["number"].lower().replace(",", "")
    return (_SPELLED.get(number) or float(number)) * _SCALES.get(found["scale"] or "", 1.0)


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


def _one_count(new: Line, old: Line) -> bool:
    """Whether hardly more than the one figure of its kind tells the sentences apart."""
    pairs = [(a, b) for a, b in product(_alone(new), _alone(old)) if _differ(a, b)]
    if not pairs or contrary(new.words, old.words) or likeness(new, old).containment < _WITHIN:
        return False
    shared = [nearby(new, figure) & nearby(old, other) - {key[1]} for ((key, _), figure), (_, other) in pairs]
    return any(sum([new.words[word] for word in words]) >= _TOLD for words in shared)


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
