"""The inverted index of a story's claims: from a telling word or a sentence's plain text to slots of claims."""

from bisect import bisect_left

from stories.fold.state import WORDINGS, ClaimState
from stories.fold.tallies import tallies

TALLIED = "#"
Index = dict[str, tuple[int, ...]]


def repost(words: Index, norms: Index, slot: int, before: ClaimState | None, after: ClaimState | None) -> None:
    """Brings both indexes from one state of the claim to the next."""
    _post(words, slot, _words(before), _words(after))
    _post(norms, slot, _norms(before), _norms(after))


def _words(claim: ClaimState | None) -> dict[str, None]:
    if claim is None:
        return {}
    wordings = claim.wordings[:WORDINGS]
    found = {word: None for line in wordings if line.able for word in line.bag.tellers}
    for line in wordings:
        if line.amounts:
            found.update(dict.fromkeys(tallies(line)))
    return found


def _norms(claim: ClaimState | None) -> dict[str, None]:
    """A sentence that gives no more than the claim's figure is marked: it is only looked for when it goes."""
    if claim is None:
        return {}
    found = {line.norm: None for line in claim.wordings}
    for line in claim.tallied:
        found[TALLIED + line.norm] = None
    return found


def _post(index: Index, slot: int, before: dict[str, None], after: dict[str, None]) -> None:
    for key in after:
        if key not in before:
            known = index.get(key)
            index[key] = (slot,) if known is None else _with(known, slot)
    for key in before:
        if key not in after:
            _remove(index, key, slot)


def _with(slots: tuple[int, ...], slot: int) -> tuple[int, ...]:
    if slots[-1] < slot:
        return (*slots, slot)
    at = bisect_left(slots, slot)
    return (*slots[:at], slot, *slots[at:])


def _remove(index: Index, key: str, slot: int) -> None:
    rest = tuple(other for other in index[key] if other != slot)
    if rest:
        index[key] = rest
    else:
        del index[key]
