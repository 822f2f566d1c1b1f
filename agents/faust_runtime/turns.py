"""The thread in which all steps of a process run, one at a time: those of later stages first.

Kafka's clients live in the loop, and an article needs many turns of it from one stage to the next. Where steps ran in
the loop, each turn waited for a step of every lane that had work; an article behind a few others took seconds. And
what is nearly done is finished before more is begun, so that a burst at the start does not hold up its own end.
"""

import sys
import threading
from asyncio import wrap_future
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, NamedTuple, TypeVar

_T = TypeVar("_T")

FAIR_EVERY = 8
"""Each so manyth turn goes to who has waited longest, so that no stage ever stands still."""
SWITCH_SECONDS = 0.001
"""So long the loop waits for Python's lock while a step runs; Python's own 5 ms add up over the turns of a hop."""


class _Turn(NamedTuple):
    """What waits: `rank` is that of its stage, the later the higher; `number` counts all that ever waited."""

    rank: int
    number: int
    work: Callable[[], Any]
    done: "Future[Any]"


class Turns:
    """One thread, which ends with the process. Any loop may give it work."""

    def __init__(self) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        self._waiting: list[_Turn] = []
        self._something = threading.Condition()
        self._given = self._taken = 0
        threading.Thread(target=self._run, name="steps", daemon=True).start()

    @property
    def crowded(self) -> bool:
        """Whether work waits for its turn."""
        return bool(self._waiting)

    async def run(self, rank: int, work: Callable[[], _T]) -> _T:
        """What `work` gives or raises, once it has had its turn."""
        done: Future[_T] = Future()
        with self._something:
            self._given += 1
            self._waiting.append(_Turn(rank, self._given, work, done))
            self._something.notify()
        return await wrap_future(done)

    def _run(self) -> None:
        while True:
            turn = self._next()
            if turn.done.set_running_or_notify_cancel():
                _take(turn)

    def _next(self) -> _Turn:
        with self._something:
            self._something.wait_for(lambda: self._waiting)
            self._taken += 1
            fair = self._taken % FAIR_EVERY == 0
            turn = min(self._waiting, key=lambda one: (0 if fair else -one.rank, one.number))
            self._waiting.remove(turn)
        return turn


def _take(turn: _Turn) -> None:
    try:
        result = turn.work()
    except BaseException as reason:  # whatever it is, it is for who gave the work
        turn.done.set_exception(reason)
    else:
        turn.done.set_result(result)
