"""robots.txt (RFC 9309): read once a day for each server, before the first request to it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from protego import Protego

from scrapers.live.failures import Disallowed, Failed
from scrapers.live.request import Answer

KEPT = timedelta(days=1)
KEPT_FAILURE = timedelta(minutes=10)
LONGEST_DELAY = 30.0
"""A crawl delay beyond this many seconds would mean that the feed is never read to its end."""

Get = Callable[[str], Awaitable[Answer]]


class _Rules(NamedTuple):
    until: datetime
    parsed: Protego | None
    failure: str | None = None


class Robots:
    """The rules of all servers, as far as they have been asked for."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def delay_for(self, url: str, origin: str, agent: str, get: Get) -> float:
        """Seconds that the server wants between two requests.

        Raises `Disallowed` if it does not want this one, `Failed` if its rules cannot be had (RFC 9309, 2.3.1.4).
        """
        rules = await self._rules_of(origin, get)
        if rules.failure:
            raise Failed(rules.failure)
        token = agent.split("/")[0].split(" ")[0]
        if rules.parsed is None:
            return 0.0
        if not rules.parsed.can_fetch(url, token):
            raise Disallowed("robots.txt")
        return min(float(rules.parsed.crawl_delay(token) or 0.0), LONGEST_DELAY)

    async def _rules_of(self, origin: str, get: Get) -> _Rules:
        async with self._locks.setdefault(origin, asyncio.Lock()):
            known = self._rules.get(origin)
            if known is None or known.until <= self._clock():
                known = self._rules[origin] = await self._ask(f"{origin}/robots.txt", get)
            return known

    async def _ask(self, url: str, get: Get) -> _Rules:
        now = self._clock()
        try:
            answer = await get(url)
        except Failed as reason:
            return _Rules(now + KEPT_FAILURE, None, f"robots.txt: {reason}")
        if answer.status == 200:
            return _Rules(now + KEPT, Protego.parse(answer.body.decode("utf-8-sig", "replace")))
        return _Rules(now + KEPT, None)
