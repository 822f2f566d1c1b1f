"""The state of one lane, as an owner of its partition sees it."""

from collections.abc import Awaitable, Callable, Iterator, Sequence

from agents.changelog import CLAIM_KEY, TAG_SIZE, UNCLAIMED, tag_of
from agents.faust_runtime.store import Pair, Store
from schemas.errors import StaleOwner

Send = Callable[[Sequence[Pair]], Awaitable[int]]
"""Puts pairs on the partition's changelog, in order; gives the last offset when all are acknowledged."""


class LaneTable:
    """A `Table` whose writes wait for `flush`: first on the changelog, then in the store.

    So the store never holds what the changelog does not: what is lost of a write is lost in both.
    """

    def __init__(self, store: Store, partition: int, send: Send, check: Callable[[], None]) -> None:
        self._store, self._partition, self._send, self._check = store, partition, send, check
        self._tag = tag_of(UNCLAIMED)
        self._waiting: list[Pair] = []
        self.scanned = 0
        """Records that were read one after another so far: how far a load is."""

    async def claim(self) -> None:
        """From now on, records of earlier owners do not count. Raises `StaleOwner` as `flush` does."""
        claim = await self._append([(CLAIM_KEY, b"claim")])
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
                self.scanned += 1
                yield key, stored[TAG_SIZE:]

    def check_owner(self) -> None:
        """Raises `StaleOwner` if the partition is not ours any longer."""
        self._check()

    async def flush(self) -> None:
        """Makes durable what was put and deleted since the last time.

        Raises `StaleOwner` if somebody else wrote to the changelog meanwhile, before our store goes over that.
        """
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._store.write(self._partition, waiting, await self._append(waiting))

    async def _append(self, pairs: Sequence[Pair]) -> int:
        due = self._store.restored_to(self._partition) + len(pairs)
        last = await self._send(pairs)
        if last != due:
            raise StaleOwner(f"somebody else wrote to the changelog: offset {last} where {due} was due")
        return last
