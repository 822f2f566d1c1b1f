"""`python -m samples.demo`: the sample world goes by in half a minute; server, scraper and pipeline in one process."""

import argparse
import asyncio
import tempfile
import time
import tomllib
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from consumers.reading import stories
from consumers.subscribe import Subscription
from newsfold.opening import refuse_log
from newsfold.wiring import Home, open_home
from samples.demo_view import DemoView
from samples.server import SampleServer, sources_toml
from schemas.errors import UsageError
from schemas.story import Story
from schemas.topics import Naming
from scrapers.live import Journal, SourcesConfig, scrape

NAMING = Naming()
LONGEST = 38.0
"""Seconds that the show may take; it skips its pauses when the machine is slow."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds of rest after a look at the feeds and after an update."""

    look: float = 0.6
    update: float = 0.28
    until: float = float("inf")
    """When (`time.monotonic`) there is no more time to rest."""

    async def rest(self, seconds: float) -> None:
        """Lets a person read."""
        if seconds and time.monotonic() < self.until:
            await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Stage:
    """What runs: the world, the home that its articles go to, and the view of it all."""

    server: SampleServer
    home: Home
    journal: Journal
    view: DemoView
    pace: Pace


async def demo(folder: Path, view: DemoView, pace: Pace) -> list[Story]:
    """Runs the whole world once; the stories at the end. Log, state and journal stay in the folder."""
    async with SampleServer() as server:
        home = open_home(folder, NAMING, create=True)
        with closing(home), closing(Journal(folder / "journal.sqlite")) as journal:
            view.opening(folder, (outlet.host for outlet in server.world.outlets.values()))
            with view.live():
                await _all_looks(Stage(server, home, journal, view, pace))
            return _newest(home)


async def _all_looks(stage: Stage) -> None:
    pipeline = stage.home.pipeline()
    updates = Subscription(stage.home.log, NAMING, follow=False)
    more = True
    while more:
        stage.view.clock(stage.server.now, stage.server.tick, stage.server.last_tick)
        await _scrape(stage)
        await stage.pace.rest(stage.pace.look)
        pipeline.run_until_idle()
        for update in updates:
            stage.view.updated(update, updates.story(update))
            await stage.pace.rest(stage.pace.update)
        more = stage.server.advance()


async def _scrape(stage: Stage) -> None:
    """One poll of all feeds by the world's own clock, so that a second run fetches the same things again."""
    config = SourcesConfig.model_validate(tomllib.loads(sources_toml(stage.server)))
    tally = await scrape(
        config,
        stage.home.log,
        NAMING,
        journal=stage.journal,
        once=True,
        on_event=stage.view.fetched,
        clock=lambda: stage.server.now.astimezone(UTC),
    )
    stage.view.quiet(tally.feeds["not_modified"])


def _newest(home: Home) -> list[Story]:
    """Living stories, those with most articles first."""
    living = [story for _, story in stories(home.log, NAMING) if story.status in ("active", "closed")]
    return sorted(living, key=lambda story: (-len(story.articles), _first(story), story.story_id))


def _first(story: Story) -> datetime:
    return story.first_at or datetime.min.replace(tzinfo=UTC)


def main() -> None:
    """Shows the demo and ends; leaves its log in a folder for the commands that it names."""
    parser = argparse.ArgumentParser(prog="python -m samples.demo", description=__doc__)
    parser.add_argument("--home", type=Path, help="folder for log and state (default: a new temporary one)")
    parser.add_argument("--fast", action="store_true", help="without pauses")
    options = parser.parse_args()
    folder = options.home or Path(tempfile.mkdtemp(prefix="newsfold-demo-"))
    try:
        refuse_log(folder)
    except UsageError as reason:
        parser.error(str(reason))
    began = time.monotonic()
    view = DemoView()
    pace = Pace(0, 0) if options.fast else Pace(until=began + LONGEST)
    found = asyncio.run(demo(folder, view, pace))
    view.overview(found)
    if found:
        view.next_steps(folder, found[0].story_id, time.monotonic() - began)


if __name__ == "__main__":
    main()
