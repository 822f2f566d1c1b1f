"""Fixtures: a log, and one with two hand-made stories in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from consumers_handmade import NAMING, Maker, fill

from eventlog.base import EventLog
from eventlog.sqlite import SqliteLog
from newsfold.wiring import open_home
from samples.raw import raw_at
from samples.world import World
from scrapers.publish import publish


@pytest.fixture
def log(tmp_path: Path) -> Iterator[EventLog]:
    home = tmp_path / "home"
    home.mkdir()
    with SqliteLog(home / "log.sqlite") as own:
        yield own


@pytest.fixture
def make(log: EventLog) -> Callable[..., Maker]:
    """Makes the topics of a generation, and gives what appends to them."""
    return lambda naming=NAMING: Maker(log, naming)


@pytest.fixture
def filled(log: EventLog) -> EventLog:
    """The log with both stories in generation g1."""
    fill(Maker(log))
    return log


@pytest.fixture(scope="session")
def world_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the pipeline has folded the whole sample world, as it came."""
    folder = tmp_path_factory.mktemp("world")
    home = open_home(folder, NAMING, create=True)
    pipeline, world = home.pipeline(), World.load()
    for tick in range(len(world.ticks)):
        publish(home.log, NAMING, raw_at(world, tick))
        pipeline.run_until_idle()
    home.close()
    return folder


@pytest.fixture
def world(world_home: Path) -> Iterator[EventLog]:
    """The log of that home."""
    with SqliteLog(world_home / "log.sqlite") as own:
        yield own
