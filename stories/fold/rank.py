"""The order of claims by what they mean to a reader: who says so, how new, how central, how clear."""

import math
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from stories.fold.freshness import freshness
from stories.fold.orders import Order
from stories.fold.state import ClaimState, StoryState
from stories.fold.wording import clarity

_FRESHNESS = 0.6
_USED = tuple(math.log2(claims + 1) / 4 for claims in range(16))
"""How much a word is used that so many claims hold, at most 1."""
_REPORTED = attrgetter("reported")
DISPUTED: Order[ClaimState] = Order(attrgetter("order"), attrgetter("discrepancies"))
"""The claims with discrepancies, in the same order."""
DATED: Order[ClaimState] = Order(
    lambda claim: (claim.timeline[-1].date, claim.order), attrgetter("timeline"), last=True
)
"""The claims of the timeline, in its order."""
_BY_MERIT: Order[ClaimState] = Order(attrgetter("merit", "shown.claim_id"), last=True)
_BY_TIME: Order[ClaimState] = Order(attrgetter("reported", "shown.claim_id"), _REPORTED, last=True)
_POOL = 200
"""Claims of most merit, and newest ones, among which the foremost of a long story are looked for."""


def merit(sources: int, supports: int, place: float, text: str) -> float:
    """Independent sources count most, then place in the text, clarity and supports."""
    return 1.0 * math.log2(1 + sources) + 0.35 * math.log2(1 + supports) + 0.9 * (1 - place) + 1.2 * clarity(text)


def foremost(story: StoryState, count: int) -> Sequence[ClaimState]:
    """The claims of most merit, in any order; what is fresh counts more."""
    if len(story.ids) > _POOL:
        claims, now = _pool(story, count)
    else:
        claims = story.ranked
        if len(claims) <= count:
            return claims
        now = max((time for time in set(map(_REPORTED, claims)) if time is not None), default=None)
    times = set(map(_REPORTED, claims))
    fresh = {time: _FRESHNESS * freshness(time, now) for time in times}
    return sorted(claims, key=lambda c: (-c.merit - fresh[c.reported], c.shown.claim_id))[:count]


def _pool(story: StoryState, count: int) -> tuple[Sequence[ClaimState], datetime | None]:
    """The claims of most merit and the newest, without those that freshness cannot help; and the newest time."""
    best, newest = story.end(_BY_MERIT, _POOL), story.end(_BY_TIME, _POOL)
    least = best[-count].merit - 1.01 * _FRESHNESS
    pool = dict.fromkeys([*best, *newest])
    return [claim for claim in pool if claim.merit >= least], newest[-1].reported if newest else None


def centrality(story: StoryState, claim: ClaimState) -> float:
    """How much of the claim's words the story's other claims use too, 0 to 1."""
    most, used = len(_USED), 0.0
    for word, weight in claim.lead.words.items():
        claims = len(story.words.get(word, ()))
        used += weight * _USED[claims] if claims < most else weight
    return used / claim.lead.weight if claim.lead.weight else 0.0
