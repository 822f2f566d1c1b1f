"""The state of one lane, as an owner of its partition sees it."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Protocol

from agents.changelog import CLAIM_KEY, TAG_SIZE, UNCLAIMED, Change, tag_of
from agents.faust_runtime.store import Pair, Store
from schemas.errors import Fatal, StaleOwner


class Changelog(Protocol):
    """The changelog of one partition."""

    async def append(self, pairs: Sequence[Pair], tag: bytes) -> int:
        """Puts pairs on it, in order, removals with the tag; gives the last offset when all are acknowledged."""

    def read(self, start: int, end: int) -> AsyncIterator[Sequence[Change]]:
        """What stands on it with `start <= offset < end`, some at a time."""


class LaneTable:
    """A `Table` whose writes wait for `flush`: first on the changelog, then in the store.

    So the store never holds what the changelog does not: what is lost of a write is lost in both.
    """

    def __init__(self, store: Store, partition: int, changelog: Changelog, check: Callable[[], None]) -> None:
        self._store, self._partition, self._changelog, self._check = store, partition, changelog, check
        self._tag = tag_of(UNCLAIMED)
        self._waiting: list[Pair] = []
        self.taken_in = 0
        """Records that were restored or scanned so far: how far a load is."""

    async def claim(self) -> None:
        """From now on, records of earlier owners do not count; what they wrote before is restored to the store.

        Raises `Fatal` if the store is ahead of the changelog, which then has lost records.
        """
        known = self._store.restored_to(self._partition)
        claim = await self._changelog.append([(CLAIM_KEY, b"claim")], b"")
        if claim <= known:
            raise Fatal(f"the changelog has lost records: it ends at {claim}, and the local store is of {known}")
        async for changes in self._changelog.read(known + 1, claim):
            self._store.restore(self._partition, changes)
            self.taken_in += len(changes)
        self._tag = tag_of(claim)
        self._store.write(self._partition, [(CLAIM_KEY, self._tag)], claim)

    def get(self, key: bytes) -> bytes | None:
        """The value under the key."""
        stored = self._store.read(self._partition, key)
        return stored[TAG_SIZE:] if stored is not None else None

    def put(self, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        """Sets all pairs, in order, with the next `flush`."""
        self._waiting += [(key, self._tag + value) for key, value in pairs]

    def delete(self, keys: Sequence[bytes]) -> None:
        """Removes the keys with the next `flush`."""
        self._waiting += [(key, None) for key in keys]

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """All pairs whose key has the prefix, in key order."""
        for key, stored in self._store.scan(self._partition, prefix):
            if key != CLAIM_KEY:
                self.taken_in += 1
                yield key, stored[TAG_SIZE:]

    def check_owner(self) -> None:
        """Raises `StaleOwner` if the partition is not ours any longer."""
        self._check()

    async def flush(self) -> None:
        """Makes durable what was put and deleted since the last time.

        Raises `StaleOwner` if somebody else wrote to the changelog meanwhile, before our store goes over that.
        """
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        due = self._store.restored_to(self._partition) + len(waiting)
        last = await self._changelog.append(waiting, self._tag)
        if last != due:
            raise StaleOwner(f"somebody else wrote to the changelog: offset {last} where {due} was due")
        self._store.write(self._partition, waiting, last)
