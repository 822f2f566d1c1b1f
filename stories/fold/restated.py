"""Which sentences of one article say the same: an opening and the quote that it sums up, a quote and its screenshot."""

from collections.abc import Iterator, Mapping

from stories.fold.evidence import RESTATED, Evidence, Places, odds, weigh
from stories.fold.likeness import contrary, likeness
from stories.fold.lines import Line
from stories.fold.state import Member

_SHARE, _SHARE_QUOTED = 0.4, 0.25
"""Share of the lighter sentence that must be in the other for the two to be compared; less where one of them quotes."""
_ASKED = 1.0
"""Odds from which a sentence says again what another of its article says."""
Restatements = Mapping[int, tuple[Line, ...]]
"""By number of a sentence the others of its article that say the same, the likeliest first."""


def restatements(member: Member) -> Restatements:
    """All of an article."""
    found: dict[int, list[tuple[float, int]]] = {}
    for one, other in near(member):
        chance = odds(evidence_within(member, one, other), RESTATED)
        if chance >= _ASKED and not contrary(one.words, other.words):
            found.setdefault(one.sentence, []).append((-chance, other.sentence))
            found.setdefault(other.sentence, []).append((-chance, one.sentence))
    return {number: tuple(member.lines[other] for _, other in sorted(others)) for number, others in found.items()}


def evidence_within(member: Member, one: Line, other: Line) -> Evidence:
    """What is known of two sentences of an article, the first of which stands before the second."""
    first = next(iter(member.lines.values()))
    places = Places(
        late=False,
        one_time=True,
        better=0.0,
        neighbours=0,
        one_source=True,
        firsts=int(one is first),
        apart=(other.start - one.start) / len(member.facts.text),
        length=len(member.lines),
        strangers=0.0,
    )
    return weigh(one, other, likeness(one, other), places)


def near(member: Member) -> Iterator[tuple[Line, Line]]:
    """Pairs of sentences that have enough in common to be compared, in order of the text."""
    seen: dict[str, list[int]] = {}
    for number, line in member.lines.items():
        votes: dict[int, float] = {}
        for word in line.bag.tellers:
            for other in seen.get(word, ()):
                votes[other] = votes.get(other, 0.0) + line.words[word]
            seen.setdefault(word, []).append(number)
        for earlier, shared in votes.items():
            other_line = member.lines[earlier]
            least = _SHARE_QUOTED if line.quoted or other_line.quoted else _SHARE
            if shared >= least * min(line.weight, other_line.weight):
                yield other_line, line
