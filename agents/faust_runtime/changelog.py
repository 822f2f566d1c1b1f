"""The changelog of a lane: written through the outbox, and read with our own log."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from itertools import islice

from agents.changelog import TAG_HEADER, Change
from agents.faust_runtime.outbox import Outbox, Place, Sending
from agents.faust_runtime.store import Pair
from eventlog.base import EventLog, Record
from eventlog.events import read_partition

CHUNK = 500
"""Records that are restored at once."""


class PartitionChangelog:
    """One partition of the changelog of a stage."""

    def __init__(self, topic: str, partition: int, outbox: Outbox, log: Callable[[], EventLog]) -> None:
        """`log` opens the log, or gives the one that is open; it is asked when there is something to read."""
        self._place, self._outbox, self._log = Place(topic, partition), outbox, log

    async def append(self, pairs: Sequence[Pair], tag: bytes) -> int:
        """Puts pairs on it, in order, removals with the tag; gives the last offset when all are acknowledged."""
        header = ((TAG_HEADER, tag),)
        records = [Sending(self._place, key, value, header if value is None else ()) for key, value in pairs]
        return (await self._outbox.send(records))[self._place]

    async def read(self, start: int, end: int) -> AsyncIterator[Sequence[Change]]:
        """What stands on it with `start <= offset < end`, some at a time."""
        if start >= end:
            return
        log = await asyncio.to_thread(self._log)
        records = read_partition(log, *self._place, start, end, batch=CHUNK)
        while some := await asyncio.to_thread(lambda: list(islice(records, CHUNK))):
            yield [_change(record) for record in some]


def _change(record: Record) -> Change:
    return Change(record.offset, record.key, record.value or None, dict(record.headers).get(TAG_HEADER))
