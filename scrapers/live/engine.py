"""The live scraper: one task for each source polls its feeds and fetches the pages that are due, until stopped."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import aiohttp

from eventlog.base import EventLog
from schemas.topics import Naming
from scrapers.live.config import SourceConfig, SourcesConfig
from scrapers.live.hosts import Hosts, Sleep
from scrapers.live.journal import Journal
from scrapers.live.keeper import Keeper
from scrapers.live.outcomes import OnEvent, ScrapeEvent, Tally
from scrapers.live.polling import Poller
from scrapers.live.sender import Sender
from scrapers.live.web import Web

_SLOWEST = 6 * 3600.0
"""Seconds between two polls of a source that does not answer."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Tools(NamedTuple):
    """What a test may put in the place of waiting."""

    sleep: Sleep = asyncio.sleep


async def scrape(
    config: SourcesConfig,
    log: EventLog,
    naming: Naming,
    *,
    journal: Journal,
    once: bool = False,
    stop: asyncio.Event | None = None,
    on_event: OnEvent | None = None,
    clock: Callable[[], datetime] = _utc_now,
    tools: Tools = Tools(),  # noqa: B008
) -> Tally:
    """Polls all sources, once or until `stop` is set, and publishes what is new to `articles.raw`.

    Stops within the moment: requests under way are dropped, articles being written are written. Servers' failures
    are counted, never raised; `Fatal` is, if the log or the journal breaks. While the log does not answer the scraper
    reads on, and what it has read waits in the journal, beyond its end if need be.
    """
    tally = Tally()

    def hear_log(reason: str | None, waiting: int) -> None:
        if on_event:
            on_event(ScrapeEvent(clock(), "", "log", "", "away" if reason else "back", reason, None, waiting))

    async with Sender(log, naming, journal, hear_log, tools.sleep) as sender, _session(config) as session:
        with Keeper(journal, sender.wake) as keeper:
            hosts = Hosts(asyncio.get_running_loop().time, tools.sleep)
            web = Web(session, hosts, clock, max_bytes=config.max_bytes, attempts=config.attempts)
            poller = Poller(web, keeper, config, clock, tally, on_event)
            work = [_watch(poller, source, once, tools.sleep) for source in config.source]
            await _until(stop, work, sender.task)
        await sender.finish(patient=stop is None or not stop.is_set())
    tally.quarantined, tally.waiting = sender.published.quarantined, journal.waiting
    return tally


def _session(config: SourcesConfig) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=config.connections),
        timeout=aiohttp.ClientTimeout(total=config.timeout),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


async def _watch(poller: Poller, source: SourceConfig, once: bool, sleep: Sleep) -> None:
    failures = 0
    while True:
        failures = 0 if await poller.poll(source) else failures + 1
        if once:
            return
        await sleep(min(source.every * 2.0 ** min(failures, 10), max(_SLOWEST, source.every)))


async def _until(
    stop: asyncio.Event | None, work: Iterable[Coroutine[Any, Any, None]], beside: "asyncio.Task[None]"
) -> None:
    """Runs all work at once until it is done or to be stopped. The first error, also of `beside`, ends it all."""
    tasks = [asyncio.create_task(one) for one in work]
    stopper = asyncio.create_task((stop or asyncio.Event()).wait())
    others: set[asyncio.Task[Any]] = {stopper, beside}
    try:
        unfinished: set[asyncio.Task[Any]] = set(tasks)
        while unfinished and not stopper.done():
            done, unfinished = await asyncio.wait({*unfinished, *others}, return_when=asyncio.FIRST_COMPLETED)
            unfinished -= others
            for task in done - {stopper}:
                task.result()
    finally:
        for task in (*tasks, stopper):
            task.cancel()
        await asyncio.gather(*tasks, stopper, return_exceptions=True)
