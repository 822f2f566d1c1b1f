"""What was fetched and not yet asked for: brokers send a megabyte at a time, readers ask for some records."""

from collections import OrderedDict, deque
from collections.abc import Iterable
from typing import Any

from kafka import TopicPartition

_HELD = 64 * 2**20
"""Bytes of values that are held for all partitions together; the longest unused go first."""


class Ahead:
    """The records of one partition from `position` to before `stop`, as they were fetched."""

    def __init__(self, position: int) -> None:
        self.position = self.stop = position
        self.end = 0
        """The partition's end when it was last heard of."""
        self.size = 0
        self._records: deque[Any] = deque()

    def __bool__(self) -> bool:
        return bool(self._records)

    def add(self, records: Iterable[Any], stop: int, end: int) -> None:
        """Takes what was fetched from `stop` on, and where fetching goes on."""
        for record in records:
            if record.offset >= self.stop:
                self._records.append(record)
                self.size += _size(record)
        self.stop, self.end = max(stop, self.stop), end

    def take(self) -> Any:
        """The next record."""
        record = self._records.popleft()
        self.size -= _size(record)
        self.position = record.offset + 1
        return record

    def move_to(self, offset: int) -> bool:
        """Lets go of all before the offset; whether it is within reach."""
        if not self.position <= offset <= self.stop:
            return False
        while self._records and self._records[0].offset < offset:
            self.take()
        self.position = offset
        return True


class Shelf:
    """What is held ahead, by partition."""

    def __init__(self) -> None:
        self._places: OrderedDict[TopicPartition, Ahead] = OrderedDict()

    def at(self, place: TopicPartition, offset: int) -> Ahead:
        """What is held of the partition from the offset on; from now on it is the latest used."""
        ahead = self._places.pop(place, None)
        if ahead is None or not ahead.move_to(offset):
            ahead = Ahead(offset)
        while self._places and sum(one.size for one in self._places.values()) > _HELD:
            self._places.popitem(last=False)
        self._places[place] = ahead
        return ahead


def _size(record: Any) -> int:
    return len(record.value or b"")
