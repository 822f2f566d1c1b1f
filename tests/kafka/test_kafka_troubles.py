"""When troubles come: after some work where there is work, and never later than its end."""

import random
from collections.abc import Callable
from itertools import count

import pytest

from bench.chaos import troubles
from bench.chaos.troubles import Plan, Troubles


class Crew:
    """Workers of which only the names are known; what is waited for is looked at so often."""

    def __init__(self, looks: int) -> None:
        self.names: list[str] = ["w0"]
        self.awake = self.names
        self._looks = looks

    def add(self, name: str) -> None:
        self.names.append(name)

    def until(self, holds: Callable[[], bool], what: str, _seconds: float) -> None:
        assert any(holds() for _ in range(self._looks)), what


def run(crew: Crew, written: Callable[[], int], waiting: Callable[[], int]) -> list[str]:
    plan = Plan(worker_kills=0, broker_kills=0, adds=9)
    Troubles(plan, crew, None, random.Random(1), lambda broker: broker).run(lambda _: None, written, waiting)  # type: ignore[arg-type]
    return crew.names


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(troubles, "LONGEST_WAIT", 0.0)


def test_troubles_come_after_some_work() -> None:
    assert len(run(Crew(looks=troubles.MOST_WRITTEN + 1), count().__next__, lambda: 1)) == 10


def test_troubles_do_not_wait_for_what_cannot_come() -> None:
    assert len(run(Crew(looks=1), lambda: 746, lambda: 0)) == 10


def test_workers_that_write_nothing_while_records_wait_are_told() -> None:
    with pytest.raises(AssertionError, match="nothing was written"):
        run(Crew(looks=5), lambda: 746, lambda: 1)
