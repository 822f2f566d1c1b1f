"""A replay in the recorded order gives what live workers gave, in whatever order the articles reached them."""

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from agents.inprocess import Pipeline
from agents.order import by_time, recorded
from agents.partition import Batch
from agents.replaying import replay
from agents.tables import SqliteTables
from eventlog.base import Record
from eventlog.events import entry_of, event_of, read_all, read_partition
from eventlog.sqlite import MEMORY, SqliteLog
from newsfold.wiring import create_topics
from samples.raw import raw_at
from samples.world import World
from schemas.topics import FACTS, LATEST, LOG, RAW, UPDATES, Naming, Topic
from scrapers.publish import publish

PARTITIONS = 4
LIVE, AGAIN = Naming(), Naming(generation="g2")


@pytest.fixture(scope="module", params=[1, 2, 3])
def log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteLog]:
    """A log on which workers have folded the sample world, each when it liked; with repeats in between."""
    chance = random.Random(request.param)
    tables = SqliteTables(tmp_path_factory.mktemp("live") / "state.sqlite")
    with SqliteLog(MEMORY) as made:
        create_topics(made, LIVE, PARTITIONS)
        create_topics(made, AGAIN, PARTITIONS)
        world = World.load()
        for tick in range(len(world.ticks)):
            publish(made, LIVE, raw_at(world, tick))
        repeat_some(made, LIVE.of(RAW), chance)
        live = Pipeline(made, tables, LIVE)
        for _ in range(400):
            chance.choice(live.workers).run(chance.randint(1, 5))
        repeat_some(made, LIVE.of(FACTS), chance)
        live.run_until_idle()
        yield made
    tables.close()


def repeat_some(log: SqliteLog, topic: str, chance: random.Random) -> None:
    """As a worker leaves them that was killed before its offset was committed."""
    for record in chance.sample(list(read_all(log, topic)), 3):
        log.append([entry_of(event_of(record), topic, record.partition)])


def newest(log: SqliteLog, naming: Naming, topic: Topic) -> dict[bytes, tuple[bytes, object]]:
    return {record.key: (record.value, record.headers) for record in read_all(log, naming.of(topic))}


def once(records: Iterator[Record]) -> list[tuple[object, ...]]:
    """The records in order, each event once."""
    seen: dict[bytes, tuple[object, ...]] = {}
    for record in records:
        seen.setdefault(dict(record.headers)["ce_id"], (record.partition, record.key, record.value, record.headers))
    return list(seen.values())


def test_the_recorded_order_gives_the_same_bytes(log: SqliteLog, tmp_path: Path):
    tables = SqliteTables(tmp_path / "again.sqlite")
    order = list(recorded(log, LIVE))
    replay(Pipeline(log, tables, AGAIN, batch=7), order)
    tables.close()
    for topic in (FACTS, LOG, UPDATES):
        assert once(read_all(log, AGAIN.of(topic))) == once(read_all(log, LIVE.of(topic))), topic.name
    assert newest(log, AGAIN, LATEST) == newest(log, LIVE, LATEST)


def test_every_raw_record_is_taken_once(log: SqliteLog):
    for order in (recorded(log, LIVE), by_time(log, LIVE)):
        taken = list(order)
        assert {at: taken.count(at) for at in set(taken)} == {
            at: end for at, end in log.end_offsets(LIVE.of(RAW)).items() if end
        }


class BrokenOff(Exception):
    """Power cut, Ctrl-C, or whatever it may be."""


def test_a_replay_that_was_broken_off_is_gone_on_with(log: SqliteLog, tmp_path: Path):
    naming = Naming(generation="broken-off")
    create_topics(log, naming, PARTITIONS)

    def run(batches: int) -> None:
        left = iter(range(batches))

        def hear(_batch: Batch) -> None:
            if next(left, None) is None:
                raise BrokenOff

        tables = SqliteTables(tmp_path / "broken-off.sqlite")
        try:
            replay(Pipeline(log, tables, naming, batch=3), recorded(log, LIVE), hear)
        finally:
            tables.close()

    for batches in (0, 1, 2, 3, 10, 20):
        with pytest.raises(BrokenOff):
            run(batches)
    run(10_000)
    assert once(read_all(log, naming.of(FACTS))) == once(read_all(log, LIVE.of(FACTS)))
    assert newest(log, naming, LATEST) == newest(log, LIVE, LATEST)


def test_by_time_the_articles_come_as_they_were_fetched(log: SqliteLog):
    queues = {at: iter(list(read_partition(log, LIVE.of(RAW), at, 0, 10_000))) for at in range(PARTITIONS)}
    times = [getattr(event_of(next(queues[at])).data, "fetched_at", None) for at in by_time(log, LIVE)]
    known = [time for time in times if time is not None]
    late = sum(one > two for one, two in pairwise(known))
    assert len(known) > 40
    assert late <= 6, "only what was repeated may come late"
