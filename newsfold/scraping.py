"""The live scraper on a home, and what it says while it works."""

import asyncio
from collections.abc import Callable

from rich.text import Text

from consumers.views.paint import console, one_line
from newsfold.wiring import Home
from scrapers.live import Journal, ScrapeEvent, SourcesConfig, Tally, scrape

QUIET = {"not_modified", "unchanged"}
"""Outcomes that are not worth a line."""


async def run_scraper(
    sources: SourcesConfig, home: Home, *, once: bool, stop: asyncio.Event, hear: Callable[[ScrapeEvent], None]
) -> Tally:
    """Scrapes into the home's log, with the journal beside it, once or until `stop` is set."""
    with Journal(home.folder / "journal.sqlite") as journal:
        return await scrape(sources, home.log, home.naming, journal=journal, once=once, stop=stop, on_event=hear)


def say(event: ScrapeEvent) -> None:
    """Prints one line for what the scraper did, if it is worth one."""
    if event.outcome not in QUIET:
        console().print(line_of(event), no_wrap=True, overflow="ellipsis")


def line_of(event: ScrapeEvent) -> Text:
    """`16:05:31  vale.example  page fetched  Title`."""
    line = Text(f"{event.at:%H:%M:%S}  ", style="quiet")
    if event.what == "log":
        return line.append(_log_line(event), style="alarm" if event.outcome == "away" else "quiet")
    line.append(one_line(event.source), style="source")
    line.append(f"  {event.what} {event.outcome}  ", style="alarm" if event.outcome == "failed" else "quiet")
    if event.reason:
        return line.append(one_line(f"{event.reason}: {event.url}"))
    return line.append(f"{event.entries:,} new" if event.what == "feed" else one_line(event.title or event.url))


def _log_line(event: ScrapeEvent) -> str:
    if event.outcome == "back":
        return "the log answers again, and has all that waited for it"
    return one_line(f"what is read waits in the journal until the log answers: {event.reason}")
