"""What Newsfold asks of a log, and no more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from schemas.cloudevents import Headers
from schemas.topics import Cleanup

RECORD_LIMIT = 10 * 2**20
"""Bytes of key, value and headers that a record may have, on any log."""


class Entry(NamedTuple):
    """A record to be appended. Without a partition, the key decides (murmur2, as Kafka's default partitioner)."""

    topic: str
    key: bytes
    value: bytes
    headers: Headers
    partition: int | None = None

    @property
    def size(self) -> int:
        """Bytes of key, value and headers."""
        return len(self.key) + len(self.value) + sum(len(name.encode()) + len(value) for name, value in self.headers)


class Record(NamedTuple):
    """A record of the log. Offsets of a partition count up from 0 without gaps, unless its topic is compacted."""

    topic: str
    partition: int
    offset: int
    key: bytes
    value: bytes
    headers: Headers
    timestamp: int
    """When the log took it, in milliseconds since 1970. No payload may depend on it."""


class Place(NamedTuple):
    """Where a record stands."""

    topic: str
    partition: int
    offset: int


class TopicConfig(NamedTuple):
    """How a topic is kept."""

    partitions: int
    cleanup: Cleanup


class EventLog(Protocol):
    """An append-only log of partitioned topics.

    All topics must be created before use: reading from or appending to an unknown one raises `UsageError`.
    """

    def create_topic(self, name: str, config: TopicConfig) -> None:
        """Creates the topic; harmless if it is there. Raises `Fatal` if it has another partition count."""

    def topics(self) -> Mapping[str, TopicConfig]:
        """All topics by name."""

    def append(self, entries: Sequence[Entry]) -> Sequence[Place]:
        """Appends all entries, in order; returns when the log has made them durable.

        Raises `RecordTooLarge` before anything is written if one entry exceeds the log's limit.
        """

    def read(
        self, topic: str, partition: int, offset: int, limit: int, *, key: bytes | None = None
    ) -> Sequence[Record]:
        """Up to `limit` records from `offset` on, without waiting. With `key`, only that key's.

        Fewer where they are large, but none only at the end.
        """

    def follow(self, topic: str, offsets: Mapping[int, int], *, wait: float) -> Iterator[Record]:
        """Records of all partitions from the given offsets (0 where none is given), forever.

        Ends when no record has come for `wait` seconds; `wait=0` reads what is there and ends.
        """

    def offset_at(self, topic: str, partition: int, moment: datetime) -> int:
        """First offset whose record was taken at that moment or later; the end offset if there is none."""

    def end_offsets(self, topic: str) -> Mapping[int, int]:
        """Partition -> offset that the next record will get."""

    def commit(self, group: str, topic: str, offsets: Mapping[int, int]) -> None:
        """Remembers for the group the offset of the next record to read."""

    def committed(self, group: str, topic: str) -> Mapping[int, int]:
        """What was committed; partitions without a commit are absent."""

    def close(self) -> None:
        """Lets go of files and connections."""
