"""One stage on one partition: the durability order that every runtime keeps.

    1 outputs are acknowledged by the log
    2 state is written
    3 the input offset is committed

A crash anywhere runs the input again on the old state and gives the same bytes again.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agents.state import PartitionState, Table
from agents.topology import Stage
from eventlog.base import Entry, EventLog, Record
from eventlog.events import entry_of, event_of, read_partition
from schemas.articles import Fetched, Gone, Head
from schemas.errors import Fatal, OffsetGap, Quarantine, VersionGap
from schemas.events import Event, stable_id
from schemas.quarantine import Quarantined
from schemas.topics import QUARANTINE, Naming


class Batch(NamedTuple):
    """What one run of a worker did: each input record counts once, as handled, quarantined or skipped."""

    stage: str
    partition: int
    handled: int = 0
    quarantined: int = 0
    skipped: int = 0
    outputs: tuple[Event, ...] = ()

    @property
    def inputs(self) -> int:
        """How many records were taken from the source."""
        return self.handled + self.quarantined + self.skipped


class PartitionWorker:
    """Runs a stage over a partition of its source, batch by batch. After any error it must be thrown away."""

    def __init__(self, stage: Stage, partition: int, log: EventLog, table: Table, naming: Naming) -> None:
        self._stage = stage
        self._partition = partition
        self._log = log
        self._naming = naming
        self._source = naming.of(stage.source)
        self._group = f"{naming.prefix}{naming.generation}.{stage.name}"
        self._state = PartitionState(table)
        self._view = stage.open(self._state)
        committed = log.committed(self._group, self._source).get(partition, 0)
        self._position = min(committed, self._state.applied + 1)

    def run(self, limit: int) -> Batch:
        """Takes up to `limit` records through the stage. Raises `Fatal` errors only."""
        records = self._log.read(self._source, self._partition, self._position, limit)
        if not records:
            return Batch(self._stage.name, self._partition)
        fresh = [record for record in records if record.offset > self._state.applied]
        outputs = [event for record in self._in_order(fresh) for event in self._handle(record)]
        last = records[-1].offset
        self._state.check_owner()  # what was read above was ours, so the outputs are right
        self._log.append([self._entry(event) for event in outputs])  # 1
        if fresh:
            self._state.write(last)  # 2
        self._log.commit(self._group, self._source, {self._partition: last + 1})  # 3
        self._position = last + 1
        return self._batch(len(records), len(fresh), outputs)

    def _batch(self, inputs: int, fresh: int, outputs: Sequence[Event]) -> Batch:
        quarantined = sum(isinstance(event.data, Quarantined) for event in outputs)
        return Batch(
            self._stage.name, self._partition, fresh - quarantined, quarantined, inputs - fresh, tuple(outputs)
        )

    def _in_order(self, records: Sequence[Record]) -> Iterator[Record]:
        expected = self._state.applied + 1
        for record in records:
            if record.offset != expected:
                raise OffsetGap(f"{self._source}/{self._partition}: offset {record.offset} where {expected} was due")
            expected += 1
            yield record

    def _handle(self, record: Record) -> Sequence[Event]:
        self._state.begin(record.offset)
        try:
            outputs = self._step(record)
        except Fatal:
            self._state.check_owner()  # if it is ours no longer, that is the reason to tell
            raise
        except Exception as reason:  # whatever it is, the stream goes on and the input is kept
            self._state.undo()
            self._view = self._stage.open(self._state)
            return [quarantined(record, self._stage.name, reason)]
        self._state.keep()
        return outputs

    def _step(self, record: Record) -> Sequence[Event]:
        event = event_of(record)
        try:
            return self._stage.step(self._view, event)
        except VersionGap:
            if self._stage.rebuild is None:
                raise
            self._stage.rebuild(self._view, self._history(record))
            return self._stage.step(self._view, event)

    def _history(self, record: Record) -> Iterator[Event]:
        """The events of the record's key that came before it."""
        yield from map(
            event_of, read_partition(self._log, self._source, self._partition, 0, record.offset, key=record.key)
        )

    def _entry(self, event: Event) -> Entry:
        if isinstance(event.data, Quarantined):
            return entry_of(event, self._naming.of(QUARANTINE))
        (sink,) = [sink for sink in self._stage.sinks if sink.name in event.kind.topics]
        return entry_of(event, self._naming.of(sink))


def quarantined(record: Record, stage: str, reason: Exception) -> Event:
    """The event that keeps a failed record: its bytes, the stage and the reason."""
    headers = {name: value.decode("utf-8", "replace") for name, value in record.headers}
    place = f"{record.topic}/{record.partition}/{record.offset}"
    cause = headers.get("ce_id", place)
    text = str(reason) if isinstance(reason, Quarantine) else f"{type(reason).__name__}: {reason}"
    input_id, source = _origin(record) or (headers.get("ce_subject") or place, record.key.decode("utf-8", "replace"))
    data = Quarantined(
        input_id=input_id,
        source=source,
        stage=stage,
        reason=" ".join(text.split())[:500],
        content_type=headers.get("content-type", "application/octet-stream"),
        body=record.value,
        of_type=headers.get("ce_type", ""),
    )
    return Event(stable_id(cause, stage, "quarantined", place), data.source, data.input_id, data, cause=cause)


def _origin(record: Record) -> tuple[str, str] | None:
    """Input id and source of the article in a record of any stage; `None` where there is none to be read."""
    try:
        data = event_of(record).data
    except Quarantine:
        return None
    article = getattr(data, "facts", data)
    return (article.input_id, article.source) if isinstance(article, Fetched | Gone | Head) else None
