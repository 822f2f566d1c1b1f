"""What one stage made goes to the next as it is, and makes no difference but in time."""

from pathlib import Path

import pytest

import agents.handover
from agents.handover import Handover
from agents.inprocess import Pipeline
from agents.tables import SqliteTables
from eventlog.base import Entry, Record
from eventlog.events import entry_of, read_all
from eventlog.sqlite import MEMORY, SqliteLog
from newsfold.wiring import create_topics
from samples.raw import raw_at
from samples.world import World
from schemas.articles import Gone
from schemas.events import Event
from schemas.topics import CLEAN, TOPICS, UPDATES, Naming
from scrapers.publish import gone_event, publish

NAMING = Naming()
READ = NAMING.of(CLEAN)


def event(name: str) -> Event:
    return gone_event(Gone(article_id=name, source="quay.example", input_id=name))


def record(entry: Entry) -> Record:
    return Record(entry.topic, 0, 0, entry.key, entry.value, entry.headers, 0)


def test_a_record_with_the_same_bytes_is_the_event_that_was_made():
    handover, made = Handover([READ]), event("a1")
    entry = entry_of(made, READ)
    handover.give(entry, made)
    assert handover.take(record(entry)) is made


@pytest.mark.parametrize("field", ["key", "value"])
def test_a_record_that_differs_in_any_byte_is_decoded(field: str):
    handover, made, other = Handover([READ]), event("a1"), event("a2")
    entry = entry_of(made, READ)
    handover.give(entry, made)
    theirs = record(entry)._replace(**{field: {"key": b"other", "value": entry_of(other, READ).value}[field]})
    taken = handover.take(theirs)
    assert taken is not made
    assert taken.key == theirs.key.decode()
    assert taken.data == (other.data if field == "value" else made.data)


def test_what_no_stage_here_reads_is_not_kept():
    handover, made = Handover([READ]), event("a1")
    entry = entry_of(made, NAMING.of(UPDATES))
    handover.give(entry, made)
    assert handover.take(record(entry)) is not made


def test_the_oldest_go_first(monkeypatch: pytest.MonkeyPatch):
    made = [event(f"a{number}") for number in range(3)]
    entries = [entry_of(one, READ) for one in made]
    monkeypatch.setattr(agents.handover, "LIMIT", len(entries[1].value) + len(entries[2].value))
    handover = Handover([READ])
    for entry, one in zip(entries, made, strict=True):
        handover.give(entry, one)
    same = [handover.take(record(entry)) is one for entry, one in zip(entries, made, strict=True)]
    assert same == [False, True, True]


def outcome(folder: Path) -> list[list[tuple[bytes, bytes]]]:
    """All records that the sample world leads to, tick by tick."""
    folder.mkdir()
    world = World.load()
    with SqliteLog(MEMORY) as log:
        create_topics(log, NAMING)
        tables = SqliteTables(folder / "state.sqlite")
        pipeline = Pipeline(log, tables, NAMING)
        for tick in range(len(world.ticks)):
            publish(log, NAMING, raw_at(world, tick))
            pipeline.run_until_idle()
        tables.close()
        return [[(each.key, each.value) for each in read_all(log, NAMING.of(topic))] for topic in TOPICS]


def test_the_sample_world_gives_the_same_bytes_with_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    handed = outcome(tmp_path / "handed")
    monkeypatch.setattr(agents.handover, "LIMIT", 0)
    assert outcome(tmp_path / "decoded") == handed
    assert all(handed[:-1])
