"""What is to last: what was read, and the memory of it."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Self, TypeVar

from scrapers.live.journal import FeedMemory, Journal, PageMemory
from scrapers.publish import Publishable, event_of

_T = TypeVar("_T")


class Keeper:
    """Uses the journal in one thread of its own: a disk that is slow to answer does not hold up the sockets."""

    def __init__(self, journal: Journal, wake: Callable[[], None]) -> None:
        """`wake` is called when the journal has something to be sent."""
        self._journal, self._wake = journal, wake
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="scrape-writer")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._writer.shutdown(wait=True)

    async def keep(
        self, items: Sequence[Publishable], pages: Sequence[PageMemory], feeds: Sequence[FeedMemory] = ()
    ) -> None:
        """Items and memory are in the journal, or neither is. Cancelling does not part them."""
        await self._run(lambda: self._journal.save(pages, feeds, [event_of(item) for item in items]))
        if items:
            self._wake()

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
