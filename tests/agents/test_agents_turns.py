"""Whose turn it is: later stages first, nobody for ever last."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from agents.faust_runtime.turns import FAIR_EVERY, Turns


class Held:
    """Turns whose thread is busy until `go`: what is given meanwhile has to wait."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.taken: list[str] = []
        self.go = threading.Event()

    async def start(self) -> None:
        begun = threading.Event()

        def hold() -> None:
            begun.set()
            self.go.wait(10)

        self.first = asyncio.create_task(self.turns.run(0, hold))
        await asyncio.to_thread(begun.wait, 10)

    def give(self, rank: int, name: str) -> "asyncio.Task[None]":
        return asyncio.create_task(self.turns.run(rank, self._noting(name)))

    def _noting(self, name: str) -> Callable[[], None]:
        return lambda: self.taken.append(name)


async def test_later_stages_come_first_and_equals_in_their_order() -> None:
    held = Held()
    await held.start()
    given = [held.give(rank, name) for rank, name in ((0, "clean"), (3, "fold 1"), (1, "extract"), (3, "fold 2"))]
    await asyncio.sleep(0)
    held.go.set()
    await asyncio.gather(*given)
    assert held.taken == ["fold 1", "fold 2", "extract", "clean"]


async def test_a_stage_whose_successors_are_always_busy_still_has_its_turn() -> None:
    held = Held()
    await held.start()
    given = [held.give(0, "clean"), *(held.give(3, "fold") for _ in range(3 * FAIR_EVERY))]
    await asyncio.sleep(0)
    held.go.set()
    await asyncio.gather(*given)
    assert held.taken.index("clean") < FAIR_EVERY


async def test_an_error_is_for_who_gave_the_work_and_for_nobody_else() -> None:
    turns = Turns()

    def fail() -> None:
        raise LookupError("broken")

    with pytest.raises(LookupError, match="broken"):
        await turns.run(0, fail)
    assert await turns.run(0, lambda: 7) == 7


async def test_work_that_was_given_up_before_its_turn_is_left_out() -> None:
    held = Held()
    await held.start()
    given = held.give(0, "given up")
    await asyncio.sleep(0)
    given.cancel()
    await asyncio.sleep(0)
    held.go.set()
    await held.turns.run(0, lambda: None)
    assert held.taken == []


async def test_it_is_crowded_only_while_work_waits_for_its_turn() -> None:
    held = Held()
    await held.start()
    assert not held.turns.crowded
    given = held.give(0, "clean")
    await asyncio.sleep(0)
    assert held.turns.crowded
    held.go.set()
    await given
    assert not held.turns.crowded
