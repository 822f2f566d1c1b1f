"""What an article said before it was changed, so that what it still says stays the same claim."""

from collections.abc import Container, Iterable

from stories.fold.likeness import likeness
from stories.fold.lines import Line
from stories.fold.pages import items
from stories.fold.state import ClaimState, StoryState

_REWORDED = 0.5
"""Jaccard from which a sentence is an old one with changes, and no new one."""


class Former:
    """Claims that an article's old text alone bore out, by the sentences in which it did."""

    def __init__(self, claims: Iterable[tuple[Line, ClaimState]] = ()) -> None:
        self._said = list(claims)
        self.ids = frozenset(claim.shown.claim_id for _, claim in self._said)

    def take(self, line: Line, still_said: Container[str]) -> ClaimState | None:
        """The claim that the line goes on with, once only; of sentences that changed, the one most alike."""
        found = next((n for n, (old, _) in enumerate(self._said) if old.norm == line.norm), None)
        if found is None:
            alike = [
                (likeness(line, old).jaccard, -n) for n, (old, _) in enumerate(self._said) if old.norm not in still_said
            ]
            best, at = max(alike, default=(0.0, 0))
            found = -at if best >= _REWORDED else None
        return self._said.pop(found)[1] if found is not None else None


def former(before: StoryState, after: StoryState, article_id: str) -> Former:
    """The claims that went when the article was taken out, each with the first sentence of it that stated the claim."""
    if article_id not in before.members:
        return Former()
    lines = before.members[article_id].lines
    gone = (claim for _, claim in items(before.claims) if claim.shown.claim_id not in after.ids)
    return Former((lines[_first(claim, article_id)], claim) for claim in gone)


def _first(claim: ClaimState, article_id: str) -> int:
    return min(ref.sentence for ref in claim.refs if ref.article_id == article_id and ref.primary)
