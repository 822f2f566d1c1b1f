"""Fixtures: a log with its topics, a journal, and a web site on loopback."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from scrapers_site import NAMING, Desk, Site

from eventlog.base import EventLog, TopicConfig
from eventlog.sqlite import SqliteLog
from schemas.topics import TOPICS


@pytest.fixture
def log(tmp_path: Path) -> Iterator[EventLog]:
    home = tmp_path / "home"
    home.mkdir()
    with SqliteLog(home / "log.sqlite") as own:
        for topic in TOPICS:
            own.create_topic(NAMING.of(topic), TopicConfig(1, topic.cleanup))
        yield own


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as own:
        yield own


@pytest.fixture
def desk(log: EventLog, site: Site, tmp_path: Path) -> Iterator[Desk]:
    own = Desk(log, site, tmp_path / "journal.sqlite")
    yield own
    own.journal.close()
