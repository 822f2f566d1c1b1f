"""Records in the embedded log's file: numbering them on the way in, finding them on the way out."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from eventlog.base import Entry, Place, Record
from eventlog.packing import unpack
from eventlog.sqlite_store import SHIFT
from eventlog.sqlite_topics import StoredTopic

_READ_BYTES = 32 * 2**20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SIZE = 1 << SHIFT

_INSERT = "INSERT INTO records (position, timestamp, key, headers, value) VALUES (?, ?, ?, ?, ?)"
_COLUMNS = "SELECT position, timestamp, key, value, headers FROM records"
_RANGE = "WHERE position >= ? AND position < ?"
_PLAIN = f"{_COLUMNS} {_RANGE} ORDER BY position LIMIT ?"
_OF_KEY = f"{_COLUMNS} INDEXED BY records_by_key {_RANGE} AND key = ? ORDER BY position LIMIT ?"
_FIRST = f"SELECT position, timestamp FROM records {_RANGE} ORDER BY position LIMIT 1"


class Draft(NamedTuple):
    """An entry that is fit to be written, with its headers as they are stored."""

    entry: Entry
    topic: StoredTopic
    partition: int
    headers: str

    @property
    def id(self) -> int:
        """Id of the partition."""
        return self.topic.first + self.partition


class _Tail:
    """The end of a partition during an append. Its time never goes back, so that it can be searched by halves."""

    __slots__ = ("next_offset", "timestamp")

    def __init__(self, next_offset: int, timestamp: int) -> None:
        self.next_offset, self.timestamp = next_offset, timestamp

    def take(self) -> int:
        """The next offset, which is then used up."""
        self.next_offset += 1
        return self.next_offset - 1


def insert(db: sqlite3.Connection, drafts: Sequence[Draft], now: int) -> list[Place]:
    """Gives each draft the next offset of its partition and writes it, inside a transaction of the caller."""
    tails = _tails(db, {draft.id for draft in drafts}, now)
    places = [Place(draft.topic.name, draft.partition, tails[draft.id].take()) for draft in drafts]
    db.executemany(_INSERT, [_row(draft, place, tails) for draft, place in zip(drafts, places, strict=True)])
    ends = [(tail.next_offset, tail.timestamp, partition) for partition, tail in tails.items()]
    db.executemany("UPDATE partitions SET next_offset = ?, newest = ? WHERE id = ?", ends)
    return places


def select(
    db: sqlite3.Connection, topic: StoredTopic, partition: int, offset: int, limit: int, key: bytes | None
) -> list[Record]:
    """Up to `limit` records of the partition from `offset` on, of one key if it is given.

    Fewer where they are large (32 MB are enough), but never none while there is one.
    """
    first = topic.id_of(partition) << SHIFT
    bounds = (first + max(offset, 0), first + _SIZE)
    query, values = (_PLAIN, bounds) if key is None else (_OF_KEY, (*bounds, key))
    records: list[Record] = []
    room = _READ_BYTES
    for position, timestamp, row_key, value, headers in db.execute(query, (*values, max(limit, 0))):
        records.append(Record(topic.name, partition, position - first, row_key, value, unpack(headers), timestamp))
        room -= len(value)
        if room < 0:
            break
    return records


def first_at(db: sqlite3.Connection, partition: int, end: int, moment: datetime) -> int:
    """First offset below `end` of the partition (by its id) that was taken at the moment or later, else `end`."""
    first, since = partition << SHIFT, milliseconds(moment)
    low, high = 0, end
    while low < high:
        middle = (low + high) // 2
        position, timestamp = _first(db, first + middle, first + end)
        low, high = (low, middle) if timestamp >= since else (position - first + 1, high)
    return min(_first(db, first + low, first + end)[0] - first, end)


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970, rounded down; a naive moment is taken to be UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(milliseconds=1)


def _row(draft: Draft, place: Place, tails: dict[int, _Tail]) -> tuple[int, int, bytes, str, bytes]:
    position = (draft.id << SHIFT) + place.offset
    return position, tails[draft.id].timestamp, draft.entry.key, draft.headers, draft.entry.value


def _tails(db: sqlite3.Connection, partitions: Iterable[int], now: int) -> dict[int, _Tail]:
    query = "SELECT next_offset, newest FROM partitions WHERE id = ?"
    stored = ((partition, *db.execute(query, (partition,)).fetchone()) for partition in sorted(partitions))
    return {partition: _Tail(next_offset, max(newest, now)) for partition, next_offset, newest in stored}


def _first(db: sqlite3.Connection, start: int, stop: int) -> tuple[int, float]:
    """Position and time of the first record in a range; a place beyond the range and the end of time if none."""
    return db.execute(_FIRST, (start, stop)).fetchone() or (stop, float("inf"))
