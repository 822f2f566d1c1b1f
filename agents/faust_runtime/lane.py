"""One partition of a stage: its records in order, in batches as large as the load makes them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from agents.faust_runtime.table import LaneTable
from agents.partition import Batch, StagePartition
from eventlog.base import Entry, Record

Send = Callable[[Entry], Awaitable[Awaitable[object]]]
"""Hands a record to the producer; what it gives is done when the log has acknowledged it."""

BATCH_SECONDS = 0.5
"""How long a batch may take records before it is made durable: it bounds what a crash has to do again."""

SEND_BACK_SECONDS = 1.0
"""The consumer is not told more often to go back: what it had fetched before still comes for a while."""


class Lane:
    """Runs one partition through the durability order for as long as it is ours."""

    def __init__(
        self,
        work: StagePartition,
        table: LaneTable,
        send: Send,
        hear: Callable[[Batch], None],
        fail: Callable[[BaseException], None],
        limit: int,
    ) -> None:
        self._work, self._table, self._send, self._hear, self._fail, self._limit = work, table, send, hear, fail, limit
        self._waiting: asyncio.Queue[Record] = asyncio.Queue(maxsize=2 * limit)
        self._busy = asyncio.Lock()
        self.durable = work.position
        """The source offset up to which all is done, exclusive."""
        self.due = work.position
        """The source offset of the record that is to be put next."""
        self.sent_back = -SEND_BACK_SECONDS
        """When the consumer was last told to go back to `due`, by the monotonic clock."""
        self._task = asyncio.create_task(self._run())

    async def put(self, record: Record) -> None:
        """The next record of the partition. Waits while too many do."""
        self.due = max(self.due, record.offset + 1)
        await self._waiting.put(record)

    async def close(self) -> None:
        """Ends after the batch at hand; what still waits is left to the next owner."""
        async with self._busy:
            self._task.cancel()

    async def _run(self) -> None:
        try:
            while True:
                first = await self._waiting.get()
                async with self._busy:
                    await self._batch(first)
        except Exception as reason:  # a batch that failed half way cannot be gone on from
            self._fail(reason)

    async def _batch(self, first: Record) -> None:
        began = time.monotonic()
        acknowledged = list(await self._take(first))
        for _ in range(self._limit - 1):
            if self._waiting.empty() or time.monotonic() - began > BATCH_SECONDS:
                break
            acknowledged += await self._take(self._waiting.get_nowait())
            await asyncio.sleep(0)  # the other lanes, and what comes and goes over the network, have their turn
        await asyncio.gather(*acknowledged)  # 1
        self._work.write()
        await self._table.flush()  # 2
        self.durable = self._work.position  # 3, committed by the app from time to time

    async def _take(self, record: Record) -> Sequence[Awaitable[object]]:
        batch = self._work.take([record])
        self._hear(batch)
        return [await self._send(entry) for entry in batch.entries]
