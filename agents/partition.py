"""One stage over one partition of its source: what it has applied, and what it makes of the records that follow.

Every runtime drives it in the same durability order, in batches of any size:

    1 `take` the records, and have the outputs acknowledged by the log
    2 `write` the state
    3 commit the input offset

A crash anywhere runs the input again on the old state and gives the same bytes again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from agents.handover import Handover
from agents.quarantining import lost, quarantined
from agents.state import PartitionState, Table
from agents.topology import Stage
from eventlog.base import RECORD_LIMIT, Entry, Record
from eventlog.events import entry_of, event_of
from schemas.errors import Fatal, OffsetGap, Quarantine, VersionGap
from schemas.events import Event
from schemas.quarantine import Quarantined
from schemas.topics import QUARANTINE, Naming

History = Callable[[Record], Iterable[Record]]
"""The records of the same key that stand before this one in its partition."""


class Batch(NamedTuple):
    """What was made of some records: each counts once, as handled, quarantined or skipped."""

    stage: str
    partition: int
    handled: int = 0
    quarantined: int = 0
    skipped: int = 0
    outputs: tuple[Event, ...] = ()
    entries: tuple[Entry, ...] = ()
    """The outputs as they go on the log."""

    @property
    def inputs(self) -> int:
        """How many records were taken from the source."""
        return self.handled + self.quarantined + self.skipped


class Output(NamedTuple):
    """An event and its record."""

    event: Event
    entry: Entry


class StagePartition:
    """A stage's state and view of one partition. After any error it must be thrown away."""

    def __init__(
        self,
        stage: Stage,
        partition: int,
        table: Table,
        naming: Naming,
        history: History,
        handover: Handover,
        *,
        accept_gap: bool = False,
    ) -> None:
        """Loads the view from the table. With `accept_gap`, records that are gone are noted and gone over."""
        self._stage, self._partition, self._naming, self._history = stage, partition, naming, history
        self._handover = handover
        self._accept_gap = accept_gap
        self._source = naming.of(stage.source)
        self._state = PartitionState(table)
        self._view = stage.open(self._state)
        self._taken = self._state.applied

    @property
    def position(self) -> int:
        """The source offset of the record that is due next."""
        return self._taken + 1

    def take(self, records: Sequence[Record]) -> Batch:
        """Takes records through the stage, in memory; those that it took before are skipped. Raises `Fatal` only."""
        outputs: list[Output] = []
        refused = 0
        fresh = [record for record in records if record.offset > self._taken]
        for record in fresh:
            if record.offset != self.position:
                outputs.append(self._gap(record.offset))
            made = self._handle(record)
            outputs += made
            refused += any(isinstance(output.event.data, Quarantined) for output in made)
            self._taken = record.offset
        self._state.check_owner()  # what was read above was ours, so the outputs are right
        return Batch(
            self._stage.name,
            self._partition,
            len(fresh) - refused,
            refused,
            len(records) - len(fresh),
            tuple(output.event for output in outputs),
            tuple(output.entry for output in outputs),
        )

    def write(self) -> None:
        """Makes durable what was taken."""
        if self._taken > self._state.applied:
            self._state.write(self._taken)

    def _gap(self, found: int) -> Output:
        expected = self.position
        if not self._accept_gap:
            raise OffsetGap(
                f"{self._source}/{self._partition}: offset {found} where {expected} was due; if the records between "
                "were cleaned away, `newsfold worker --accept-gap` notes that and goes on without them"
            )
        return self._output(lost(self._source, self._partition, expected, found, self._stage.name))

    def _handle(self, record: Record) -> Sequence[Output]:
        self._state.begin(record.offset)
        try:
            outputs = [self._output(event) for event in self._step(record)]
            _refuse_large(outputs)
        except Fatal:
            self._state.check_owner()  # if it is ours no longer, that is the reason to tell
            raise
        except Exception as reason:  # whatever it is, the stream goes on and the input is kept
            self._state.undo()
            self._view = self._stage.open(self._state)
            return [self._output(quarantined(record, self._stage.name, reason))]
        self._state.keep()
        return outputs

    def _step(self, record: Record) -> Sequence[Event]:
        event = self._handover.take(record)
        try:
            return self._stage.step(self._view, event)
        except VersionGap:
            if self._stage.rebuild is None:
                raise
            self._stage.rebuild(self._view, self._past(record))
            return self._stage.step(self._view, event)

    def _past(self, record: Record) -> Iterator[Event]:
        yield from map(event_of, self._history(record))

    def _output(self, event: Event) -> Output:
        if isinstance(event.data, Quarantined):
            return Output(event, entry_of(event, self._naming.of(QUARANTINE)))
        (sink,) = [sink for sink in self._stage.sinks if sink.name in event.kind.topics]
        output = Output(event, entry_of(event, self._naming.of(sink)))
        self._handover.give(output.entry, event)
        return output


def _refuse_large(outputs: Iterable[Output]) -> None:
    """An output that no log can hold is the fault of its input: raises `Quarantine`."""
    for event, entry in outputs:
        if entry.size > RECORD_LIMIT:
            raise Quarantine(
                f"it makes a {event.kind.name} of {entry.size:,} bytes, and the log holds {RECORD_LIMIT:,} a record"
            )
