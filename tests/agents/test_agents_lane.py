"""A lane: outputs at once, what they came from durable soon after, and never the other way round."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import agents.faust_runtime.lane
from agents.faust_runtime.lane import Lane
from agents.handover import Handover
from agents.partition import StagePartition
from agents.tables import SqliteTables
from agents.topology import Stage, stateless
from eventlog.base import Entry, Record
from eventlog.events import entry_of
from schemas.articles import Gone
from schemas.events import Event, derive
from schemas.topics import CLEAN, RAW, Naming
from scrapers.publish import gone_event

NAMING = Naming()
PATIENCE = 20.0


def copy(_state: Any, event: Event) -> list[Event]:
    return [derive(event, event.data, key=event.key, subject=event.subject)]


def record(offset: int) -> Record:
    gone = Gone(article_id=f"a{offset}", source="quay.example", input_id=f"i{offset}")
    entry = entry_of(gone_event(gone), NAMING.of(RAW))
    return Record(entry.topic, 0, offset, entry.key, entry.value, entry.headers, 0)


class Rig:
    """A lane whose outputs are acknowledged when the test says so; `done` is what happened, in order."""

    def __init__(self, folder: Path, limit: int = 100) -> None:
        self.done: list[str] = []
        self.failed: list[BaseException] = []
        self.acknowledged: list[asyncio.Future[object]] = []
        self.at_once = True
        stage = Stage("copy", RAW, (CLEAN,), stateless, copy)
        table = SqliteTables(folder / "state.sqlite").open("copy", 0)
        self.work = StagePartition(stage, 0, table, NAMING, lambda _: (), Handover(()))
        self.lane = Lane(self.work, self, self.turn, self.send, lambda _: None, self.failed.append, limit)  # type: ignore[arg-type]

    async def turn(self, work: Callable[[], Any]) -> Any:
        return work()

    def send(self, entries: Sequence[Entry]) -> Awaitable[object]:
        self.done += ["sent"] * len(entries)
        self.acknowledged.append(asyncio.get_running_loop().create_future())
        if self.at_once:
            self.acknowledged[-1].set_result(None)
        return self.acknowledged[-1]

    async def flush(self) -> None:
        if self.work.position > self.lane.durable:  # a batch whose time was over at once is none
            self.done.append(f"durable {self.work.position}")

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await asyncio.sleep(0.001)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time stands still for lanes: a batch ends by its limit or with its lane, and by nothing else."""
    monkeypatch.setattr(agents.faust_runtime.lane, "time", SimpleNamespace(monotonic=lambda: 0.0))
    monkeypatch.setattr(agents.faust_runtime.lane, "BATCH_SECONDS", PATIENCE * 10)


async def test_nothing_is_durable_before_its_outputs_are_acknowledged(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(agents.faust_runtime.lane, "BATCH_SECONDS", 0.01)
    rig = Rig(tmp_path)
    rig.at_once = False
    await rig.lane.put(record(0))
    await rig.until(lambda: rig.done == ["sent"])
    await asyncio.sleep(0.05)
    assert rig.done == ["sent"]
    assert rig.lane.durable == 0
    rig.acknowledged[0].set_result(None)
    await rig.until(lambda: rig.lane.durable == 1)
    assert rig.done == ["sent", "durable 1"]


@pytest.mark.usefixtures("still")
async def test_what_comes_while_a_batch_is_open_is_sent_at_once_and_made_durable_with_it(tmp_path: Path):
    rig = Rig(tmp_path)
    for offset in range(3):
        await rig.lane.put(record(offset))
        await rig.until(lambda: len(rig.done) > offset)  # noqa: B023 - it is asked at once
    await rig.lane.close()
    assert rig.done == ["sent", "sent", "sent", "durable 3"]


async def test_a_batch_ends_when_its_time_is_over(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(agents.faust_runtime.lane, "BATCH_SECONDS", 0.01)
    rig = Rig(tmp_path)
    for offset in range(2):
        await rig.lane.put(record(offset))
        await rig.until(lambda: rig.lane.durable == offset + 1)  # noqa: B023 - it is asked at once
    assert rig.done == ["sent", "durable 1", "sent", "durable 2"]


@pytest.mark.usefixtures("still")
async def test_a_batch_takes_no_more_than_its_limit(tmp_path: Path):
    rig = Rig(tmp_path, limit=2)
    for offset in range(5):  # the last one ends the batch before it
        await rig.lane.put(record(offset))
    await rig.until(lambda: rig.lane.durable == 4)
    assert [done for done in rig.done if done != "sent"] == ["durable 2", "durable 4"]


@pytest.mark.usefixtures("still")
async def test_a_lane_that_is_closed_finishes_what_it_took_and_leaves_the_rest(tmp_path: Path):
    rig = Rig(tmp_path)
    await rig.lane.put(record(0))
    await rig.until(lambda: rig.done == ["sent"])
    async with asyncio.timeout(PATIENCE):
        await rig.lane.close()
    assert rig.done == ["sent", "durable 1"]
    await rig.lane.put(record(1))
    await asyncio.sleep(0.05)
    assert rig.done == ["sent", "durable 1"]


async def test_who_waits_for_room_is_let_go_when_the_lane_is_closed(tmp_path: Path):
    rig = Rig(tmp_path, limit=1)
    rig.at_once = False
    for offset in range(3):  # one is taken and waits for its acknowledgement, two wait
        await rig.lane.put(record(offset))
        await rig.until(lambda: rig.done == ["sent"])
    waits = asyncio.create_task(rig.lane.put(record(3)))
    await asyncio.sleep(0.05)
    assert not waits.done()
    closing = asyncio.create_task(rig.lane.close())
    async with asyncio.timeout(PATIENCE):
        await waits
        rig.acknowledged[0].set_result(None)
        await closing


async def test_a_failed_output_ends_the_lane_with_nothing_durable(tmp_path: Path):
    rig = Rig(tmp_path)
    rig.at_once = False
    await rig.lane.put(record(0))
    await rig.until(lambda: rig.done == ["sent"])
    rig.acknowledged[0].set_exception(ConnectionError("no broker"))
    await rig.until(lambda: bool(rig.failed))
    assert isinstance(rig.failed[0], ConnectionError)
    assert rig.lane.durable == 0


@pytest.mark.parametrize("missing", [1, 5])
async def test_records_that_are_missing_end_the_lane(tmp_path: Path, missing: int):
    rig = Rig(tmp_path)
    await rig.lane.put(record(missing))
    await rig.until(lambda: bool(rig.failed))
    assert "where 0 was due" in str(rig.failed[0])
