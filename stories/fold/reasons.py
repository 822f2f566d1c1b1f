"""Why a sentence supports a claim, worked out again by the rules that put it there."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from schemas.base import Span
from schemas.errors import UsageError
from stories.fold.likeness import NONE, Likeness, likeness, one_text
from stories.fold.lines import Line
from stories.fold.match import ALIKE
from stories.fold.pages import get
from stories.fold.state import ClaimState, Ref, StoryState
from stories.fold.tallies import one_figure, one_toll

Ground = Literal["first", "same words", "alike", "less alike", "same figure", "same toll"]
"""It began the claim; it is an earlier sentence with small edits; it is like one; it is like one less clearly, and its
neighbours match, too, or nothing else is as like either, or all that is known of both makes it likely; it gives the
claim's figure; it gives the claim's toll, at this time or another."""


class Reason(NamedTuple):
    """A support with its span, on what ground it stands there, and the earlier support that it is most like.

    `score`, and its parts by name, are those of the likeness to that one. `primary` tells that the sentence chiefly
    states this claim, `figure` that it gives no more than the claim's figure.
    """

    article_id: str
    sentence: int
    span: Span
    text: str
    primary: bool
    figure: bool
    copied: str
    group: str
    ground: Ground
    nearest: tuple[str, int] | None
    score: float
    parts: dict[str, float]


def reasons(story: StoryState, claim_id: str) -> tuple[Reason, ...]:
    """Of each support, in the order in which they came. Raises `UsageError` if the story has no such claim."""
    claim = _find(story, claim_id)
    lines = [story.members[ref.article_id].lines[ref.sentence] for ref in claim.refs]
    return tuple(
        [_reason(story, ref, line, lines[:at]) for at, (ref, line) in enumerate(zip(claim.refs, lines, strict=True))]
    )


def _find(story: StoryState, prefix: str) -> ClaimState:
    found = sorted(own for own in story.ids if own.startswith(prefix)) if prefix else []
    claim = get(story.claims, story.ids[found[0]]) if len(found) == 1 else None
    if claim is None:
        many = f"{prefix!r} fits {len(found)} claims: type more of the id"
        raise UsageError(many if found else f"story {story.story_id} has no claim whose id begins with {prefix!r}")
    return claim


def _reason(story: StoryState, ref: Ref, line: Line, earlier: Sequence[Line]) -> Reason:
    member = story.members[ref.article_id]
    alike = [(likeness(line, other), -n) for n, other in enumerate(earlier)]
    best, at = max(alike, default=(NONE, 0))
    nearest = earlier[-at] if earlier else None
    sentence = member.facts.sentences[ref.sentence]
    return Reason(
        article_id=ref.article_id,
        sentence=ref.sentence,
        span=Span(start=sentence.start, end=sentence.end),
        text=line.text,
        primary=ref.primary,
        figure=ref.figure,
        copied=member.copied,
        group=member.group,
        ground=_ground(ref, line, nearest, best, earlier),
        nearest=(nearest.article_id, nearest.sentence) if nearest is not None else None,
        score=round(best.score, 4),
        parts={name: round(float(value), 4) for name, value in best._asdict().items() if name != "score"},
    )


def _ground(ref: Ref, line: Line, nearest: Line | None, best: Likeness, earlier: Sequence[Line]) -> Ground:
    if nearest is None:
        return "first"
    if ref.figure:
        return "same toll" if any(one_toll(line, other) for other in earlier) else "same figure"
    if one_text(line, nearest):
        return "same words"
    if best.score >= ALIKE:
        return "alike"
    if any(one_toll(line, other) for other in earlier):
        return "same toll"
    return "same figure" if any(one_figure(line, other) for other in earlier) else "less alike"
