"""The register of topics in the embedded log's file."""

import sqlite3
from typing import NamedTuple

from eventlog.base import TopicConfig
from schemas.errors import UsageError


class StoredTopic(NamedTuple):
    """A topic and the ids that the file knows its partitions by."""

    name: str
    first: int
    """Id of partition 0; the others follow it without a gap."""
    config: TopicConfig

    @property
    def ids(self) -> range:
        """Ids of all partitions."""
        return range(self.first, self.first + self.config.partitions)

    def id_of(self, partition: int) -> int:
        """Id of a partition. Raises `UsageError` if the topic has no such partition."""
        if not 0 <= partition < self.config.partitions:
            raise UsageError(f"topic {self.name} has partitions 0 to {self.config.partitions - 1}, not {partition}")
        return self.first + partition


def load(db: sqlite3.Connection) -> dict[str, StoredTopic]:
    """All topics by name, in the order they were created."""
    rows = db.execute("SELECT name, first, partitions, cleanup FROM topics ORDER BY first").fetchall()
    return {name: StoredTopic(name, first, TopicConfig(count, cleanup)) for name, first, count, cleanup in rows}


def create(db: sqlite3.Connection, name: str, config: TopicConfig) -> StoredTopic:
    """Adds a topic with empty partitions, inside a transaction of the caller."""
    first = db.execute("SELECT coalesce(max(id) + 1, 0) FROM partitions").fetchone()[0]
    topic = StoredTopic(name, first, config)
    db.execute("INSERT INTO topics VALUES (?, ?, ?, ?)", (name, first, config.partitions, config.cleanup))
    db.executemany("INSERT INTO partitions VALUES (?, 0, 0)", [(partition,) for partition in topic.ids])
    return topic
