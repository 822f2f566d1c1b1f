"""One partition of a stage: its records in order, in batches as large as the load makes them."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from agents.faust_runtime.table import LaneTable
from agents.partition import Batch, StagePartition
from eventlog.base import Entry, Record

_T = TypeVar("_T")


class Turn(Protocol):
    """Where steps run."""

    async def __call__(self, work: Callable[[], _T]) -> _T:
        """What `work` gives or raises, once it has had its turn."""


Send = Callable[[Sequence[Entry]], Awaitable[object]]
"""Hands records over at once; what it gives is done when the log has acknowledged them."""

BATCH_SECONDS = 0.5
"""How long a batch takes records before it is made durable: it bounds what a crash has to do again.

It holds up nothing, because outputs do not wait for it. A partition of `stories.log` gets few records at a time even
under load; when each was made durable by itself, a batch had 1.6 of them. All batches end at the same moments, so that
the changelogs of all lanes are written in one request.
"""

TURN_SECONDS = 0.01
"""How long a lane goes on with records that wait before it lets others have a turn."""

SEND_BACK_SECONDS = 1.0
"""The consumer is not told more often to go back: what it had fetched before still comes for a while."""


class Lane:
    """Runs one partition through the durability order for as long as it is ours."""

    def __init__(
        self,
        work: StagePartition,
        table: LaneTable,
        turn: Turn,
        send: Send,
        hear: Callable[[Batch], None],
        fail: Callable[[BaseException], None],
        limit: int,
    ) -> None:
        self._work, self._table, self._turn, self._send = work, table, turn, send
        self._hear, self._fail, self._limit = hear, fail, limit
        self._waiting: deque[Record] = deque()
        self._news, self._room = asyncio.Event(), asyncio.Event()
        self._closing = False
        self._busy = asyncio.Lock()
        self.durable = work.position
        """The source offset up to which all is done, exclusive."""
        self.due = work.position
        """The source offset of the record that is to be put next."""
        self.sent_back = -SEND_BACK_SECONDS
        """When the consumer was last told to go back to `due`, by the monotonic clock."""
        self._task = asyncio.create_task(self._run())

    async def put(self, record: Record) -> None:
        """The next record of the partition. Waits while too many do, unless the lane is being closed."""
        self.due = max(self.due, record.offset + 1)
        while len(self._waiting) >= 2 * self._limit and not self._closing:
            self._room.clear()
            await self._room.wait()
        self._waiting.append(record)
        self._news.set()

    async def close(self) -> None:
        """Ends after the batch at hand; what still waits is left to the next owner."""
        self._closing = True
        self._news.set()
        self._room.set()
        async with self._busy:
            self._task.cancel()

    async def _run(self) -> None:
        try:
            while True:
                await self._news_come()
                async with self._busy:
                    await self._batch()
        except Exception as reason:  # a batch that failed half way cannot be gone on from
            self._fail(reason)

    async def _batch(self) -> None:
        """Sends the outputs of what comes, at once; at the next half second, makes durable what they came from."""
        until = (time.monotonic() // BATCH_SECONDS + 1) * BATCH_SECONDS
        left = self._limit
        while self._waiting and left > 0 and time.monotonic() < until and not self._closing:
            left -= await self._send_outputs(left, until)  # 1
            await self._news_come(until)
        await self._turn(self._work.write)
        await self._table.flush()  # 2
        self.durable = self._work.position  # 3, committed by the app from time to time

    async def _send_outputs(self, limit: int, until: float) -> int:
        """Those of what waits, until they are acknowledged; gives how many records were taken."""
        acknowledged: list[Awaitable[object]] = []
        taken = 0
        while self._waiting and taken < limit and time.monotonic() < until:
            made = await self._turn(partial(self._take, limit - taken))
            self._room.set()
            taken += len(made)
            acknowledged.append(self._send([entry for batch in made for entry in batch.entries]))
            for batch in made:
                self._hear(batch)
        await asyncio.gather(*acknowledged)
        return taken

    async def _news_come(self, until: float | None = None) -> None:
        """Returns when a record waits, the time is over or the lane is being closed."""
        self._news.clear()
        if self._waiting or self._closing:
            return
        loop = asyncio.get_running_loop()
        timer = loop.call_at(loop.time() + until - time.monotonic(), self._news.set) if until is not None else None
        await self._news.wait()
        if timer:
            timer.cancel()

    def _take(self, limit: int) -> list[Batch]:
        """What is made of the next records, for a turn; at least one of them is taken."""
        until = time.monotonic() + TURN_SECONDS
        made = [self._work.take([self._waiting.popleft()])]
        while self._waiting and len(made) < limit and time.monotonic() < until:
            made.append(self._work.take([self._waiting.popleft()]))
        return made
