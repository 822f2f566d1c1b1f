"""What a stage cannot process is known by the name that its input came in with, whatever the topic is keyed by."""

from pathlib import Path

import pytest

from agents.inprocess import Pipeline
from agents.tables import SqliteTables
from agents.topology import Stage, stateless
from eventlog.base import Entry
from eventlog.events import entry_of, event_of, read_all
from eventlog.sqlite import MEMORY, SqliteLog
from newsfold.wiring import create_topics
from schemas.articles import Facts, Gone
from schemas.base import Model
from schemas.errors import Quarantine
from schemas.events import Event
from schemas.quarantine import Quarantined
from schemas.stories import Opened
from schemas.topics import FACTS, LOG, QUARANTINE, UPDATES, Naming, Topic

NAMING = Naming()
NAMED = {"article_id": "a1", "source": "quay.example", "input_id": "ferry-01"}
FERRY = Facts(**NAMED, text="", digest="d", sentences=())


def refuse(_view: object, event: Event) -> list[Event]:
    raise Quarantine(f"{event.subject} will not do")


def rejected(source: Topic, entry: Entry, folder: Path) -> Quarantined:
    with SqliteLog(MEMORY) as log:
        create_topics(log, NAMING)
        log.append([entry])
        tables = SqliteTables(folder / "state.sqlite")
        stage = Stage("refuse", source, (UPDATES,), stateless, refuse)
        Pipeline(log, tables, NAMING, stages=[stage]).run_until_idle()
        tables.close()
        (record,) = read_all(log, NAMING.of(QUARANTINE))
        data = event_of(record).data
        assert isinstance(data, Quarantined)
        return data


@pytest.mark.parametrize(
    ("topic", "data", "key"),
    [(FACTS, FERRY, "en"), (FACTS, Gone(**NAMED), "en"), (LOG, Opened(story_id="s1", version=1, facts=FERRY), "s1")],
)
def test_an_article_keeps_its_name_at_every_stage(topic: Topic, data: Model, key: str, tmp_path: Path):
    event = Event(id="e1", key=key, subject="subject", data=data)
    found = rejected(topic, entry_of(event, NAMING.of(topic)), tmp_path)
    assert (found.input_id, found.source, found.reason) == ("ferry-01", "quay.example", "subject will not do")


def test_a_record_that_is_no_event_is_known_by_its_place(tmp_path: Path):
    found = rejected(FACTS, Entry(NAMING.of(FACTS), b"key", b"junk", ()), tmp_path)
    assert (found.input_id, found.source) == ("newsfold.articles.facts.g1/0/0", "key")
