"""The changelog of a lane: written by Faust's producer, and read with our own log."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from itertools import islice

from faust.types import ProducerT

from agents.changelog import TAG_HEADER, Change
from agents.faust_runtime.store import Pair
from eventlog.base import EventLog, Record
from eventlog.events import read_partition

CHUNK = 500
"""Records that are restored at once."""


class PartitionChangelog:
    """One partition of the changelog of a stage."""

    def __init__(self, topic: str, partition: int, producer: ProducerT, log: Callable[[], EventLog]) -> None:
        """`log` opens the log, or gives the one that is open; it is asked when there is something to read."""
        self._topic, self._partition, self._producer, self._log = topic, partition, producer, log

    async def append(self, pairs: Sequence[Pair], tag: bytes) -> int:
        """Puts pairs on it, in order, removals with the tag; gives the last offset when all are acknowledged."""
        header = {TAG_HEADER: tag}
        sent = [
            await self._producer.send(self._topic, key, value, self._partition, None, header if value is None else None)
            for key, value in pairs
        ]
        places = await asyncio.gather(*sent)
        return max(place.offset for place in places)

    async def read(self, start: int, end: int) -> AsyncIterator[Sequence[Change]]:
        """What stands on it with `start <= offset < end`, some at a time."""
        if start >= end:
            return
        log = await asyncio.to_thread(self._log)
        records = read_partition(log, self._topic, self._partition, start, end, batch=CHUNK)
        while some := await asyncio.to_thread(lambda: list(islice(records, CHUNK))):
            yield [_change(record) for record in some]


def _change(record: Record) -> Change:
    return Change(record.offset, record.key, record.value or None, dict(record.headers).get(TAG_HEADER))
