"""Which claims differ between two versions, found by comparing pages: what is shared did not change."""

from collections.abc import Iterator, Mapping, Set
from itertools import zip_longest
from typing import NamedTuple

from stories.fold.state import ClaimState, StoryState


def changed_articles(before: StoryState, after: StoryState) -> list[str]:
    """Ids of the articles that came or are known otherwise than before, in order of arrival."""
    met = after.met if after.since == before.version else after.members
    found = {own for own in met if own in after.members and before.members.get(own) is not after.members[own]}
    return sorted(found, key=lambda own: after.members[own].joined)


def gone_articles(before: StoryState, after: StoryState) -> list[str]:
    """Ids of the articles that left."""
    met = after.met if after.since == before.version else before.members
    return list(dict.fromkeys(own for own in met if own in before.members and own not in after.members))


class Change(NamedTuple):
    """A claim before and after; `None` where it is not there."""

    before: ClaimState | None
    after: ClaimState | None


def changed_claims(before: StoryState, after: StoryState) -> list[Change]:
    """Every claim that is not the same object in both versions, in order of slots; one that moved is one change."""
    changes: list[Change] = []
    for page, other in zip_longest(before.claims, after.claims, fillvalue=()):
        if page is not other:
            changes.extend(_of_page(page, other))
    return _paired(changes)


def _paired(changes: list[Change]) -> list[Change]:
    """A claim of an edited article may stand in another slot than before."""
    gone = {c.before.shown.claim_id: c.before for c in changes if c.before is not None and c.after is None}
    come = {c.after.shown.claim_id for c in changes if c.before is None and c.after is not None}
    if not gone.keys() & come:
        return changes
    met = (_met(change, gone, come) for change in changes)
    return [change for change in met if change is not None]


def _met(change: Change, gone: Mapping[str, ClaimState], come: Set[str]) -> Change | None:
    """The change with the other half of it; the half that only says that the claim left its old slot is dropped."""
    if change.after is None:
        return None if change.before is not None and change.before.shown.claim_id in come else change
    return change if change.before is not None else Change(gone.get(change.after.shown.claim_id), change.after)


def _of_page(page: tuple[ClaimState | None, ...], other: tuple[ClaimState | None, ...]) -> Iterator[Change]:
    for was, now in zip_longest(page, other):
        if was is now:
            continue
        if was is not None and now is not None and was.shown.claim_id != now.shown.claim_id:
            yield Change(was, None)
            yield Change(None, now)
        else:
            yield Change(was, now)
