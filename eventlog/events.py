"""Between events and the log."""

from collections.abc import Iterator

from eventlog.base import Entry, EventLog, Record
from eventlog.partition import partition_of
from schemas.cloudevents import from_wire, to_wire
from schemas.events import Event

CHUNK = 200
"""Records that are held in memory at once."""


def entry_of(event: Event, topic_name: str, partition: int | None = None) -> Entry:
    """The event as it is appended to a topic (by its full name)."""
    wire = to_wire(event)
    return Entry(topic_name, wire.key, wire.value, wire.headers, partition)


def event_of(record: Record) -> Event:
    """The event that a record holds. Raises `Quarantine` if it holds none of ours."""
    return from_wire(record.key, record.value, record.headers)


def header(record: Record, name: str) -> str:
    """A header's text; empty where the record has none of that name."""
    return next((raw.decode("utf-8", "replace") for own, raw in record.headers if own == name), "")


def read_all(log: EventLog, topic: str, *, batch: int = CHUNK, key: bytes | None = None) -> Iterator[Record]:
    """What stands in the topic at the time of the call, partition by partition, in order.

    With a key, only that key's records, from the partition that the key decides.
    """
    ends = log.end_offsets(topic)
    for partition in sorted(ends) if key is None else [partition_of(key, len(ends))]:
        yield from read_partition(log, topic, partition, 0, ends[partition], batch=batch, key=key)


def read_partition(
    log: EventLog, topic: str, partition: int, start: int, end: int, *, batch: int = CHUNK, key: bytes | None = None
) -> Iterator[Record]:
    """The records of one partition with `start <= offset < end`."""
    offset = start
    while offset < end:
        records = log.read(topic, partition, offset, batch, key=key)
        yield from (record for record in records if record.offset < end)
        offset = records[-1].offset + 1 if records else end
