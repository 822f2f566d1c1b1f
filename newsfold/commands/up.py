"""`newsfold up SOURCES.toml`: scraper and worker in one process."""

import asyncio
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from newsfold.commands.options import Config, Generation, HomeFolder, settings, working
from newsfold.commands.scrape import Once, Sources, summary
from newsfold.commands.worker import Counts

if TYPE_CHECKING:
    from agents.partition import Batch
    from newsfold.wiring import Home
    from scrapers.live import SourcesConfig, Tally

    OnBatch = Callable[[Batch], None]


def up(
    sources: Sources,
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    once: Once = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print no updates.")] = False,
) -> None:
    """Scrape the sources and keep the stories up to date, in one process."""
    from scrapers.live import load_sources

    listed = load_sources(sources)
    counts = Counts()
    hear = counts if quiet else _telling(counts)
    with working(settings(home, generation, config), create=True) as target:
        tally = asyncio.run(_run(listed, target, once, quiet, hear))
    typer.echo(summary(tally))
    typer.echo(counts.line())


async def _run(listed: "SourcesConfig", home: "Home", once: bool, quiet: bool, hear: "OnBatch") -> "Tally":
    """The worker has a thread of its own. Whichever of the two ends or fails ends the other; the log stays whole."""
    from newsfold.scraping import run_scraper, say
    from newsfold.tidying import Tidying

    pipeline = home.pipeline()
    stop_scraper, stop_worker = asyncio.Event(), threading.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop_scraper.set)
    worker = asyncio.create_task(asyncio.to_thread(pipeline.follow, stop_worker, Tidying(home, hear)))
    worker.add_done_callback(lambda _: stop_scraper.set())
    try:
        tally = await run_scraper(listed, home, once=once, stop=stop_scraper, hear=(lambda _: None) if quiet else say)
    finally:
        stop_worker.set()
        with suppress(asyncio.CancelledError):
            await asyncio.wait({worker})
    worker.result()
    pipeline.run_until_idle(hear)
    return tally


def _telling(counts: Counts) -> "OnBatch":
    """Counts, and prints each update the moment it is on the log."""
    from consumers.views.paint import console
    from consumers.views.tail import print_update
    from schemas.story import Update

    out = console()

    def hear(batch: "Batch") -> None:
        counts(batch)
        for event in batch.outputs:
            if isinstance(event.data, Update):
                print_update(out, event.data)

    return hear
