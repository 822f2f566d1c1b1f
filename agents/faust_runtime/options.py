"""What a worker process is told, and whom it tells what happens."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from agents.partition import Batch, History
from eventlog.base import EventLog, Record
from eventlog.cluster import Cluster
from eventlog.events import read_partition
from schemas.topics import Naming

STORE_DAYS = 30
"""So long removals stay on a changelog. A local store that missed one would keep what was removed."""


class WorkerOptions(NamedTuple):
    """One worker process."""

    cluster: Cluster
    naming: Naming
    folder: Path
    """Where the local stores are kept; of this worker alone."""
    name: str
    """Known to the brokers: a worker that comes back under its name gets its partitions back at once."""
    open_log: Callable[[], EventLog]
    batch: int = 200
    """Records that a stage takes at most before it makes them durable."""
    session: float = 30.0
    """Seconds after which the brokers give the partitions of a silent worker to others."""
    patience: float = 60.0
    """Seconds without progress after which the watchdog ends the process."""
    accept_gap: bool = False
    parent: int | None = None
    """The process that would start this one again; when it is gone, this one ends."""

    def history(self, topic: str, partition: int) -> History:
        """Reads what a key's records before one were, from a log that is opened when it is first needed."""

        def read(record: Record) -> list[Record]:
            log = self.open_log()
            try:
                return list(read_partition(log, topic, partition, 0, record.offset, key=record.key))
            finally:
                log.close()

        return read

    @property
    def changelog_configs(self) -> Mapping[str, object]:
        """How the changelogs of the state are kept.

        A record holds two versions of a value, so it may be larger than a record of the log. The newest record of a
        key is kept, and for an hour all others: so long a worker that was paused can write after its successor, and
        who restores has to see both. Removals are kept longer than a local store is used again.
        """
        return {
            "max.message.bytes": 24 * 2**20,
            "min.compaction.lag.ms": 3_600_000,
            "delete.retention.ms": 1000 * STORE_DAYS * 24 * 3600,
            "min.insync.replicas": max(1, self.cluster.replication - 1),
        }


class Hearing(Protocol):
    """Hears what the stages do."""

    def batch(self, batch: Batch) -> None:
        """Records were taken through a stage; they are not durable yet."""

    def loading(self, stage: str, partition: int, records: int) -> None:
        """The state of a partition is being loaded; so many records of it were read."""

    def failed(self, stage: str, reason: BaseException) -> None:
        """A stage cannot go on; the process must end."""
