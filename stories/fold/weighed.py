"""Which matches hold: what the rules find, and what all that is known of sentence and wording speaks for."""

from collections.abc import Callable, Container, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from stories.fold.evidence import (
    ASKED,
    ASKED_LATER,
    KEPT,
    Evidence,
    Places,
    numbers_in_common,
    odds,
    weigh,
    words_in_common,
)
from stories.fold.likeness import VERBATIM, contrary, one_quote
from stories.fold.lines import Line
from stories.fold.match import (
    KIN_UNDATED,
    LATER,
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
    around = Surroundings(story, member, found, ruled)
    return [
        match
        for match in found
        if (_stays(match, around) if (match.line.sentence, match.slot) in ruled else _comes(match, around))
    ]


def places_of(found: Iterable[Match]) -> set[tuple[int, int]]:
    """Sentence and slot of each match."""
    return {(match.line.sentence, match.slot) for match in found}


def is_settled(match: Match) -> bool:
    """Whether the very words settle it."""
    return match.line.norm == match.wordings[0].norm


def _stays(match: Match, around: "Surroundings") -> bool:
    """What comes days later in the same words, and denies it, or no longer does, is the next thing."""
    if is_settled(match):
        return True
    late = around.is_late(match)
    if match.best.score >= VERBATIM and not late:
        return True
    evidence = around.evidence(match)
    return odds(evidence) >= KEPT and not (late and evidence.one_denies)


def _comes(match: Match, around: "Surroundings") -> bool:
    line, wording = match.line, match.wordings[0]
    if is_settled(match) or around.is_late(match) or contrary(line.words, wording.words):
        return False
    if words_in_common(line, wording) < _TOLD and not numbers_in_common(line, wording) and not one_quote(line, wording):
        return False
    evidence = around.evidence(match)
    return not evidence.two_quotes and odds(evidence) >= (ASKED if evidence.one_time else ASKED_LATER)


class Surroundings:
    """What is known of an article's matches beside their words, given the places of those that the rules find."""

    def __init__(
        self, story: StoryState, member: Member, found: Sequence[Match], ruled: Container[tuple[int, int]]
    ) -> None:
        self._story = story
        self._member = member
        self._anchors = anchors_of(story, [match for match in found if (match.line.sentence, match.slot) in ruled])
        self._shares = shares_of(story, member, self._anchors)
        self._found = found

    @cached_property
    def _better(self) -> Callable[[Match], float]:
        return _betters(self._found)

    def is_late(self, match: Match) -> bool:
        """Whether days lie between the two; of articles without a date it is so if they have little in common."""
        then = self._story.members[match.wordings[0].article_id].reported
        if self._member.reported is None or then is None:
            return self._share(match) < KIN_UNDATED
        return abs(self._member.reported - then) >= LATER

    def evidence(self, match: Match) -> Evidence:
        """All that speaks for the match and against it."""
        story, member, wording = self._story, self._member, match.wordings[0]
        other = story.members[wording.article_id]
        places = Places(
            late=self.is_late(match),
            one_time=of_one_time(member, other, self._share(match)),
            better=self._better(match),
            neighbours=neighbours_of(match.line.sentence, known_refs(story, match, self._anchors), self._anchors),
            one_source=member.facts.source == other.facts.source,
            firsts=(match.line is _first(member)) + (wording is _first(other)),
            apart=abs(match.line.start / len(member.facts.text) - wording.start / len(other.facts.text)),
            length=min(len(member.lines), len(other.lines)),
            strangers=match.strangers / len(match.wordings),
        )
        return weigh(match.line, wording, match.best, places)

    def _share(self, match: Match) -> float:
        return self._shares.get(match.wordings[0].article_id, 0.0)


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
