"""Which matches hold: what the rules find, and what all that is known of sentence and wording speaks for."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from stories.fold.evidence import ASKED, ASKED_LATER, KEPT, Evidence, Places, numbers_in_common, odds, weigh
from stories.fold.likeness import contrary
from stories.fold.lines import Line
from stories.fold.match import (
    KIN_UNDATED,
    LATER,
    Anchors,
    Match,
    anchors_of,
    by_rule,
    known_refs,
    neighbours_of,
    of_one_time,
    shares_of,
)
from stories.fold.state import Member, StoryState

_TOLD = 2
"""Words in common that are no names, without which two sentences speak of one place or person and no more."""
_NUMBER = 0.1
"""What a number in common adds to the strength of a match beside others."""


class _Rival(NamedTuple):
    """A match with the telling words that both sides have, and its strength."""

    match: Match
    common: frozenset[str]
    strength: float


def matches(story: StoryState, member: Member, found: Sequence[Match]) -> list[Match]:
    """Those that hold: what the rules find, but where all else speaks against it, and what all else speaks for."""
    ruled = places_of(by_rule(story, member, found))
    weighed = weigh_all(story, member, found, ruled)
    return [match for match, evidence in weighed if _holds(match, evidence, (match.line.sentence, match.slot) in ruled)]


def places_of(found: Iterable[Match]) -> set[tuple[int, int]]:
    """Sentence and slot of each match."""
    return {(match.line.sentence, match.slot) for match in found}


def weigh_all(
    story: StoryState, member: Member, found: Sequence[Match], ruled: Container[tuple[int, int]]
) -> Iterator[tuple[Match, Evidence | None]]:
    """Each match with what speaks for it, given the places of those that the rules find.

    Nothing stands beside those that the very words settle.
    """
    anchors = anchors_of(story, [match for match in found if (match.line.sentence, match.slot) in ruled])
    shares = shares_of(story, member, anchors)
    better = _betters(found)
    for match in found:
        if match.line.norm == match.wordings[0].norm:
            yield match, None
        else:
            places = _places(story, member, match, anchors, shares)
            yield match, weigh(match.line, match.wordings[0], match.best, places._replace(better=better(match)))


def _holds(match: Match, evidence: Evidence | None, ruled: bool) -> bool:
    """What comes days later in the same words, and denies it, or no longer does, is the next thing."""
    if evidence is None:
        return ruled
    if ruled:
        return odds(evidence) >= KEPT and not (evidence.late and evidence.one_denies)
    if evidence.late or evidence.two_quotes or contrary(match.line.words, match.wordings[0].words):
        return False
    if evidence.common < _TOLD and not evidence.numbers and not evidence.one_quote:
        return False
    return odds(evidence) >= (ASKED if evidence.one_time else ASKED_LATER)


def _places(story: StoryState, member: Member, match: Match, anchors: Anchors, shares: Mapping[str, float]) -> Places:
    wording = match.wordings[0]
    other = story.members[wording.article_id]
    return Places(
        late=_is_late(member, other, shares.get(wording.article_id, 0.0)),
        one_time=of_one_time(member, other, shares.get(wording.article_id, 0.0)),
        better=0.0,
        neighbours=neighbours_of(match.line.sentence, known_refs(story, match, anchors), anchors),
        one_source=member.facts.source == other.facts.source,
        firsts=(match.line is _first(member)) + (wording is _first(other)),
        apart=abs(match.line.start / len(member.facts.text) - wording.start / len(other.facts.text)),
        length=min(len(member.lines), len(other.lines)),
        strangers=match.strangers / len(match.wordings),
    )


def _is_late(one: Member, other: Member, share: float) -> bool:
    """Whether days lie between the two; of articles without a date it is so if they have little in common."""
    if one.reported is None or other.reported is None:
        return share < KIN_UNDATED
    return abs(one.reported - other.reported) >= LATER


def _first(member: Member) -> Line | None:
    return next(iter(member.lines.values()), None)


def _betters(found: Iterable[Match]) -> Callable[[Match], float]:
    """Of a match: by how much the best other one of its sentence in that article, or of its claim, is stronger.

    Another sentence for the claim counts by the share of the words in common that it has, too: a claim may be stated in
    two halves.
    """
    by_line: dict[tuple[int, str], list[_Rival]] = {}
    by_slot: dict[int, list[_Rival]] = {}
    for match in found:
        rival = _Rival(match, _common(match), _strength(match))
        by_line.setdefault((match.line.sentence, match.wordings[0].article_id), []).append(rival)
        by_slot.setdefault(match.slot, []).append(rival)

    def better(match: Match) -> float:
        ours, theirs = by_slot[match.slot], by_line[match.line.sentence, match.wordings[0].article_id]
        own = next(rival for rival in ours if rival.match is match)
        others = [rival.strength for rival in theirs if rival is not own]
        others += [rival.strength * _part(own.common, rival.common) for rival in ours if rival is not own]
        return max(others, default=0.0) - own.strength

    return better


def _common(match: Match) -> frozenset[str]:
    return frozenset([word for word in match.line.bag.tellers if word in match.wordings[0].words])


def _strength(match: Match) -> float:
    return match.best.score + _NUMBER * numbers_in_common(match.line, match.wordings[0])


def _part(own: frozenset[str], other: frozenset[str]) -> float:
    return len(own & other) / len(own) if own else 1.0
