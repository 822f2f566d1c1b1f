"""The checks of a run are able to fail: each finds what was broken on purpose. No broker is needed for that."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from agents.inprocess import Pipeline
from agents.tables import SqliteTables
from bench.chaos.ledger import Ledger, conflicts, gaps, lost, read_ledger, unpublished
from bench.chaos.replay import differences, replay
from bench.chaos.rounds import check
from consumers.subscribe import Subscription
from eventlog.base import Entry, Record
from eventlog.sqlite import MEMORY, SqliteLog
from newsfold.wiring import create_topics
from samples.stream import stream
from schemas.events import Event
from schemas.topics import CLEAN, FACTS, LATEST, LOG, RAW, UPDATES, Naming, Topic
from scrapers.publish import event_of, publish

NAMING = Naming("ledger.", "g1")
ITEMS = list(stream(120, seed=12))


@pytest.fixture(scope="module")
def log() -> Iterator[SqliteLog]:
    with SqliteLog(MEMORY) as made:
        create_topics(made, NAMING, RAW.partitions)
        publish(made, NAMING, ITEMS)
        tables = SqliteTables(Path(MEMORY))
        Pipeline(made, tables, NAMING).run_until_idle()
        tables.close()
        yield made


@pytest.fixture(scope="module")
def calm(log: SqliteLog) -> Ledger:
    return replay(log, NAMING)


@pytest.fixture
def ledger(log: SqliteLog) -> Ledger:
    return read_ledger(log, NAMING)


def changed(ledger: Ledger, topic: Topic, change: Callable[[list[Record]], Sequence[Record]]) -> Ledger:
    return Ledger({**ledger.records, topic.name: change(list(ledger.of(topic)))})


def without_third(records: list[Record]) -> list[Record]:
    return records[:2] + records[3:]


def test_a_run_without_trouble_passes(log: SqliteLog):
    findings = check(log, NAMING, map(event_of, ITEMS))
    assert findings.violations == []
    assert findings.repeats == 0


@pytest.mark.parametrize("topic", [CLEAN, FACTS, UPDATES])
def test_a_missing_output_is_found(ledger: Ledger, topic: Topic):
    assert len(list(lost(changed(ledger, topic, without_third)))) == 1


def test_a_missing_raw_article_and_a_wrong_order_are_found(ledger: Ledger):
    events: list[Event] = list(map(event_of, ITEMS))
    assert list(unpublished(ledger, events)) == []
    assert len(list(unpublished(changed(ledger, RAW, without_third), events))) == 1
    assert list(unpublished(changed(ledger, RAW, lambda records: records[::-1]), events))


@pytest.mark.parametrize("change", [{"value": b"{}"}, {"headers": None}, {"key": b"other"}])
def test_a_repeat_with_other_bytes_is_found(ledger: Ledger, change: dict[str, object]):
    def repeat(records: list[Record]) -> list[Record]:
        first = records[0]
        other = {**change, "headers": (*first.headers, ("more", b""))} if "headers" in change else change
        return [*records, first._replace(**other)]

    assert changed(ledger, UPDATES, lambda records: [*records, records[0]]).repeats == 1
    assert list(conflicts(changed(ledger, UPDATES, lambda records: [*records, records[0]]))) == []
    assert list(conflicts(changed(ledger, UPDATES, repeat)))


def test_a_key_on_another_partition_is_found(ledger: Ledger):
    def move(records: list[Record]) -> list[Record]:
        return [records[0]._replace(partition=(records[0].partition + 1) % 8), *records[1:]]

    assert len(list(conflicts(changed(ledger, LOG, move)))) == 1


def test_an_update_that_never_comes_is_found(ledger: Ledger):
    with SqliteLog(MEMORY) as other:
        create_topics(other, NAMING, RAW.partitions)
        kept = [record for record in ledger.of(UPDATES) if b'"version":2,' not in record.value]
        other.append([Entry(one.topic, one.key, one.value, one.headers, one.partition) for one in kept])
        assert list(gaps(read_ledger(other, NAMING), Subscription(other, NAMING, follow=False)))


@pytest.mark.parametrize("topic", [LATEST, UPDATES, LOG])
def test_other_stories_than_those_of_the_replay_are_found(ledger: Ledger, calm: Ledger, topic: Topic):
    def alter(records: list[Record]) -> list[Record]:
        return [*records[:-1], records[-1]._replace(value=b"{}")]

    assert list(differences(ledger, calm)) == []
    assert list(differences(changed(ledger, topic, alter), calm))
    assert list(differences(changed(ledger, topic, lambda records: records[:-1]), calm))
