"""The inverted index of a story's claims: from a telling word or a sentence's plain text to slots of claims."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence

from stories.fold.state import WORDINGS, ClaimState, Postings
from stories.fold.tallies import tallies

Index = MutableMapping[str, tuple[int, ...]]


def repost(words: Index, norms: Index, slot: int, before: ClaimState | None, after: ClaimState | None) -> None:
    """Brings both indexes from one state of the claim to the next."""
    _post(words, slot, _words(before), _words(after))
    _post(norms, slot, _norms(before), _norms(after))


def posted(claims: Iterable[tuple[int, ClaimState]]) -> tuple[Postings, Postings]:
    """Both indexes of all claims, which come in the order of slots: as if they had been brought in one by one."""
    words: dict[str, list[int]] = {}
    norms: dict[str, list[int]] = {}
    for slot, claim in claims:
        for index, keys in ((words, _words(claim)), (norms, _norms(claim))):
            for key in keys:
                index.setdefault(key, []).append(slot)
    return _frozen(words), _frozen(norms)


def _frozen(index: Mapping[str, Sequence[int]]) -> Postings:
    return {key: tuple(slots) for key, slots in index.items()}


def _words(claim: ClaimState | None) -> Collection[str]:
    if claim is None:
        return ()
    wordings = claim.wordings[:WORDINGS]
    if len(wordings) == 1 and not wordings[0].amounts:
        return wordings[0].bag.tellers if wordings[0].comparable else ()
    found = {word: None for line in wordings if line.comparable for word in line.bag.tellers}
    for line in wordings:
        if line.amounts:
            found.update(dict.fromkeys(tallies(line)))
    return found


def _norms(claim: ClaimState | None) -> Collection[str]:
    return () if claim is None else {line.norm: None for line in claim.wordings}


def _post(index: Index, slot: int, before: Collection[str], after: Collection[str]) -> None:
    if not before:
        _add(index, slot, after)
        return
    _add(index, slot, [key for key in after if key not in before])
    for key in before:
        if key not in after:
            _remove(index, key, slot)


def _add(index: Index, slot: int, keys: Iterable[str]) -> None:
    alone = (slot,)
    for key in keys:
        known = index.setdefault(key, alone)
        if known is not alone:
            index[key] = _with(known, slot)


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
