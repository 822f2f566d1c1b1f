"""The watchdog lets a stage be slow, and does not let it stand still."""

import pytest
from faust.types import TP

from agents.faust_runtime.watchdog import Stalled, Watchdog

AT = TP("newsfold.articles.raw", 3)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watchdog(clock: Clock) -> Watchdog:
    return Watchdog("clean", patience=60, clock=clock)


def test_a_stage_that_moves_is_left_alone(watchdog: Watchdog, clock: Clock):
    for position in range(100):
        watchdog.see({AT: position}, {AT: 1000})
        clock.now += 50


def test_a_stage_at_its_end_may_wait_for_ever(watchdog: Watchdog, clock: Clock):
    for _ in range(3):
        watchdog.see({AT: 10}, {AT: 10})
        clock.now += 1e6


def test_a_stage_that_stands_still_before_its_end_is_ended(watchdog: Watchdog, clock: Clock):
    watchdog.see({AT: 10}, {AT: 10})
    clock.now += 1000
    watchdog.see({AT: 10}, {AT: 12})
    clock.now += 59
    watchdog.see({AT: 10}, {AT: 14})
    clock.now += 2
    with pytest.raises(Stalled, match=r"clean does not get past offset 10 of \S+articles\.raw/3, 4 before its end"):
        watchdog.see({AT: 10}, {AT: 14})


def test_a_load_may_take_long_but_not_stop(watchdog: Watchdog, clock: Clock):
    for loaded in range(0, 1000, 100):
        watchdog.see_loading(loaded)
        clock.now += 50
    watchdog.see_loading(900)
    clock.now += 61
    with pytest.raises(Stalled, match="cannot load its state: it stands at 900 records"):
        watchdog.see_loading(900)


def test_contact_may_be_lost_for_a_while(watchdog: Watchdog, clock: Clock):
    for problem in ("no broker", None, "no broker"):
        watchdog.see_contact(problem)
        clock.now += 50
    watchdog.see_contact("no broker")
    clock.now += 11
    with pytest.raises(Stalled, match="clean: no broker; this has been so for 61 s"):
        watchdog.see_contact("no broker")
