"""What a look at a log found: plain values, for the terminal and for machines."""

from schemas.base import Model
from schemas.topics import Cleanup


class TopicCheck(Model):
    """A topic as it stands."""

    name: str
    partitions: int
    kept: Cleanup
    records: int
    """End minus first offset of all partitions: where older versions of a key are removed, there are fewer."""


class PartitionCheck(Model):
    """How far a stage is in one partition of its source. All but the seconds are offsets or counts of records."""

    partition: int
    first: int
    """Offset of the first record that is still there; the end if there is none."""
    committed: int | None
    """Offset of the next record to be taken; `None` if the stage never took one."""
    end: int
    oldest_seconds: float | None = None
    """Age of the first record that waits; `None` if none does."""

    @property
    def place(self) -> int:
        """Where the stage goes on."""
        return self.committed or 0

    @property
    def waiting(self) -> int:
        """Records that wait."""
        return max(0, self.end - max(self.place, self.first))


class StageCheck(Model):
    """How far a stage is in its source."""

    stage: str
    group: str
    source: str
    waiting: int
    oldest_seconds: float | None
    partitions: tuple[PartitionCheck, ...]

    @property
    def ran(self) -> bool:
        """Whether it ever took a record."""
        return any(own.committed is not None for own in self.partitions)


class Refused(Model):
    """How many inputs were quarantined at a stage for a reason."""

    stage: str
    reason: str
    count: int


class Checkup(Model):
    """All of it. `problems` are sentences; nothing is wrong if there are none."""

    log: str
    """The file, or the servers."""
    generation: str
    generations: tuple[str, ...] = ()
    """All that are on the log."""
    topics: tuple[TopicCheck, ...] = ()
    stages: tuple[StageCheck, ...] = ()
    quarantine: tuple[Refused, ...] = ()
    """The most frequent first."""
    problems: tuple[str, ...] = ()


def lasting(seconds: float) -> str:
    """`8 s`, `3 min`, `5 h` or `2 days`, rounded down."""
    for size, unit in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size or (unit == "min" and seconds >= size):
            return f"{seconds // size:,.0f} {unit}"
    return f"{seconds:.0f} s"
