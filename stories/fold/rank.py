"""The order of claims by what they mean to a reader: who says so, how new, how central, how clear."""

import math
from collections.abc import Iterable
from datetime import datetime
from heapq import nsmallest
from operator import attrgetter

from stories.fold.pages import items
from stories.fold.state import ClaimState, StoryState
from stories.fold.wording import clarity

_HALF_LIFE_DAYS = 2.0
_FRESHNESS = 0.6
_USED = tuple(math.log2(claims + 1) / 4 for claims in range(16))
"""How much a word is used that so many claims hold, at most 1."""


def all_claims(story: StoryState) -> list[ClaimState]:
    """Every claim: those of most independent sources first, then of most supports, then in the order of the texts."""
    return sorted((claim for _, claim in items(story.claims)), key=attrgetter("order"))


def merit(sources: int, supports: int, place: float, text: str) -> float:
    """Independent sources count most, then place in the text, clarity and supports."""
    return 1.0 * math.log2(1 + sources) + 0.35 * math.log2(1 + supports) + 0.9 * (1 - place) + 1.2 * clarity(text)


def foremost(claims: Iterable[ClaimState], count: int) -> list[ClaimState]:
    """The claims of most merit; news counts more and fades by half in two days before the newest of the story."""
    claims = list(claims)
    now = max((claim.reported for claim in claims if claim.reported is not None), default=None)
    return nsmallest(count, claims, key=lambda c: (-c.merit - _FRESHNESS * _freshness(c, now), c.shown.claim_id))


def _freshness(claim: ClaimState, now: datetime | None) -> float:
    if claim.reported is None or now is None:
        return 0.0
    days = (now - claim.reported).total_seconds() / 86400
    return float(0.5 ** (days / _HALF_LIFE_DAYS))


def centrality(story: StoryState, claim: ClaimState) -> float:
    """How much of the claim's words the story's other claims use too, 0 to 1."""
    words, most = story.words, len(_USED) - 1
    used = sum([w * _USED[min(most, len(words[word]))] for word, w in claim.lead.words.items() if word in words])
    return used / claim.lead.weight if claim.lead.weight else 0.0
