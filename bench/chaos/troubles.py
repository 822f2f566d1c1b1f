"""What is done to a run, and when: a list made by chance, the same for the same seed."""

import random
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from bench.chaos.workers import Workers
from newsfold.broker import Broker

LONGEST_WAIT = 2.0
"""Seconds between two troubles at most, where they do not wait for work."""
AT_ONCE = 0.2
"""Share of troubles that do not wait for work: some workers die while they start or restore their state."""
MOST_WRITTEN = 80
"""Records that are written at most before the next trouble."""
PATIENCE = 180.0


class Plan(NamedTuple):
    """How many of each, in one round."""

    articles: int = 2000
    workers: int = 1
    worker_kills: int = 20
    broker_kills: int = 3
    pauses: int = 0
    wipes: int = 0
    adds: int = 0
    session: float = 6.0
    outage: float = 3.0
    """Seconds that a broker is away each time."""

    def line(self) -> str:
        """For example `2,000 articles, 1 worker, 20 worker kills`; what there is none of is left out."""
        named = {name.replace("_", " "): count for name, count in self._asdict().items() if isinstance(count, int)}
        return ", ".join(f"{count:,} {name[:-1] if count == 1 else name}" for name, count in named.items() if count)


class Troubles:
    """Does what the plan says to workers and broker."""

    def __init__(
        self,
        plan: Plan,
        workers: Workers,
        broker: Broker,
        chance: random.Random,
        start_again: Callable[[Broker], Broker],
    ) -> None:
        """`start_again` gives a broker that answers, on folder and port of one that was killed."""
        self._plan, self._workers, self._chance, self._start_again = plan, workers, chance, start_again
        self.broker = broker
        doings: list[tuple[Callable[[], None], int]] = [
            (self._kill, plan.worker_kills),
            (self._kill_broker, plan.broker_kills),
            (self._pause, plan.pauses),
            (self._wipe, plan.wipes),
            (self._add, plan.adds),
        ]
        self._list = [doing for doing, count in doings for _ in range(count)]
        chance.shuffle(self._list)
        self.while_working = 0
        """Troubles that came while records waited."""

    def line(self) -> str:
        """For example `21 of 23 while records waited`."""
        return f"{self.while_working} of {len(self._list)} while records waited"

    def run(self, allow: Callable[[float], None], written: Callable[[], int], waiting: Callable[[], int]) -> None:
        """One after the other, each after some work.

        `allow` is told which share has begun; `written` counts records that stages made, `waiting` what they and the
        publisher have still to do.
        """
        for number, trouble in enumerate(self._list):
            allow((number + 1) / (len(self._list) + 1))
            if self._chance.random() > AT_ONCE:
                enough = written() + self._chance.randint(1, MOST_WRITTEN)
                self._workers.until(partial(_reached, written, enough, waiting), "nothing was written", PATIENCE)
            self._let_pass(self._chance.uniform(0, LONGEST_WAIT))
            self.while_working += waiting() > 0
            trouble()
        self._let_pass(0)

    def _let_pass(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        self._workers.until(lambda: time.monotonic() >= until and bool(self._workers.awake), "all sleep", PATIENCE)

    def _one(self) -> str:
        return self._chance.choice(self._workers.awake)

    def _kill(self) -> None:
        self._workers.kill(self._one())

    def _wipe(self) -> None:
        self._workers.wipe(self._one())

    def _pause(self) -> None:
        self._workers.pause(self._one(), self._plan.session + self._chance.uniform(1, 4))

    def _add(self) -> None:
        self._workers.add(f"w{len(self._workers.names) + 1}")

    def _kill_broker(self) -> None:
        self.broker.kill()
        until = time.monotonic() + self._plan.outage
        self._workers.until(lambda: time.monotonic() >= until, "time stands still", PATIENCE)
        self.broker = self._start_again(self.broker)


def _reached(written: Callable[[], int], enough: int, waiting: Callable[[], int]) -> bool:
    """Whether so many are written, or no more can come: what is allowed may be too few."""
    return written() >= enough or not waiting()
