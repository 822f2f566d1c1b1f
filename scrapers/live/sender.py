"""From the journal to the log, in order, for as long as it takes."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Self

from eventlog.base import EventLog
from schemas.errors import Retry
from schemas.topics import Naming
from scrapers.live.hosts import Sleep
from scrapers.live.journal import Journal
from scrapers.publish import BATCH_BYTES, Published, publish_events

BATCH = 200
AGAIN_SECONDS = 5.0
"""Between two attempts, each of which is as patient as the log is."""
LAST_SECONDS = 5.0
"""So long whoever stops waits for an answer of the log."""


class Sender:
    """Publishes what the journal holds. While the log does not answer nothing is lost, and feeds are read on."""

    def __init__(
        self, log: EventLog, naming: Naming, journal: Journal, hear: Callable[[str | None, int], None], sleep: Sleep
    ) -> None:
        """`hear` is told why the log does not answer, or `None` when it does again, and how many events wait."""
        self._log, self._naming, self._journal, self._hear, self._sleep = log, naming, journal, hear, sleep
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="scrape-sender")
        self._news, self._ending = asyncio.Event(), False
        self._news.set()  # an earlier run may have left something
        self._task: asyncio.Task[None] | None = None
        self.away = False
        """Whether the log did not answer last time."""
        self.published = Published()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            with suppress(Exception):  # the error that is under way is told
                await self.finish(patient=False)
        self.task.cancel()
        await asyncio.wait({self.task})
        self._thread.shutdown(wait=False)  # it may wait for a log that does not answer

    @property
    def task(self) -> "asyncio.Task[None]":
        """Ends only by a failure, or after `finish`."""
        assert self._task is not None
        return self._task

    def wake(self) -> None:
        """The journal has something new."""
        self._news.set()

    async def finish(self, *, patient: bool) -> None:
        """Returns when all is sent, or the log does not answer; if it need not be `patient`, soon in any case.

        Raises what sending raised.
        """
        self._ending = True
        self._news.set()
        if self.away and not patient:
            return
        done, _ = await asyncio.wait({self.task}, timeout=None if patient else LAST_SECONDS)
        for task in done:
            task.result()

    async def _run(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while not await self._sent_all():
                if self._ending:
                    return
                await self._sleep(AGAIN_SECONDS)
            if self._ending:
                return

    async def _sent_all(self) -> bool:
        """Sends what waits; whether the log took all."""
        try:
            while await asyncio.get_running_loop().run_in_executor(self._thread, self._send):
                pass
        except Retry as reason:
            if not self.away:
                self._hear(str(reason), self._journal.waiting)
            self.away = True
            return False
        if self.away:
            self._hear(None, 0)
        self.away = False
        return True

    def _send(self) -> bool:
        """Durability order: 1 the log has the events, 2 the journal strikes them out. Whether there were any."""
        due = self._journal.unsent(BATCH, BATCH_BYTES)
        if not due:
            return False
        self.published += publish_events(self._log, self._naming, [event for _, event in due])  # 1
        self._journal.sent(due[-1].number)  # 2
        return True
