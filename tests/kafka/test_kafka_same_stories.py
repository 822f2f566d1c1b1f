"""However many workers fold it, what stands on Kafka is what one calm process makes of the same facts."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from kafka_run import Run

from agents.inprocess import Pipeline
from agents.tables import SqliteTables
from bench.chaos.ledger import Ledger, content, read_ledger
from eventlog.sqlite import MEMORY, SqliteLog
from newsfold.wiring import create_topics
from samples.raw import raw_at
from samples.stream import stream
from samples.world import World
from schemas.topics import CLEAN, FACTS, RAW
from scrapers.files import read_inputs
from scrapers.ordering import ordered
from scrapers.publish import Publishable, publish

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
ARTICLES = 120


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_any_number_of_workers(run: Run, workers: int):
    run.publish(stream(ARTICLES, seed=workers))
    for number in range(workers):
        run.workers.add(f"w{number}")
    run.until_idle()
    assert run.check().violations == []


def test_the_sample_world(run: Run):
    world = World.load()
    compare(run, [item for tick in range(len(world.ticks)) for item in raw_at(world, tick)])


@pytest.mark.skipif(not SEEDS.exists(), reason="the five articles are not here")
def test_the_five_articles(run: Run):
    now = datetime.now(UTC)
    compare(run, list(ordered(read_inputs([SEEDS], now=now), now=now)))


def compare(run: Run, items: list[Publishable]) -> None:
    run.publish(items)
    run.workers.add("w")
    run.until_idle()
    assert run.check().violations == []
    on_kafka, calm = run.ledger(), in_process(run, items)
    for topic in (RAW, CLEAN, FACTS):
        assert {name: content(record) for name, record in on_kafka.once(topic).items()} == {
            name: content(record) for name, record in calm.once(topic).items()
        }


def in_process(run: Run, items: list[Publishable]) -> Ledger:
    """All stages over the same raw articles on the embedded log."""
    with SqliteLog(MEMORY) as log:
        create_topics(log, run.naming, RAW.partitions)
        publish(log, run.naming, items)
        tables = SqliteTables(Path(MEMORY))
        Pipeline(log, tables, run.naming).run_until_idle()
        tables.close()
        return read_ledger(log, run.naming)
