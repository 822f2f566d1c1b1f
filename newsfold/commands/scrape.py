"""`newsfold scrape SOURCES.toml`."""

import asyncio
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsfold.commands.options import Config, Generation, HomeFolder, settings, working

if TYPE_CHECKING:
    from newsfold.wiring import Home
    from scrapers.live import SourcesConfig, Tally

Sources = Annotated[Path, typer.Argument(metavar="SOURCES.toml", help="The file that lists the feeds.")]
Once = Annotated[bool, typer.Option("--once", help="Read each source once, and end.")]


def scrape(
    sources: Sources,
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    once: Once = False,
) -> None:
    """Read the feeds and pages of all sources and put the raw articles on the log."""
    from scrapers.live import load_sources

    listed = load_sources(sources)
    with working(settings(home, generation, config), create=True) as target:
        tally = asyncio.run(_scrape(listed, target, once))
    typer.echo(summary(tally))


async def _scrape(listed: "SourcesConfig", home: "Home", once: bool) -> "Tally":
    from newsfold.scraping import run_scraper, say

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    return await run_scraper(listed, home, once=once, stop=stop, hear=say)


def summary(tally: "Tally") -> str:
    """For example `pages: 7 fetched, 1 failed; 0 quarantined`."""
    pages = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(tally.pages.items())) or "none"
    feeds = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(tally.feeds.items())) or "none"
    waiting = f"; {tally.waiting:,} wait for the log, and the next run sends them" if tally.waiting else ""
    return f"feeds: {feeds}; pages: {pages}; {tally.quarantined:,} quarantined{waiting}"
