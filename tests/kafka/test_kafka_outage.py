"""An outage longer than their patience: the scraper reads on, subscribers wait, and in the end all have all."""

import threading
import tomllib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC
from pathlib import Path

from kafka_run import new_run

from consumers.subscribe import Subscription
from eventlog.base import EventLog
from eventlog.cluster import Cluster
from eventlog.events import event_of, read_all
from eventlog.kafka import KafkaLog
from eventlog.sqlite import MEMORY, SqliteLog
from newsfold.broker import Broker
from newsfold.wiring import create_topics
from samples.server import SampleServer, sources_toml
from schemas.errors import Fatal
from schemas.events import Event
from schemas.topics import RAW, UPDATES, Naming
from scrapers.live import Journal, SourcesConfig, scrape

FIRST, LAST = 2, 4
"""Looks at the feeds between which the broker is away."""


async def look(server: SampleServer, log: EventLog, naming: Naming, journal: Journal) -> int:
    """One poll of all feeds; how many articles wait for the log afterwards."""
    config = SourcesConfig.model_validate(tomllib.loads(sources_toml(server)))
    tally = await scrape(config, log, naming, journal=journal, once=True, clock=lambda: server.now.astimezone(UTC))
    return tally.waiting


def published(log: EventLog, naming: Naming) -> dict[str, list[Event]]:
    """What was published, by source and in order."""
    by_source: dict[str, list[Event]] = {}
    for event in map(event_of, read_all(log, naming.of(RAW))):
        by_source.setdefault(event.key, []).append(event)
    return by_source


def hear(log: EventLog, naming: Naming) -> list[tuple[str, int]]:
    """What an endless subscription gives, until the log is closed."""
    heard: list[tuple[str, int]] = []
    updates = Subscription(log, naming)

    def listen() -> None:
        with suppress(Fatal):  # the log is closed
            heard.extend((update.story_id, update.version) for update in updates)

    threading.Thread(target=listen).start()
    return heard


async def test_an_outage_longer_than_their_patience(own_broker: Callable[..., Broker], tmp_path: Path) -> None:
    broker = own_broker()
    waiting = []
    with (
        new_run(broker.address, tmp_path) as run,
        KafkaLog(Cluster((broker.address,)), patience=1) as hasty,
        SqliteLog(MEMORY) as calm,
        Journal(tmp_path / "journal") as journal,
        Journal(tmp_path / "calm") as calm_journal,
    ):
        create_topics(calm, run.naming)
        run.workers.add("w1")
        heard = hear(hasty, run.naming)
        async with SampleServer() as server:
            more = True
            while more:
                if server.tick == FIRST:
                    run.workers.until(lambda: bool(heard), "nothing is heard")
                    broker.kill()
                if server.tick == LAST:
                    own_broker(again=broker)
                waiting.append(await look(server, hasty, run.naming, journal))
                await look(server, calm, run.naming, calm_journal)
                more = server.advance()
            while waiting[-1]:  # on a crowded machine the broker may answer late
                waiting.append(await look(server, hasty, run.naming, journal))
        run.until_idle()
        assert 0 < waiting[FIRST] < waiting[LAST - 1]
        assert published(hasty, run.naming) == published(calm, run.naming)
        assert run.check().violations == []
        updates = run.ledger().once(UPDATES)
        run.workers.until(lambda: len(heard) >= len(updates), "the subscriber does not get all updates")
        assert len(heard) == len(updates)
