"""The state of one lane, as an owner of its partition sees it."""

import secrets
from collections.abc import Awaitable, Callable, Iterator, Sequence

from agents.changelog import CLAIM_KEY, TOKEN_SIZE
from agents.faust_runtime.store import Pair, Store

Send = Callable[[Sequence[Pair]], Awaitable[int]]
"""Puts pairs on the partition's changelog, in order; gives the last offset when all are acknowledged."""


class LaneTable:
    """A `Table` whose writes wait for `flush`: first on the changelog, then in the store.

    So the store never holds what the changelog does not: what is lost of a write is lost in both.
    """

    def __init__(self, store: Store, partition: int, send: Send, check: Callable[[], None]) -> None:
        self._store, self._partition, self._send, self._check = store, partition, send, check
        self._token = secrets.token_bytes(TOKEN_SIZE)
        self._waiting: list[Pair] = []

    async def claim(self) -> None:
        """From now on, records of earlier owners do not count."""
        await self._write([(CLAIM_KEY, self._token)])

    def get(self, key: bytes) -> bytes | None:
        """The value under the key."""
        stored = self._store.read(self._partition, key)
        return stored[TOKEN_SIZE:] if stored is not None else None

    def put(self, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        """Sets all pairs, in order, with the next `flush`."""
        self._waiting += [(key, self._token + value) for key, value in pairs]

    def delete(self, keys: Sequence[bytes]) -> None:
        """Removes the keys with the next `flush`."""
        self._waiting += [(key, None) for key in keys]

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """All pairs whose key has the prefix, in key order."""
        for key, stored in self._store.scan(self._partition, prefix):
            if key != CLAIM_KEY:
                yield key, stored[TOKEN_SIZE:]

    def check_owner(self) -> None:
        """Raises `StaleOwner` if the partition is not ours any longer."""
        self._check()

    async def flush(self) -> None:
        """Makes durable what was put and deleted since the last time."""
        waiting, self._waiting = self._waiting, []
        await self._write(waiting)

    async def _write(self, pairs: Sequence[Pair]) -> None:
        if pairs:
            offset = await self._send(pairs)
            self._store.write(self._partition, pairs, offset)
