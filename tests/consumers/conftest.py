"""Fixtures: a log, and one with two hand-made stories in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from consumers_handmade import NAMING, Maker, fill

from eventlog.base import EventLog
from eventlog.sqlite import SqliteLog


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
