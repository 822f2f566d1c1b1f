"""Scraper and workers together, until told to stop. Whichever ends or fails ends the other; the log stays whole."""

import asyncio
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

from agents.inprocess import OnBatch
from agents.partition import Batch
from consumers.subscribe import Subscription
from consumers.views.paint import console
from consumers.views.tail import print_update
from newsfold.counts import Counts
from newsfold.crew import Crew
from newsfold.lag import set_when_idle
from newsfold.scraping import run_scraper, say
from newsfold.tidying import Tidying
from newsfold.wiring import Home
from schemas.errors import Retry
from schemas.story import Update
from scrapers.live import SourcesConfig, Tally

Work = Callable[[threading.Event], object]
"""Works until the event is set."""
TELL_SECONDS = 0.5


def run_embedded(listed: SourcesConfig, home: Home, *, once: bool, quiet: bool) -> tuple[Tally, Counts]:
    """The in-process runtime in a thread of this process."""
    counts = Counts()
    hear = Tidying(home, counts if quiet else _telling(counts))
    pipeline = home.pipeline()
    tally = asyncio.run(_run(listed, home, lambda stop: pipeline.follow(stop, hear), once=once, quiet=quiet))
    pipeline.run_until_idle(hear)
    return tally, counts


def run_on_kafka(listed: SourcesConfig, home: Home, crew: Crew, *, once: bool, quiet: bool) -> Tally:
    """Worker processes beside this one."""
    done = threading.Event()
    teller = threading.Thread(
        target=_tell, args=(Subscription(home.log, home.naming, start="end", wait=TELL_SECONDS), done)
    )
    if not quiet:
        teller.start()
    try:
        with crew:
            idle = (lambda stop: set_when_idle(home.log, home.naming, stop)) if once else None
            return asyncio.run(_run(listed, home, crew.run, once=once, quiet=quiet, at_end=idle))
    finally:
        done.set()
        if not quiet:
            teller.join()


async def _run(
    listed: SourcesConfig, home: Home, work: Work, *, once: bool, quiet: bool, at_end: Work | None = None
) -> Tally:
    stop_scraper, stop_worker = asyncio.Event(), threading.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop_scraper.set)
    worker = asyncio.create_task(asyncio.to_thread(work, stop_worker))
    worker.add_done_callback(lambda _: stop_scraper.set())
    try:
        tally = await run_scraper(listed, home, once=once, stop=stop_scraper, hear=(lambda _: None) if quiet else say)
        if at_end and not worker.done():
            await asyncio.to_thread(at_end, stop_worker)
    finally:
        stop_worker.set()
        with suppress(asyncio.CancelledError):
            await asyncio.wait({worker})
    worker.result()
    return tally


def _telling(counts: Counts) -> OnBatch:
    """Counts, and prints each update the moment it is on the log."""
    out = console()

    def hear(batch: Batch) -> None:
        counts(batch)
        for event in batch.outputs:
            if isinstance(event.data, Update):
                print_update(out, event.data)

    return hear


def _tell(updates: Subscription, done: threading.Event) -> None:
    """Prints updates until none is left when all is done."""
    out = console()
    last = False
    while not last:
        last = done.is_set()
        with suppress(Retry):  # the scraper says that the log does not answer
            for update in updates:
                print_update(out, update)
