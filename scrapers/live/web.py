"""Polite fetching: robots.txt, one request at a time for each server, redirects, and tries again where that helps."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple

import aiohttp

from scrapers.live.failures import Failed, Final
from scrapers.live.hosts import Host, Hosts
from scrapers.live.request import NOTHING_KNOWN, Answer, Validators, ask, seconds_to_wait
from scrapers.live.robots import Robots
from scrapers.urls import is_private, origin_of, resolve

_REDIRECTS = (301, 302, 303, 307, 308)
_LATER = (429, 500, 502, 503, 504)
_MOST_HOPS = 5
_LONGEST_BACKOFF = 30.0

Hop = Callable[[str], Awaitable[Answer]]


class Manners(NamedTuple):
    """How a source's servers are asked. `inside` allows addresses of private networks."""

    agent: str
    delay: float
    inside: bool = False


class Web:
    """All that the scraper fetches goes through here."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        hosts: Hosts,
        clock: Callable[[], datetime],
        *,
        max_bytes: int,
        attempts: int,
    ) -> None:
        self._session, self._hosts, self._clock = session, hosts, clock
        self._max_bytes, self._attempts = max_bytes, attempts
        self._robots = Robots(clock)

    async def get(self, url: str, manners: Manners, validators: Validators = NOTHING_KNOWN) -> Answer:
        """The answer at the end of all redirects. `answer.url` is where it came from.

        Raises `Failed` if there is none, `Disallowed` if robots.txt forbids it.
        """

        async def hop(at: str) -> Answer:
            delay = await self._allowed_delay(at, manners)
            return await self._persist(at, manners._replace(delay=delay), validators)

        return await self._follow(url, manners, hop)

    async def _allowed_delay(self, url: str, manners: Manners) -> float:
        async def get_rules(at: str) -> Answer:
            return await self._follow(at, manners, lambda hop: self._persist(hop, manners, NOTHING_KNOWN))

        asked = await self._robots.delay_for(url, origin_of(url) or "", manners.agent, get_rules)
        return max(asked, manners.delay)

    async def _follow(self, url: str, manners: Manners, hop: Hop) -> Answer:
        for _ in range(_MOST_HOPS + 1):
            _refuse_inside(url, manners)
            answer = await hop(url)
            if answer.status not in _REDIRECTS:
                return answer
            url = _target(answer)
        raise Final("too many redirects")

    async def _persist(self, url: str, manners: Manners, validators: Validators) -> Answer:
        """Tries again after a capped back-off, or after what the server asks for."""
        host = self._hosts.at(origin_of(url) or "")
        headers = {"User-Agent": manners.agent, **validators.headers()}
        for attempt in range(1, self._attempts + 1):
            last = attempt == self._attempts
            try:
                async with host.turn(manners.delay):
                    answer = await ask(self._session, url, headers, self._max_bytes)
                if answer.status not in _LATER:
                    return answer
                self._pause(host, answer, 0.0 if last else _backoff(attempt))
            except Final:
                raise
            except Failed:
                if last:
                    raise
                host.pause(_backoff(attempt))
        raise Failed(f"HTTP {answer.status}")

    def _pause(self, host: Host, answer: Answer, backoff: float) -> None:
        asked = seconds_to_wait(answer.retry_after, self._clock())
        host.pause(backoff if asked is None else max(asked, backoff))


def _backoff(attempt: int) -> float:
    return min(2.0 ** (attempt - 1), _LONGEST_BACKOFF)


def _target(answer: Answer) -> str:
    """Header bytes that are no ASCII come as surrogates (PEP 383)."""
    location = (answer.location or "").encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    url = resolve(location, answer.url) if location else None
    if url is None:
        raise Final("redirected to no address")
    return url


def _refuse_inside(url: str, manners: Manners) -> None:
    """A feed from outside must not make us read what only our own network may."""
    if not manners.inside and is_private(url):
        raise Final("address inside a private network")
