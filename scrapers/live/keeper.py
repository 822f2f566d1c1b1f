"""What is to last: articles on the log, then the memory of them."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Self, TypeVar

from eventlog.base import EventLog
from schemas.topics import Naming
from scrapers.live.journal import FeedMemory, Journal, PageMemory
from scrapers.publish import Publishable, publish

_T = TypeVar("_T")


class Keeper:
    """Writes in one thread of its own: a log that is slow to answer does not hold up the sockets."""

    def __init__(self, log: EventLog, naming: Naming, journal: Journal) -> None:
        self._log, self._naming, self._journal = log, naming, journal
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="scrape-writer")
        self.quarantined = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._writer.shutdown(wait=True)

    async def keep(
        self, items: Sequence[Publishable], pages: Sequence[PageMemory], feeds: Sequence[FeedMemory] = ()
    ) -> None:
        """Durability order: 1 the log has the items, 2 the journal has the memory. Cancelling breaks neither step."""
        await self._run(lambda: self._keep(items, pages, feeds))

    async def feed(self, source: str, url: str) -> FeedMemory:
        """What is known of a feed."""
        return await self._run(lambda: self._journal.feed(source, url))

    async def pages(self, source: str, urls: Sequence[str]) -> dict[str, PageMemory]:
        """What is known of the pages, by address."""
        return await self._run(lambda: self._journal.pages(source, urls))

    async def due(self, source: str, now: datetime, limit: int) -> list[PageMemory]:
        """Pages to be fetched now."""
        return await self._run(lambda: self._journal.due(source, now, limit))

    async def _run(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    def _keep(self, items: Sequence[Publishable], pages: Sequence[PageMemory], feeds: Sequence[FeedMemory]) -> None:
        if items:  # 1
            self.quarantined += publish(self._log, self._naming, items).quarantined
        self._journal.save(pages, feeds)  # 2
