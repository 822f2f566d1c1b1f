"""The summary of a story: claims quoted whole, each with its supports, none saying what another has said."""

from collections.abc import Iterable, Sequence

from schemas.story import SummarySentence
from stories.fold.likeness import likeness
from stories.fold.rank import centrality, foremost
from stories.fold.state import ClaimState, StoryState
from stories.fold.wording import clarity

FEWEST_WORDS, MOST_WORDS = 40, 120
_POOL = 24
"""Claims of most weight that are looked at: keeps the cost off the story's size."""
_REDUNDANT = 0.3
_CLEAR = 0.6
_FILLED = 0.75


def summary_of(story: StoryState, claims: Sequence[ClaimState]) -> tuple[SummarySentence, ...]:
    """40 to 120 words where the claims have as many, in the order in which the articles tell it."""
    chosen = _chosen(_pool(story, claims))
    chosen.sort(key=lambda claim: (claim.place, claim.shown.claim_id))
    return tuple(
        SummarySentence(text=c.shown.text, claim_id=c.shown.claim_id, supports=c.shown.supports) for c in chosen
    )


def _pool(story: StoryState, claims: Sequence[ClaimState]) -> list[ClaimState]:
    return sorted(foremost(claims, _POOL), key=lambda c: (-c.merit - centrality(story, c), c.shown.claim_id))


def _chosen(pool: Sequence[ClaimState]) -> list[ClaimState]:
    chosen: list[ClaimState] = []
    words = 0
    for claim in (*_clear(pool), *_unclear(pool)):
        length = len(claim.shown.text.split())
        if words >= FEWEST_WORDS and not claim_is_clear(claim):
            break
        if words + length <= MOST_WORDS and not _said(claim, chosen):
            chosen.append(claim)
            words += length
        if words >= _FILLED * MOST_WORDS:
            break
    return chosen or _shortest(pool)


def _clear(pool: Iterable[ClaimState]) -> list[ClaimState]:
    return [claim for claim in pool if claim_is_clear(claim)]


def _unclear(pool: Iterable[ClaimState]) -> list[ClaimState]:
    return [claim for claim in pool if not claim_is_clear(claim)]


def claim_is_clear(claim: ClaimState) -> bool:
    """Whether the claim's text can be read without what stood before it."""
    return clarity(claim.shown.text) >= _CLEAR


def _said(claim: ClaimState, chosen: Iterable[ClaimState]) -> bool:
    return any(likeness(claim.lead, other.lead).score >= _REDUNDANT for other in chosen)


def _shortest(pool: Sequence[ClaimState]) -> list[ClaimState]:
    """A story of one endless sentence is summed up by it all the same."""
    return sorted(pool, key=lambda claim: (len(claim.shown.text), claim.shown.claim_id))[:1]
