"""Sentences that quote one utterance and say little else: whatever their few other words, they state one claim."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from stories.fold.draft import Draft
from stories.fold.likeness import SAME, same_words
from stories.fold.lines import Line
from stories.fold.match import Match
from stories.fold.state import Member
from stories.fold.terms import plain_words

_SCORE = 0.6
"""What one utterance is worth as a likeness: less than nearly the same words, more than a passing likeness."""
_ASKED = 6


class _Quoting(NamedTuple):
    """A sentence that holds little else than a quote, and the words of the quote that stand in it."""

    line: Line
    said: frozenset[str]


def uttered(draft: Draft, member: Member, known: Container[tuple[int, int]]) -> list[Match]:
    """Matches of the member's sentences through its quotes, but for the `known` pairs of sentence and claim."""
    found: dict[tuple[int, int], Match] = {}
    groups = draft.quotes.groups
    shared = [number for number, group in enumerate(member.quote_ids) if group and len(groups[group].parts) > 1]
    for number in shared:
        for own, wording in _pairs(draft, member, number):
            for slot in _slots(draft.members[wording.article_id], wording.sentence):
                match = Match(own, slot, SAME._replace(score=_SCORE), (wording,), 0)
                found.setdefault((own.sentence, slot), match)
    return [match for key, match in found.items() if key not in known]


def _pairs(draft: Draft, member: Member, number: int) -> Iterator[tuple[Line, Line]]:
    """The sentence with the quote, beside each sentence of another article that quotes the same with like words."""
    parts = draft.quotes.groups[member.quote_ids[number]].parts[:_ASKED]
    others = [part for part in parts if part.article_id != member.facts.article_id]
    own = _quoting(member, number) if others else None
    for part in others if own is not None else ():
        other = _quoting(draft.members[part.article_id], part.number)
        if own is not None and other is not None and same_words(own.said, other.said):
            yield own.line, other.line


def _slots(member: Member, sentence: int) -> Iterator[int]:
    return (placed.slot for placed in member.placed if placed.sentence == sentence and placed.primary)


def _quoting(member: Member, number: int) -> _Quoting | None:
    quote = member.facts.quotes[number]
    lines = member.lines.values()
    line = next((line for line in lines if line.start <= quote.start < line.start + len(line.text)), None)
    if line is None:
        return None
    said = plain_words(line.text[quote.start - line.start : quote.end - line.start])
    return _Quoting(line, frozenset(said)) if 2 * len(said) >= len(line.norm.split()) else None
