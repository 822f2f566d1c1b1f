"""The Faust app of one stage. Its id is the stage's consumer group, so stages may run in any mix of processes."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from functools import cache
from typing import Any

import faust
from faust.types import TP

from agents.changelog import TABLE
from agents.faust_runtime.changelog import PartitionChangelog
from agents.faust_runtime.client import Transport
from agents.faust_runtime.lane import SEND_BACK_SECONDS, Lane, Turn
from agents.faust_runtime.options import Hearing, WorkerOptions
from agents.faust_runtime.outbox import Outbox, Place, Sending
from agents.faust_runtime.settings import app_settings
from agents.faust_runtime.store import StateTable, Store
from agents.faust_runtime.table import LaneTable
from agents.faust_runtime.tables import Tables
from agents.handover import Handover
from agents.partition import StagePartition
from agents.topology import Stage
from eventlog.base import Entry, EventLog, Record
from eventlog.partition import partition_of
from schemas.errors import StaleOwner

BYTES: Mapping[str, Any] = {
    "key_type": bytes,
    "value_type": bytes,
    "key_serializer": "raw",
    "value_serializer": "raw",
}

TELL_EVERY = 2.0
"""Seconds between two words on how far a load is."""


class StageApp(faust.App):
    """Faust brings the records and the state of the partitions that are ours; lanes do the work."""

    def __init__(
        self,
        stage: Stage,
        options: WorkerOptions,
        partitions: Mapping[str, int],
        turn: Turn,
        outbox: Outbox,
        handover: Handover,
        hearing: Hearing,
    ) -> None:
        """`partitions` counts those of every topic, by full name."""
        super().__init__(**app_settings(stage.name, options), Table=StateTable, TableManager=Tables)
        self._stage, self._options, self._turn, self._hearing = stage, options, turn, hearing
        self._outbox, self._handover = outbox, handover
        self.stage_name = stage.name
        self._counts = partitions
        self._source = options.naming.of(stage.source)
        self.lanes: dict[int, Lane] = {}
        self._loading: list[LaneTable] = []
        self._moving = asyncio.Lock()
        self._seen_at, self._still = time.monotonic(), 0.0
        self.table: Any = self.Table(
            TABLE,
            partitions=partitions[self._source],
            key_type=bytes,
            value_type=bytes,
            extra_topic_configs=options.changelog_configs,
        )
        self.agent(self.topic(self._source, acks=False, **BYTES), name=stage.name)(self._read)
        self.on_partitions_revoked.connect(self._let_go)
        self.on_rebalance_complete.connect(self._take_over)

    @property
    def loaded(self) -> int:
        """Records of state that have been loaded since partitions came last."""
        return sum(table.taken_in for table in self._loading)

    def positions(self) -> Mapping[TP, int]:
        """Where to go on in each partition that is ours."""
        return self._positions(self.lanes)

    def _positions(self, lanes: Mapping[int, Lane]) -> Mapping[TP, int]:
        return {TP(self._source, partition): lane.durable for partition, lane in lanes.items()}

    async def commit_positions(self, positions: Mapping[TP, int]) -> bool:
        """Commits offsets of partitions that are ours; whether the group took them."""
        consumer: Any = self.consumer
        took: bool = await consumer.commit_positions(positions)
        return took

    async def let_go(self) -> Mapping[TP, int]:
        """Ends all lanes, each after its batch at hand; gives where they stopped."""
        async with self._moving:
            lanes, self.lanes = self.lanes, {}
            await asyncio.gather(*[lane.close() for lane in lanes.values()])
        return self._positions(lanes)

    async def _let_go(self, *_: Any, **__: Any) -> None:
        await self.let_go()

    async def _take_over(self, *_: Any, **__: Any) -> None:
        """All changelogs have been read: the partitions can be opened.

        Faust tells so too when the next rebalance has begun meanwhile; then it will tell again.
        """
        await self.let_go()
        tables: Any = self.tables
        if tables.recovery.signal_recovery_start.is_set():
            return
        async with self._moving:
            self._loading = []
            try:
                with ExitStack() as opened_logs:
                    log = cache(lambda: opened_logs.enter_context(closing(self._options.open_log())))
                    opened = await asyncio.gather(*[self._open(partition, log) for partition in self._assigned()])
            except Exception as reason:
                self._hearing.failed(self.stage_name, reason)
                raise
            self.lanes = dict(opened)

    def _assigned(self) -> Iterable[int]:
        return sorted(at.partition for at in self.consumer.assignment() if at.topic == self._source)

    async def _open(self, partition: int, log: Callable[[], EventLog]) -> tuple[int, Lane]:
        table = LaneTable(self._store, partition, self._changelog(partition, log), self._ownership(partition))
        self._loading.append(table)
        table.check_owner()  # a process that stood still until now must not claim
        work = await self._told(partition, table)
        return partition, Lane(
            work,
            table,
            self._turn,
            self._send,
            self._hearing.batch,
            lambda reason: self._hearing.failed(self.stage_name, reason),
            self._options.batch,
        )

    async def _told(self, partition: int, table: LaneTable) -> StagePartition:
        """Loads a partition; says from time to time how far it is."""
        loading = asyncio.create_task(self._loaded(partition, table))
        while not (await asyncio.wait({loading}, timeout=TELL_EVERY))[0]:
            self._hearing.loading(self.stage_name, partition, table.taken_in)
        return loading.result()

    async def _loaded(self, partition: int, table: LaneTable) -> StagePartition:
        """The view of a partition, made of its state in a thread: it may take long, and the brokers expect a sign."""
        await table.claim()
        return await asyncio.to_thread(self._load, partition, table)

    def _load(self, partition: int, table: LaneTable) -> StagePartition:
        return StagePartition(
            self._stage,
            partition,
            table,
            self._options.naming,
            self._options.history(self._source, partition),
            self._handover,
            accept_gap=self._options.accept_gap,
        )

    @property
    def _store(self) -> Store:
        store: Store = self.table.data
        return store

    async def _read(self, stream: Any) -> None:
        """The agent: bytes in, to the lane of their partition. What has no lane any more is left to the next owner."""
        async for event in stream.noack().events():
            for record in event.message.records:
                lane = self.lanes.get(record.partition)
                if lane is not None and await self._fits(lane, record):
                    await lane.put(record)

    async def _fits(self, lane: Lane, record: Record) -> bool:
        """Whether no record is missing before this one, or those that are missing are gone from the log.

        In a rebalance Faust may drop records that it has fetched, and go on behind them; then it is sent back.
        """
        if record.offset <= lane.due:
            return True
        if time.monotonic() - lane.sent_back < SEND_BACK_SECONDS:
            return False
        lane.sent_back, at = time.monotonic(), TP(self._source, record.partition)
        with suppress(Exception):  # no answer, or not ours any longer: a later record asks again, or there is none
            if (await self.consumer.earliest_offsets(at))[at] > lane.due:
                return True
            await self.consumer.seek(at, lane.due)
        return False

    def _ownership(self, partition: int) -> Callable[[], None]:
        """A check that the partition has been ours without a break since now."""
        generation, at = self.consumer_generation_id, TP(self._source, partition)

        def check() -> None:
            if self.consumer_generation_id != generation or at not in self.consumer.assignment():
                raise StaleOwner(f"{self._source}/{partition} has been given to another worker")
            self.check_clock()

        return check

    def check_clock(self) -> None:
        """Raises `StaleOwner` if this process stood still for so long that another may have taken over."""
        now = time.monotonic()
        self._still, self._seen_at = max(self._still, now - self._seen_at), now
        if self._still > self._options.session * 0.8:
            raise StaleOwner(f"this process stood still for {self._still:.0f} s, and may have lost its partitions")

    def _send(self, entries: Sequence[Entry]) -> Awaitable[object]:
        return self._outbox.send([Sending(self._place(each), each.key, each.value, each.headers) for each in entries])

    def _place(self, entry: Entry) -> Place:
        if entry.partition is not None:
            return Place(entry.topic, entry.partition)
        return Place(entry.topic, partition_of(entry.key, self._counts[entry.topic]))

    def _changelog(self, partition: int, log: Callable[[], EventLog]) -> PartitionChangelog:
        topic = self.table.changelog_topic.get_topic_name()
        return PartitionChangelog(topic, partition, self._outbox, log)

    def _new_transport(self) -> Transport:
        return Transport(self.conf.broker_consumer, self)
