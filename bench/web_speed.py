"""What a request to the web page costs with few stories and many: `python -m bench.web_speed [--stories 100,2000]`.

The stories are those of the sample world, put on a log again and again under other ids and times. Times are of the
processor, the best of several rounds, and include the client that asks; the ratio is that of the most stories to the
fewest, of one run.
"""

import argparse
import asyncio
import tempfile
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from rich.console import Console
from rich.table import Table

from bench.shell import run
from consumers.reading import payload, stories
from consumers.web.app import SITE, make_app
from consumers.web.index import Index, line_of
from eventlog.base import EventLog
from eventlog.events import entry_of, event_of, read_all
from eventlog.sqlite import SqliteLog
from newsfold.wiring import create_topics, open_home
from samples.raw import raw_at
from samples.world import World
from schemas.events import Event, stable_id
from schemas.topics import LATEST, Naming
from scrapers.publish import publish

NAMING = Naming()
ROUNDS, ASKED = 5, 40
PATHS = ("/", "/?page=3", "/?q=ferry", "/?q=h", "/stories.json")


class Measured(NamedTuple):
    """Of one number of stories: seconds to read them all, milliseconds a request by path, bytes of index a story."""

    start: float
    paths: dict[str, float]
    memory: float


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.web_speed", description=__doc__)
    parser.add_argument("--stories", default="100,2000", help="how many, separated by commas")
    sizes = [int(size) for size in parser.parse_args(arguments).stories.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        world = folded_world(Path(folder) / "world")
        measured = {size: measure(world, size, Path(folder) / str(size)) for size in sizes}
    show(measured)


def folded_world(folder: Path) -> list[Event]:
    """The stories of the sample world as events."""
    home, world = open_home(folder, NAMING, create=True), World.load()
    for tick in range(len(world.ticks)):
        publish(home.log, NAMING, raw_at(world, tick))
    home.pipeline().run_until_idle()
    found = [event_of(record) for record, _ in stories(home.log, NAMING)]
    home.close()
    return found


def many(world: Sequence[Event], count: int) -> Iterator[Event]:
    """So many stories: those of the world, each time under other ids and a day later."""
    for number in range(count):
        event = world[number % len(world)]
        fields = {"story_id": stable_id("bench", str(number))[:16]}
        at = event.data.model_dump()["last_at"]
        later = {"last_at": at + timedelta(days=number // len(world))} if at else {}
        data = type(event.data).model_validate(event.data.model_dump() | fields | later)
        yield Event(id=f"bench-{number}", key=fields["story_id"], subject=fields["story_id"], data=data)


def measure(world: Sequence[Event], size: int, folder: Path) -> Measured:
    """On a log of its own."""
    folder.mkdir()
    with SqliteLog(folder / "log.sqlite") as log:
        create_topics(log, NAMING)
        log.append([entry_of(event, NAMING.of(LATEST)) for event in many(world, size)])
        start, paths = asyncio.run(ask(log))
        return Measured(start, paths, memory(log) / size)


async def ask(log: EventLog) -> tuple[float, dict[str, float]]:
    """Seconds until all stories are there, and milliseconds for each path."""
    app = make_app(log, NAMING, time.time)
    began = time.process_time()
    async with TestClient(TestServer(app)) as client:
        while app[SITE].loading:
            await asyncio.sleep(0.01)
        start = time.process_time() - began
        return start, {path: min([await batch(client, path) for _ in range(ROUNDS)]) for path in PATHS}


async def batch(client: TestClient[web.Request, web.Application], path: str) -> float:
    """Milliseconds a request, of some in a row."""
    began = time.process_time()
    for _ in range(ASKED):
        async with client.get(path) as answer:
            answer.raise_for_status()
            await answer.read()
    return (time.process_time() - began) * 1000 / ASKED


def memory(log: EventLog) -> float:
    """Bytes of the index over all stories of the log."""
    tracemalloc.start()
    index = Index()
    for record in read_all(log, NAMING.of(LATEST)):
        index.put(line_of(payload(record), (record.partition, record.offset)))
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return held


def show(measured: dict[int, Measured]) -> None:
    """A row a path."""
    fewest, most = min(measured), max(measured)
    table = Table("ms a request", *(f"{size:,} stories" for size in measured), "ratio")
    for path in PATHS:
        own = {size: found.paths[path] for size, found in measured.items()}
        table.add_row(path, *(f"{value:.2f}" for value in own.values()), f"{own[most] / own[fewest]:.2f}")
    table.add_row("start, s", *(f"{found.start:.2f}" for found in measured.values()), "")
    table.add_row("index, bytes a story", *(f"{found.memory:,.0f}" for found in measured.values()), "")
    Console().print(table)


if __name__ == "__main__":
    run(main)
