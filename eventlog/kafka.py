"""The log on Apache Kafka."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Self

from kafka import TopicPartition

from eventlog.base import RECORD_LIMIT, Entry, Place, Record, TopicConfig
from eventlog.cluster import Cluster
from eventlog.events import read_partition
from eventlog.kafka_cluster import Admin
from eventlog.kafka_errors import Patience, too_large
from eventlog.kafka_reader import Reader
from eventlog.kafka_writer import Writer
from eventlog.partition import partition_of
from schemas.errors import UsageError

__all__ = ["PATIENCE", "KafkaLog"]

PATIENCE = 120.0
"""Seconds that brokers are given to come back before a call is given up."""
_FOLLOW_BATCH = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class KafkaLog:
    """An `EventLog` on a Kafka cluster, for any number of processes and threads.

    Every call keeps trying for `patience` seconds while brokers are away, and then raises `Retry`. After a `Retry`
    an append may be repeated as a whole: of each partition's entries the log has the first few or none.
    """

    def __init__(self, cluster: Cluster, *, record_limit: int = RECORD_LIMIT, patience: float = PATIENCE) -> None:
        """Raises `UsageError` if no broker answers within some seconds."""
        answering = Patience(patience, cluster.address)
        self._record_limit = record_limit
        self._admin = Admin(cluster, record_limit, answering)
        self._writer = Writer(cluster, record_limit, answering, self._admin.size_limit)
        self._reader = Reader(cluster, answering)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of all connections; twice is harmless."""
        for part in (self._writer, self._reader, self._admin):
            part.close()

    def create_topic(self, name: str, config: TopicConfig) -> None:
        """Creates the topic and waits until it can be used; harmless if it is there.

        Raises `Fatal` if it has another partition count.
        """
        self._admin.create(name, config)

    def topics(self) -> Mapping[str, TopicConfig]:
        """All topics by name, but for Kafka's own; those of other programs too."""
        return self._admin.topics()

    def append(self, entries: Sequence[Entry]) -> Sequence[Place]:
        """Appends all entries, each partition's in order; some hundreds at a time are fastest.

        Raises `RecordTooLarge` or `UsageError` before anything is written, `Retry` when the patience is over.
        """
        for entry in entries:
            if entry.size > self._record_limit:
                raise too_large(entry, f"the limit is {self._record_limit:,}")
        homes = [self._home(entry) for entry in entries]
        return self._writer.append(entries, homes) if entries else []

    def read(
        self, topic: str, partition: int, offset: int, limit: int, *, key: bytes | None = None
    ) -> Sequence[Record]:
        """Up to `limit` records from `offset` on, fewer where they are large; empty only at the end.

        Readers that go on where they stopped are fast; with a key, all records from `offset` on are looked at.
        """
        return self._reader.read(self._place(topic, partition), offset, limit, key)

    def follow(self, topic: str, offsets: Mapping[int, int], *, wait: float) -> Iterator[Record]:
        """Records of all partitions from the given offsets on, as they come; newest last within a partition.

        Ends when none has come for `wait` seconds; `wait=0` reads what is there now and ends.
        """
        for partition in offsets:
            self._place(topic, partition)
        ends = self.end_offsets(topic)
        positions = {partition: offsets.get(partition, 0) for partition in ends}
        for partition, end in ends.items():
            yield from read_partition(self, topic, partition, positions[partition], end, batch=_FOLLOW_BATCH)
            positions[partition] = max(positions[partition], end)
        if wait > 0:
            yield from self._reader.follow(topic, positions, wait)

    def offset_at(self, topic: str, partition: int, moment: datetime) -> int:
        """First offset whose record was taken at that moment or later; the end offset if there is none."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return self._reader.first_at(self._place(topic, partition), (aware - _EPOCH) // timedelta(milliseconds=1))

    def end_offsets(self, topic: str) -> Mapping[int, int]:
        """Partition -> offset that the next record will get."""
        return self._reader.ends([TopicPartition(topic, at) for at in range(self._admin.partitions(topic))])

    def commit(self, group: str, topic: str, offsets: Mapping[int, int]) -> None:
        """Remembers for the group the offset of the next record to read; it may go back.

        Raises `UsageError` if workers run under that group: then the offsets are theirs.
        """
        for partition in offsets:
            self._place(topic, partition)
        self._admin.commit(group, topic, offsets)

    def committed(self, group: str, topic: str) -> Mapping[int, int]:
        """What was committed; partitions without a commit are absent."""
        return self._admin.committed(group, topic)

    def _home(self, entry: Entry) -> int:
        if entry.partition is None:
            return partition_of(entry.key, self._admin.partitions(entry.topic))
        self._place(entry.topic, entry.partition)
        return entry.partition

    def _place(self, topic: str, partition: int) -> TopicPartition:
        count = self._admin.partitions(topic)
        if not 0 <= partition < count:
            raise UsageError(f"topic {topic} has partitions 0 to {count - 1}, not {partition}")
        return TopicPartition(topic, partition)
