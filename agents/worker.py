"""A stage over a partition of its source on any log, in the durability order, batch by batch."""

from collections.abc import Iterable

from agents.handover import Handover
from agents.partition import Batch, StagePartition
from agents.state import Table
from agents.topology import Stage
from eventlog.base import EventLog, Record
from eventlog.events import read_partition
from schemas.topics import Naming


class PartitionWorker:
    """Runs a stage over a partition of its source, batch by batch. After any error it must be thrown away."""

    def __init__(
        self, stage: Stage, partition: int, log: EventLog, table: Table, naming: Naming, handover: Handover
    ) -> None:
        self._name = stage.name
        self._partition = partition
        self._log = log
        self._source = naming.of(stage.source)
        self._group = naming.group(stage.name)
        self._work = StagePartition(stage, partition, table, naming, self._history, handover)
        committed = log.committed(self._group, self._source).get(partition, 0)
        self._position = min(committed, self._work.position)

    @property
    def position(self) -> int:
        """Offset of the record that is due next."""
        return self._position

    def run(self, limit: int) -> Batch:
        """Takes up to `limit` records through the stage. Raises `Fatal` errors only."""
        records = self._log.read(self._source, self._partition, self._position, limit)
        if not records:
            return Batch(self._name, self._partition)
        batch = self._work.take(records)
        self._position = records[-1].offset + 1
        self._log.append(batch.entries)  # 1
        self._work.write()  # 2
        self._log.commit(self._group, self._source, {self._partition: self._position})  # 3
        return batch

    def _history(self, record: Record) -> Iterable[Record]:
        return read_partition(self._log, self._source, self._partition, 0, record.offset, key=record.key)
