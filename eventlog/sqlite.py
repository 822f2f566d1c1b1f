"""The embedded log: one SQLite file, no server."""

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from eventlog import sqlite_topics
from eventlog.base import RECORD_LIMIT, Entry, Place, Record, TopicConfig
from eventlog.packing import pack
from eventlog.partition import partition_of
from eventlog.pause import Pause
from eventlog.sqlite_cleanup import drop_before, drop_outdated
from eventlog.sqlite_records import Draft, first_at, insert, select
from eventlog.sqlite_store import MEMORY, Store
from eventlog.sqlite_topics import StoredTopic
from schemas.errors import Fatal, RecordTooLarge, UsageError
from schemas.topics import Cleanup

__all__ = ["MEMORY", "RECORD_LIMIT", "SqliteLog"]

_FOLLOW_BATCH = 500


class SqliteLog:
    """An `EventLog` in one file, for any number of reading and writing processes and threads of one machine.

    What `append` acknowledged survives kill -9. A power cut can cost the last instants, never the file;
    with `durable=True` it costs nothing, and each append waits for the disk. The path `MEMORY` keeps it in memory.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        durable: bool = False,
        record_limit: int = RECORD_LIMIT,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Opens or makes the file. Raises `Fatal` if it is not a log, `UsageError` if there is no place for it."""
        self._store = Store(path, durable=durable)
        self._record_limit, self._clock, self._sleep = record_limit, clock, sleep
        self._known: dict[str, StoredTopic] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file; twice is harmless."""
        self._store.close()

    def create_topic(self, name: str, config: TopicConfig) -> None:
        """Creates the topic; harmless if it is there. Raises `Fatal` if it has another partition count."""
        if config.partitions < 1:
            raise UsageError(f"topic {name} needs at least one partition, not {config.partitions}")
        with self._store.writing() as db:
            have = sqlite_topics.load(db).get(name) or sqlite_topics.create(db, name, config)
        if have.config.partitions != config.partitions:
            raise Fatal(f"topic {name} has {have.config.partitions} partitions, not {config.partitions} as asked for")

    def topics(self) -> Mapping[str, TopicConfig]:
        """All topics by name."""
        with self._store.reading() as db:
            return {name: topic.config for name, topic in sqlite_topics.load(db).items()}

    def append(self, entries: Sequence[Entry]) -> Sequence[Place]:
        """Appends all entries in one transaction; some hundreds at a time are fastest.

        Raises `RecordTooLarge` or `UsageError` before anything is written.
        """
        drafts = [self._draft(entry) for entry in entries]
        if not drafts:
            return []
        with self._store.writing() as db:
            return insert(db, drafts, int(self._clock() * 1000))

    def read(
        self, topic: str, partition: int, offset: int, limit: int, *, key: bytes | None = None
    ) -> Sequence[Record]:
        """Up to `limit` records from `offset` on, fewer where they are large; empty only at the end."""
        home = self._topic(topic)
        with self._store.reading() as db:
            return select(db, home, partition, offset, limit, key)

    def follow(self, topic: str, offsets: Mapping[int, int], *, wait: float) -> Iterator[Record]:
        """Records of all partitions from the given offsets on, as they come; newest last within a partition.

        Ends when `wait` seconds have been slept without one; `wait=0` reads what is there now and ends.
        """
        positions = self._start(topic, offsets)
        pause = Pause(self._sleep, wait)
        seen: tuple[int, int] | None = None
        while True:
            state = self._store.state()
            if state != seen and (yield from self._sweep(topic, positions)):
                pause.reset()
            seen = state
            if pause.over:
                return
            pause.take()

    def offset_at(self, topic: str, partition: int, moment: datetime) -> int:
        """First offset whose record was taken at that moment or later; the end offset if there is none."""
        home, end = self._topic(topic), self.end_offsets(topic)
        identity = home.id_of(partition)
        with self._store.reading() as db:
            return first_at(db, identity, end[partition], moment)

    def end_offsets(self, topic: str) -> Mapping[int, int]:
        """Partition -> offset that the next record will get."""
        ids = self._topic(topic).ids
        query = "SELECT id - ?, next_offset FROM partitions WHERE id >= ? AND id < ? ORDER BY id"
        with self._store.reading() as db:
            return dict(db.execute(query, (ids.start, ids.start, ids.stop)).fetchall())

    def commit(self, group: str, topic: str, offsets: Mapping[int, int]) -> None:
        """Remembers for the group the offset of the next record to read; it may go back."""
        home = self._topic(topic)
        rows = [(group, home.id_of(partition), offset) for partition, offset in offsets.items()]
        with self._store.writing() as db:
            db.executemany("INSERT OR REPLACE INTO commits VALUES (?, ?, ?)", rows)

    def committed(self, group: str, topic: str) -> Mapping[int, int]:
        """What was committed; partitions without a commit are absent."""
        ids = self._topic(topic).ids
        query = "SELECT partition - ?, next_offset FROM commits WHERE consumer = ? AND partition >= ? AND partition < ?"
        with self._store.reading() as db:
            return dict(db.execute(query, (ids.start, group, ids.start, ids.stop)).fetchall())

    def compact(self, topic: str) -> int:
        """Removes what a newer record of the same key replaces, and counts it; offsets keep their meaning.

        Raises `UsageError` if the topic is not kept that way.
        """
        home = self._kept_by("compact", topic)
        return sum(drop_outdated(self._store, home.id_of(at), end) for at, end in self.end_offsets(topic).items())

    def expire(self, topic: str, before: datetime) -> int:
        """Removes the records that were taken before that moment, and counts them; offsets keep their meaning.

        Raises `UsageError` if the topic is not kept that way.
        """
        home = self._kept_by("time", topic)
        partitions = range(home.config.partitions)
        return sum(drop_before(self._store, home.id_of(at), self.offset_at(topic, at, before)) for at in partitions)

    def _topic(self, name: str) -> StoredTopic:
        if name not in self._known:
            with self._store.reading() as db:
                self._known = sqlite_topics.load(db)
        if name not in self._known:
            raise UsageError(f"the log has no topic {name}; it has: {', '.join(sorted(self._known)) or 'none'}")
        return self._known[name]

    def _kept_by(self, cleanup: Cleanup, name: str) -> StoredTopic:
        topic = self._topic(name)
        if topic.config.cleanup != cleanup:
            raise UsageError(f"topic {name} is kept by the rule {topic.config.cleanup!r}, not {cleanup!r}")
        return topic

    def _draft(self, entry: Entry) -> Draft:
        topic = self._topic(entry.topic)
        self._refuse_large(entry)
        partition = entry.partition
        if partition is None:
            partition = partition_of(entry.key, topic.config.partitions)
        topic.id_of(partition)
        return Draft(entry, topic, partition, pack(entry.headers))

    def _refuse_large(self, entry: Entry) -> None:
        if entry.size > self._record_limit:
            key, value = len(entry.key), len(entry.value)
            name = entry.key[:80].decode("utf-8", "replace")
            raise RecordTooLarge(
                f"record for topic {entry.topic} with key {name!r} has {entry.size:,} bytes (key {key:,}, "
                f"value {value:,}, headers {entry.size - key - value:,}); the limit is {self._record_limit:,}"
            )

    def _start(self, topic: str, offsets: Mapping[int, int]) -> dict[int, int]:
        home = self._topic(topic)
        for partition in offsets:
            home.id_of(partition)
        return {partition: offsets.get(partition, 0) for partition in range(home.config.partitions)}

    def _sweep(self, topic: str, positions: dict[int, int]) -> Generator[Record, None, bool]:
        """Hands out what was there at its start and moves the positions; whether there was any."""
        found = False
        for partition, end in self.end_offsets(topic).items():
            while positions[partition] < end:
                records = self.read(topic, partition, positions[partition], _FOLLOW_BATCH)
                for record in records:
                    positions[partition] = record.offset + 1
                    yield record
                found = found or bool(records)
                positions[partition] = positions[partition] if records else end
        return found
