"""The outbox: one batch a partition and round, in order, and nothing behind what was not taken."""

import asyncio
from typing import NamedTuple

import pytest
from aiokafka.producer.message_accumulator import BatchBuilder

import agents.faust_runtime.outbox
from agents.faust_runtime.outbox import Outbox, Place, Sending

HERE, THERE = Place("topic", 0), Place("topic", 1)


class Taken(NamedTuple):
    """What a broker says of a batch."""

    offset: int


class Brokers:
    """A producer whose batches are acknowledged when the test says so; `taken` are the batches, in order."""

    def __init__(self, batch_size: int = 1_000_000) -> None:
        self.batch_size = batch_size
        self.taken: list[tuple[Place, int]] = []
        self.ends = {HERE: 100, THERE: 0}
        self.refused: Exception | None = None
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    def create_batch(self) -> BatchBuilder:
        return BatchBuilder(self.batch_size, 0)

    async def send_batch(self, batch: BatchBuilder, topic: str, *, partition: int) -> "asyncio.Task[Taken]":
        place = Place(topic, partition)
        self.taken.append((place, batch.record_count()))
        first = self.ends[place]
        self.ends[place] += batch.record_count()
        return asyncio.create_task(self._answer(first))

    async def _answer(self, first: int) -> Taken:
        await self.may_answer.wait()
        if self.refused:
            raise self.refused
        return Taken(first)


def sending(place: Place, size: int = 1) -> Sending:
    return Sending(place, b"key", b"v" * size, (("name", b"text"),))


async def started(brokers: Brokers, *, busy: bool = False) -> Outbox:
    outbox = Outbox(brokers, lambda: busy)
    await outbox.start()
    return outbox


async def test_what_is_given_at_once_goes_as_one_batch_a_partition() -> None:
    brokers = Brokers()
    outbox = await started(brokers)
    first = outbox.send([sending(HERE), sending(THERE), sending(HERE)])
    second = outbox.send([sending(HERE)])
    assert await first == await second == {HERE: 102, THERE: 0}
    assert brokers.taken == [(HERE, 3), (THERE, 1)]
    await outbox.stop()


async def test_what_comes_while_a_round_is_under_way_makes_the_next_one() -> None:
    brokers = Brokers()
    brokers.may_answer.clear()
    outbox = await started(brokers)
    first = outbox.send([sending(HERE)])
    await asyncio.sleep(0.01)
    later = [outbox.send([sending(HERE)]) for _ in range(3)]
    await asyncio.sleep(0.01)
    assert brokers.taken == [(HERE, 1)]
    brokers.may_answer.set()
    assert await first == {HERE: 100}
    assert await asyncio.gather(*later) == [{HERE: 103}] * 3
    assert brokers.taken == [(HERE, 1), (HERE, 3)]
    await outbox.stop()


async def test_while_steps_run_a_round_waits_for_what_they_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agents.faust_runtime.outbox, "GATHER_SECONDS", 0.05)
    brokers = Brokers()
    outbox = await started(brokers, busy=True)
    first = outbox.send([sending(HERE)])
    await asyncio.sleep(0.01)
    assert await outbox.send([sending(HERE)]) == await first == {HERE: 101}
    assert brokers.taken == [(HERE, 2)]
    await outbox.stop()


async def test_what_does_not_fit_one_batch_is_sent_in_several_of_the_same_order() -> None:
    brokers = Brokers(batch_size=300)
    outbox = await started(brokers)
    given = [sending(HERE, 60), sending(HERE, 1_000), sending(HERE, 60), sending(HERE, 60)]
    assert await outbox.send(given) == {HERE: 103}
    assert brokers.taken == [(HERE, 1), (HERE, 1), (HERE, 2)]
    await outbox.stop()


async def test_nothing_follows_what_was_refused() -> None:
    brokers = Brokers()
    outbox = await started(brokers)
    brokers.refused = ConnectionError("no broker")
    with pytest.raises(ConnectionError):
        await outbox.send([sending(HERE)])
    brokers.refused = None
    with pytest.raises(ConnectionError):
        await outbox.send([sending(THERE)])
    assert brokers.taken == [(HERE, 1)]
    await outbox.stop()


async def test_who_gives_up_waiting_takes_nothing_from_the_others() -> None:
    brokers = Brokers()
    brokers.may_answer.clear()
    outbox = await started(brokers)
    impatient, patient = outbox.send([sending(HERE)]), outbox.send([sending(HERE)])
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(impatient, 0.01)
    brokers.may_answer.set()
    assert await patient == {HERE: 101}
    await outbox.stop()
