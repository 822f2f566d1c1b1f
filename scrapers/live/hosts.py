"""Politeness: one request at a time for each server, a least delay between two, and pauses that it asks for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiolimiter import AsyncLimiter

from scrapers.live.failures import Final

Sleep = Callable[[float], Awaitable[None]]
Now = Callable[[], float]

LONGEST_WAIT = 120.0
"""Seconds that a request waits for a server that asked for a pause; beyond that it fails and the next poll tries."""


class Host:
    """The queue in front of one server."""

    def __init__(self, now: Now, sleep: Sleep) -> None:
        self._now, self._sleep = now, sleep
        self._lock = asyncio.Lock()
        self._limiter: AsyncLimiter | None = None
        self._delay = 0.0
        self._closed_until = 0.0

    @asynccontextmanager
    async def turn(self, delay: float) -> AsyncIterator[None]:
        """Holds the server for one request. Raises `Final` if it asked for a pause that is too long to wait for."""
        async with self._lock:
            await self._wait_until_open()
            await self._keep_apart(delay)
            yield

    def pause(self, seconds: float) -> None:
        """Lets no request through for so many seconds."""
        self._closed_until = max(self._closed_until, self._now() + seconds)

    async def _wait_until_open(self) -> None:
        wait = self._closed_until - self._now()
        if wait > LONGEST_WAIT:
            raise Final("the server asked for a pause")
        if wait > 0:
            await self._sleep(wait)
            self._closed_until = 0.0

    async def _keep_apart(self, delay: float) -> None:
        if delay <= 0:
            return
        if self._limiter is None or delay > self._delay:
            self._limiter, self._delay = AsyncLimiter(1, delay), delay
        await self._limiter.acquire()


class Hosts:
    """All servers by origin."""

    def __init__(self, now: Now, sleep: Sleep) -> None:
        self._now, self._sleep = now, sleep
        self._hosts: dict[str, Host] = {}

    def at(self, origin: str) -> Host:
        """The queue in front of that server."""
        if origin not in self._hosts:
            self._hosts[origin] = Host(self._now, self._sleep)
        return self._hosts[origin]
