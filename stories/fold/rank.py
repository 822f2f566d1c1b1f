"""The order of claims by what they mean to a reader: who says so, how new, how central, how clear."""

import math
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from stories.fold.state import ClaimState, StoryState
from stories.fold.wording import clarity

_HALF_LIFE_DAYS = 2.0
_FRESHNESS = 0.6
_USED = tuple(math.log2(claims + 1) / 4 for claims in range(16))
"""How much a word is used that so many claims hold, at most 1."""


def all_claims(story: StoryState) -> list[ClaimState]:
    """Every claim: those of most independent sources first, then of most supports, then in the order of the texts."""
    return sorted([claim for page in story.claims for claim in page if claim is not None], key=attrgetter("order"))


def merit(sources: int, supports: int, place: float, text: str) -> float:
    """Independent sources count most, then place in the text, clarity and supports."""
    return 1.0 * math.log2(1 + sources) + 0.35 * math.log2(1 + supports) + 0.9 * (1 - place) + 1.2 * clarity(text)


def foremost(claims: Sequence[ClaimState], count: int) -> Sequence[ClaimState]:
    """The claims of most merit, in any order; news counts more and fades by half in two days before the newest."""
    if len(claims) <= count:
        return claims
    times = {claim.reported for claim in claims}
    now = max((time for time in times if time is not None), default=None)
    fresh = {time: _FRESHNESS * _freshness(time, now) for time in times}
    return sorted(claims, key=lambda c: (-c.merit - fresh[c.reported], c.shown.claim_id))[:count]


def _freshness(reported: datetime | None, now: datetime | None) -> float:
    if reported is None or now is None:
        return 0.0
    days = (now - reported).total_seconds() / 86400
    return float(0.5 ** (days / _HALF_LIFE_DAYS))


def centrality(story: StoryState, claim: ClaimState) -> float:
    """How much of the claim's words the story's other claims use too, 0 to 1."""
    most, used = len(_USED), 0.0
    for word, weight in claim.lead.words.items():
        claims = len(story.words.get(word, ()))
        used += weight * _USED[claims] if claims < most else weight
    return used / claim.lead.weight if claim.lead.weight else 0.0
