"""The order of claims by what they mean to a reader: who says so, how new, how central, how clear."""

import math
from collections.abc import Iterable
from datetime import datetime

from stories.fold.pages import items
from stories.fold.state import ClaimState, StoryState
from stories.fold.wording import clarity

_HALF_LIFE_DAYS = 2.0


def all_claims(story: StoryState) -> list[ClaimState]:
    """Every claim: those of most independent sources first, then of most supports, then in the order of the texts."""
    claims = [claim for _, claim in items(story.claims)]
    claims.sort(key=lambda c: (-len(c.groups), -len(c.refs), c.place, c.shown.claim_id))
    return claims


def latest(claims: Iterable[ClaimState]) -> datetime | None:
    """When the newest of the claims was first reported."""
    return max((claim.reported for claim in claims if claim.reported is not None), default=None)


def weight(claim: ClaimState, now: datetime | None) -> float:
    """Independent sources count most, then place in the text, clarity and supports; news fades by half in two days."""
    return (
        1.0 * math.log2(1 + len(claim.groups))
        + 0.35 * math.log2(1 + len(claim.refs))
        + 0.9 * (1 - claim.place)
        + 1.2 * clarity(claim.lead.text)
        + 0.6 * _freshness(claim, now)
    )


def _freshness(claim: ClaimState, now: datetime | None) -> float:
    if claim.reported is None or now is None:
        return 0.0
    days = max(0.0, (now - claim.reported).total_seconds() / 86400)
    return float(0.5 ** (days / _HALF_LIFE_DAYS))


def centrality(story: StoryState, claim: ClaimState) -> float:
    """How much of the claim's words the story's other claims use too, 0 to 1."""
    used = sum(w * min(1.0, math.log2(len(story.words.get(word, ())) + 1) / 4) for word, w in claim.lead.words.items())
    return used / claim.lead.weight if claim.lead.weight else 0.0
