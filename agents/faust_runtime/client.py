"""Faust's Kafka client with three things changed.

Faust hands over each record by itself, as a message and an event, through two queues and three tasks. Here what a
fetch brings of a partition is one message, a run of records.

Faust goes on from the committed offset, though it acknowledges events that it drops in a rebalance; here the state
says where to go on, and the committed offset is only for those who look from outside.

Faust lets a fetch that finds nothing wait for a second and a half. A partition whose last records have not been taken
yet is left out of a fetch, so it waits for that long, too, whenever the others are quiet.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, ClassVar

from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread
from faust.transport.drivers.aiokafka import Consumer as FaustConsumer
from faust.transport.drivers.aiokafka import Transport as FaustTransport
from faust.types import TP
from faust.types.tuples import ConsumerMessage

from eventlog.base import Record

FETCH_WAIT_MS = 100
"""A fetch that finds nothing is answered after so long."""


class Run(ConsumerMessage):
    """Records of one partition that follow each other; to Faust it is the last of them."""

    __slots__ = ("records",)

    def __init__(self, at: TP, records: Sequence[Record], generation: int) -> None:
        last = records[-1]
        super().__init__(*at, last.offset, last.timestamp, 1, None, None, b"", None, 0, 0, at, generation_id=generation)
        self.records = records


class ConsumerThread(AIOKafkaConsumerThread):
    """Where the consumer lives."""

    def _create_worker_consumer(self, transport: FaustTransport) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        return consumer


class Consumer(FaustConsumer):
    """Begins where the app says."""

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Run]]:
        """What has been fetched, a run a partition."""
        generation = self.app.consumer_generation_id
        runs: dict[TP, list[Any]] = {}
        async for at, record in super().getmany(timeout):
            runs.setdefault(at, []).append(record)
        for at, records in runs.items():
            yield at, Run(at, records, generation)

    def _to_message(self, _at: TP, record: Any) -> Any:
        return Record(
            record.topic,
            record.partition,
            record.offset,
            record.key or b"",
            record.value or b"",
            tuple(record.headers),
            record.timestamp,
        )

    async def perform_seek(self) -> None:
        """Goes to the position of each partition; Faust calls it when a partition is ready, before it fetches."""
        await super().perform_seek()
        app: Any = self.app  # a `StageApp`
        positions: Mapping[TP, int] = app.positions()
        for partition, offset in positions.items():
            if partition in self.assignment():
                await self.seek(partition, offset)

    async def commit_positions(self, positions: Mapping[TP, int]) -> bool:
        """Commits offsets of partitions that are ours; whether the group took them."""
        took: bool = await self._commit(positions)
        return took

    def has_coordinator(self) -> bool:
        """Whether the group has a broker that coordinates it, as far as is known."""
        client = self._thread._consumer
        return client is None or client._coordinator is None or client._coordinator.coordinator_id is not None


class Transport(FaustTransport):
    """Brings them to the app."""

    Consumer: ClassVar[type[Consumer]] = Consumer
