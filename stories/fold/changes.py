"""Which claims differ between two versions, found by comparing pages: what is shared did not change."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from stories.fold.state import ClaimState, StoryState


class Change(NamedTuple):
    """A claim before and after; `None` where it is not there."""

    before: ClaimState | None
    after: ClaimState | None


def changed_claims(before: StoryState, after: StoryState) -> list[Change]:
    """Every claim that is not the same object in both versions, in order of slots."""
    changes: list[Change] = []
    for page, other in zip_longest(before.claims, after.claims, fillvalue=()):
        if page is not other:
            changes.extend(_of_page(page, other))
    return changes


def _of_page(page: tuple[ClaimState | None, ...], other: tuple[ClaimState | None, ...]) -> Iterator[Change]:
    for was, now in zip_longest(page, other):
        if was is now:
            continue
        if was is not None and now is not None and was.shown.claim_id != now.shown.claim_id:
            yield Change(was, None)
            yield Change(None, now)
        else:
            yield Change(was, now)
