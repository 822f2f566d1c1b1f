"""What one stage does with the records of one partition, whatever runtime brings them."""

from pathlib import Path

import pytest

import agents.partition
from agents.handover import Handover
from agents.partition import StagePartition
from agents.tables import SqliteTables
from agents.topology import Stage, stateless
from eventlog.base import Record
from eventlog.events import entry_of
from schemas.articles import Facts
from schemas.errors import OffsetGap
from schemas.events import Event, derive
from schemas.quarantine import Quarantined
from schemas.stage import State
from schemas.stories import Opened
from schemas.topics import FACTS, LOG, Naming

NAMING = Naming()


def open_stories(_state: State, event: Event) -> list[Event]:
    """A stage that makes a story of each article."""
    assert isinstance(event.data, Facts)
    opened = Opened(story_id=event.data.article_id, version=1, facts=event.data)
    return [derive(event, opened, key=opened.story_id, subject=opened.story_id)]


def record(offset: int, text: str = "", value: bytes | None = None) -> Record:
    facts = Facts(
        article_id=f"a{offset}", source="quay.example", input_id=f"i{offset}", text=text, digest="d", sentences=()
    )
    entry = entry_of(Event(f"e{offset}", "en", facts.article_id, facts), NAMING.of(FACTS))
    return Record(entry.topic, 0, offset, entry.key, entry.value if value is None else value, entry.headers, 0)


def opened(folder: Path, *, accept_gap: bool = False) -> StagePartition:
    table = SqliteTables(folder / "state.sqlite").open("assign", 0)
    stage = Stage("assign", FACTS, (LOG,), stateless, open_stories)
    return StagePartition(stage, 0, table, NAMING, lambda _: (), Handover(()), accept_gap=accept_gap)


def reasons(events: tuple[Event, ...]) -> list[str]:
    return [event.data.reason for event in events if isinstance(event.data, Quarantined)]


def test_what_was_taken_is_skipped_before_and_after_it_is_written(tmp_path: Path):
    work = opened(tmp_path)
    assert work.take([record(0), record(1)]).handled == 2
    assert work.take([record(0), record(1), record(2)])[2:5] == (1, 0, 2)
    work.write()
    again = opened(tmp_path)
    assert again.position == 3
    assert again.take([record(2)]).skipped == 1


def test_what_was_not_written_is_taken_again_and_gives_the_same(tmp_path: Path):
    first = opened(tmp_path).take([record(0), record(1)])
    assert opened(tmp_path).take([record(0), record(1)]).entries == first.entries


def test_a_gap_ends_the_stage_and_the_message_says_how_to_go_on(tmp_path: Path):
    with pytest.raises(OffsetGap, match=r"articles\.facts\.g1/0: offset 4 where 0 was due.*--accept-gap"):
        opened(tmp_path).take([record(4)])


def test_an_accepted_gap_is_noted_and_gone_over(tmp_path: Path):
    work = opened(tmp_path, accept_gap=True)
    batch = work.take([record(4)])
    assert (batch.handled, batch.quarantined, work.position) == (1, 0, 5)
    (noted,) = [event.data for event in batch.outputs if isinstance(event.data, Quarantined)]
    assert noted.input_id == "newsfold.articles.facts.g1/0/0-3"
    assert "4 records were cleaned away" in noted.reason


def test_an_output_that_no_log_can_hold_is_the_fault_of_its_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(agents.partition, "RECORD_LIMIT", 20_000)
    work = opened(tmp_path)
    batch = work.take([record(0), record(1, text="x" * 30_000), record(2)])
    assert (batch.handled, batch.quarantined) == (2, 1)
    (reason,) = reasons(batch.outputs)
    assert "newsfold.story.opened of 30," in reason
    assert "the log holds 20,000" in reason


def test_a_quarantined_record_leaves_room_for_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("agents.quarantining.ROOM", 10)
    batch = opened(tmp_path).take([record(0, value=b"no event of ours")])
    (kept,) = [event.data for event in batch.outputs if isinstance(event.data, Quarantined)]
    assert (kept.body, kept.truncated) == (b"no event o", 6)
