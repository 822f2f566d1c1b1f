"""How far each stage is behind its source."""

import threading
from collections.abc import Iterator
from typing import NamedTuple

from agents.topology import STAGES, Stage
from eventlog.base import EventLog
from schemas.topics import Naming

IDLE_LOOKS = 3
LOOK_SECONDS = 0.5


class Lag(NamedTuple):
    """One partition of the source of a stage."""

    stage: str
    topic: str
    partition: int
    committed: int | None
    """Offset of the next record to be taken; `None` if the stage never took one."""
    end: int

    @property
    def records(self) -> int:
        """Records that wait."""
        return max(0, self.end - (self.committed or 0))


def lags(log: EventLog, naming: Naming) -> Iterator[Lag]:
    """All partitions of all stages, in the order of the topology."""
    for stage in STAGES:
        yield from lags_of(log, naming, stage)


def lags_of(log: EventLog, naming: Naming, stage: Stage) -> Iterator[Lag]:
    """All partitions of one stage. Raises `UsageError` if its source is missing."""
    topic = naming.of(stage.source)
    committed = log.committed(naming.group(stage.name), topic)  # before the ends, which a running stage follows
    for partition, end in sorted(log.end_offsets(topic).items()):
        yield Lag(stage.name, topic, partition, committed.get(partition), end)


def set_when_idle(log: EventLog, naming: Naming, stop: threading.Event) -> None:
    """Sets the event when no stage has been behind for some looks: what one stage makes is the next one's work."""
    quiet = 0
    while quiet < IDLE_LOOKS and not stop.wait(LOOK_SECONDS):
        behind = any(lag.records for lag in lags(log, naming))
        quiet = 0 if behind else quiet + 1
    stop.set()
