"""All that a worker process sends, of whatever stage, by one producer and in rounds.

A stage makes a few small records at a time. With a producer for each stage and a future for each record, sending took
an eighth of an article's processor time in the worker, and the broker had two requests for it. Now what waits goes out
together, as one batch a partition, and more gathers while that is under way: the more there is to do, the fewer
requests an article needs.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from schemas.cloudevents import Headers

GATHER_SECONDS = 0.02
"""While steps wait for their turn, more is about to come; so long a round waits for it."""


class Place(NamedTuple):
    """A partition of a topic."""

    topic: str
    partition: int


class Sending(NamedTuple):
    """A record on its way; without a value it removes its key."""

    place: Place
    key: bytes
    value: bytes | None
    headers: Headers = ()


Offsets = Mapping[Place, int]
"""Of each partition of a round, the offset of the last record."""


class _Round:
    def __init__(self) -> None:
        self.records: dict[Place, list[Sending]] = defaultdict(list)
        self.done: asyncio.Future[Offsets] = asyncio.get_running_loop().create_future()


class Outbox:
    """Records of one partition keep the order in which they were given. Nothing follows what could not be sent."""

    def __init__(self, producer: Any, busy: Callable[[], bool]) -> None:
        """`producer` is an idempotent `AIOKafkaProducer`, and `busy` says whether more is about to come."""
        self._producer, self._busy = producer, busy
        self._next = _Round()
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Connects, and begins to send."""
        await self._producer.start()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Lets go of the connections. What has been given and not acknowledged may be lost."""
        if self._task is not None:
            self._task.cancel()
        await self._producer.stop()

    def send(self, records: Sequence[Sending]) -> Awaitable[Offsets]:
        """Hands records over; what it gives is done when the brokers have acknowledged all of their round."""
        for record in records:
            self._next.records[record.place].append(record)
        self._news.set()
        return asyncio.shield(self._next.done)  # who no longer waits takes it away from nobody else

    async def _run(self) -> None:
        while True:
            await self._news.wait()
            if self._busy():
                await asyncio.sleep(GATHER_SECONDS)
            self._news.clear()
            due, self._next = self._next, _Round()
            try:
                due.done.set_result(await self._deliver(due.records))
            except Exception as reason:
                due.done.set_exception(reason)
                self._next = due  # and whoever sends from now on is told the same
                return

    async def _deliver(self, records: Mapping[Place, Sequence[Sending]]) -> Offsets:
        batches = [(place, batch) for place, some in records.items() for batch in self._batches(some)]
        sent = [await self._producer.send_batch(batch, topic, partition=number) for (topic, number), batch in batches]
        firsts = await asyncio.gather(*sent)
        return {
            place: first.offset + batch.record_count() - 1
            for (place, batch), first in zip(batches, firsts, strict=True)
        }

    def _batches(self, records: Sequence[Sending]) -> Iterator[Any]:
        """The records in their order, in batches that are no larger than they may be, or of one record."""
        batch = self._producer.create_batch()
        for _, key, value, headers in records:
            while batch.append(timestamp=None, key=key, value=value, headers=list(headers)) is None:
                yield batch
                batch = self._producer.create_batch()
        yield batch
