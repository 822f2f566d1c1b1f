"""Between events and the log."""

from collections.abc import Iterator

from eventlog.base import Entry, EventLog, Record
from schemas.cloudevents import from_wire, to_wire
from schemas.events import Event


def entry_of(event: Event, topic_name: str, partition: int | None = None) -> Entry:
    """The event as it is appended to a topic (by its full name)."""
    wire = to_wire(event)
    return Entry(topic_name, wire.key, wire.value, wire.headers, partition)


def event_of(record: Record) -> Event:
    """The event that a record holds. Raises `Quarantine` if it holds none of ours."""
    return from_wire(record.key, record.value, record.headers)


def read_all(log: EventLog, topic: str, *, batch: int = 500, key: bytes | None = None) -> Iterator[Record]:
    """All records that the topic holds at the start, by partition and then offset; of one key if it is given."""
    for partition, end in sorted(log.end_offsets(topic).items()):
        yield from _read_partition(log, topic, partition, end, batch, key)


def _read_partition(
    log: EventLog, topic: str, partition: int, end: int, batch: int, key: bytes | None
) -> Iterator[Record]:
    offset = 0
    while offset < end:
        records = [record for record in log.read(topic, partition, offset, batch, key=key) if record.offset < end]
        if not records:
            return
        yield from records
        offset = records[-1].offset + 1
