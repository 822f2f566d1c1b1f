"""The order of claims by what they mean to a reader: who says so, how new, how central, how clear."""

import math
from bisect import bisect_left, insort
from collections.abc import Collection, Sequence
from datetime import datetime
from operator import attrgetter

from stories.fold.state import ClaimState, StoryState
from stories.fold.wording import clarity

_HALF_LIFE_DAYS = 2.0
_FRESHNESS = 0.6
_USED = tuple(math.log2(claims + 1) / 4 for claims in range(16))
"""How much a word is used that so many claims hold, at most 1."""
_FEW = 4
"""Up to a quarter of a list it is cheaper to put items in their places than to sort all anew."""
_ORDER, _REPORTED, _MERIT = attrgetter("order"), attrgetter("reported"), attrgetter("merit")


def reranked(
    ranked: Sequence[ClaimState], gone: Collection[ClaimState], come: Collection[ClaimState]
) -> Sequence[ClaimState]:
    """Claims in their order, without some and with others.

    Those of most independent sources come first, then of most supports, then in the order of the texts.
    """
    if _FEW * (len(gone) + len(come)) > len(ranked):
        left = set(map(id, gone))
        return sorted([*(claim for claim in ranked if id(claim) not in left), *come], key=_ORDER)
    made = list(ranked)
    for claim in gone:
        del made[bisect_left(made, claim.order, key=_ORDER)]
    for claim in come:
        insort(made, claim, key=_ORDER)
    return made


def merit(sources: int, supports: int, place: float, text: str) -> float:
    """Independent sources count most, then place in the text, clarity and supports."""
    return 1.0 * math.log2(1 + sources) + 0.35 * math.log2(1 + supports) + 0.9 * (1 - place) + 1.2 * clarity(text)


def foremost(claims: Sequence[ClaimState], count: int) -> Sequence[ClaimState]:
    """The claims of most merit, in any order; news counts more and fades by half in two days before the newest."""
    if len(claims) <= count:
        return claims
    now = max((time for time in set(map(_REPORTED, claims)) if time is not None), default=None)
    if len(claims) > _FEW * count:  # freshness cannot make up for more than its whole worth
        least = sorted(map(_MERIT, claims))[-count] - 1.01 * _FRESHNESS
        claims = [claim for claim in claims if claim.merit >= least]
    times = set(map(_REPORTED, claims))
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
