"""What one stage made, for the stage after it where both run in one process: it need not be decoded again.

A record stands for an event that was made here only if its bytes are the same, all of them. So it makes no difference
to what a stage does; it only saves time, and an article's facts are in memory once.
"""

from collections import OrderedDict
from collections.abc import Iterable

from eventlog.base import Entry, Record
from eventlog.events import event_of
from schemas.cloudevents import Headers
from schemas.events import Event

LIMIT = 16 * 2**20
"""Bytes of values whose events are kept; decoded they take some six times as much. The oldest go first."""


class Handover:
    """Holds events from when their records are made until these are read back."""

    def __init__(self, topics: Iterable[str]) -> None:
        """`topics` are those that stages of this process read, by full name."""
        self._topics = frozenset(topics)
        self._waiting: OrderedDict[Headers, tuple[Entry, Event]] = OrderedDict()
        self._size = 0

    def give(self, entry: Entry, event: Event) -> None:
        """The event was made here, and will be the entry's record."""
        if entry.topic not in self._topics:
            return
        self._forget(entry.headers)
        self._waiting[entry.headers] = entry, event
        self._size += len(entry.value)
        while self._size > LIMIT:
            self._forget(next(iter(self._waiting)))

    def take(self, record: Record) -> Event:
        """The event that a record holds. Raises `Quarantine` if it holds none of ours."""
        if found := self._forget(record.headers):
            entry, event = found
            if (entry.value, entry.key) == (record.value, record.key):
                return event
        return event_of(record)

    def _forget(self, headers: Headers) -> tuple[Entry, Event] | None:
        found = self._waiting.pop(headers, None)
        if found is not None:
            self._size -= len(found[0].value)
        return found
