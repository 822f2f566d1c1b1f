"""The changelog of a lane: written by Faust's producer, and read past Faust where its restoring has ended too early."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import closing

from faust.types import ProducerT

from agents.changelog import TAG_HEADER, Change
from agents.faust_runtime.store import Pair
from eventlog.base import EventLog
from eventlog.events import read_partition


class PartitionChangelog:
    """One partition of the changelog of a stage."""

    def __init__(self, topic: str, partition: int, producer: ProducerT, open_log: Callable[[], EventLog]) -> None:
        self._topic, self._partition, self._producer, self._open_log = topic, partition, producer, open_log

    async def append(self, pairs: Sequence[Pair], tag: bytes) -> int:
        """Puts pairs on it, in order, removals with the tag; gives the last offset when all are acknowledged."""
        header = {TAG_HEADER: tag}
        sent = [
            await self._producer.send(self._topic, key, value, self._partition, None, header if value is None else None)
            for key, value in pairs
        ]
        places = await asyncio.gather(*sent)
        return max(place.offset for place in places)

    async def read(self, start: int, end: int) -> Sequence[Change]:
        """What stands on it with `start <= offset < end`."""
        return await asyncio.to_thread(self._read, start, end)

    def _read(self, start: int, end: int) -> Sequence[Change]:
        with closing(self._open_log()) as log:
            return [
                Change(record.offset, record.key, record.value or None, dict(record.headers).get(TAG_HEADER))
                for record in read_partition(log, self._topic, self._partition, start, end)
            ]
