"""What stands on the topics of one generation after a run, and whether it is all that it should be.

Every check gives sentences that say what is wrong; none, and the run was right.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from consumers.subscribe import Subscription
from eventlog.base import EventLog, Record
from eventlog.events import header, read_all
from eventlog.partition import partition_of
from schemas.events import Event
from schemas.topics import CLEAN, FACTS, LATEST, LOG, QUARANTINE, RAW, TOPICS, UPDATES, Naming, Topic

DERIVED = tuple(topic for topic in TOPICS if topic.derived)
SHARES = ((RAW, CLEAN, "clean"), (CLEAN, FACTS, "extract"))
"""Stages that make exactly one record of each: source, sink, name."""


class Ledger(NamedTuple):
    """All records of a generation by topic family, in the order of partition and offset."""

    records: Mapping[str, Sequence[Record]]

    def of(self, topic: Topic) -> Sequence[Record]:
        """The records of one topic."""
        return self.records[topic.name]

    def once(self, topic: Topic) -> dict[str, Record]:
        """The first record of each id, or of each place where it has no id."""
        found: dict[str, Record] = {}
        for record in self.of(topic):
            found.setdefault(identity(record), record)
        return found

    @property
    def repeats(self) -> int:
        """Records of derived topics that stand there once more than they need."""
        return sum(len(self.of(topic)) - len(self.once(topic)) for topic in DERIVED)


def read_ledger(log: EventLog, naming: Naming) -> Ledger:
    """Reads all topics of a generation."""
    return Ledger({topic.name: list(read_all(log, naming.of(topic))) for topic in TOPICS})


def identity(record: Record) -> str:
    """The id of the event; of what is none, its place."""
    return header(record, "ce_id") or f"{record.topic}/{record.partition}/{record.offset}"


def content(record: Record) -> tuple[bytes, bytes, tuple[tuple[str, bytes], ...]]:
    """What two copies of a record must have in common: key, value and headers."""
    return record.key, record.value, record.headers


def unpublished(ledger: Ledger, published: Iterable[Event]) -> Iterator[str]:
    """Raw events that are not on the log, and sources whose events do not stand there in their order."""
    order: dict[str, list[str]] = defaultdict(list)
    for event in published:
        order[event.key].append(event.id)
    found: dict[str, list[str]] = defaultdict(list)
    for event_id, record in ledger.once(RAW).items():
        found[record.key.decode()].append(event_id)
    for source, ids in order.items():
        there = set(found[source])
        yield from (f"raw event {event_id} of {source} is missing" for event_id in ids if event_id not in there)
        if found[source] != [event_id for event_id in dict.fromkeys(ids) if event_id in there]:
            yield f"the raw events of {source} are not in their order"


def lost(ledger: Ledger) -> Iterator[str]:
    """Records that did not lead to exactly one outcome of their stage."""
    for source, sink, stage in SHARES:
        outcomes = _outcomes(ledger, sink, stage)
        for event_id, record in ledger.once(source).items():
            if len(outcomes[event_id]) != 1:
                yield f"{_place(record)} has {len(outcomes[event_id])} outcomes of stage {stage}"
    yield from _unfolded(ledger)


def conflicts(ledger: Ledger) -> Iterator[str]:
    """Repeats that are not byte for byte their first; records that are not where their key belongs."""
    for topic in DERIVED:
        first = ledger.once(topic)
        for record in ledger.of(topic):
            if content(record) != content(first[identity(record)]):
                yield f"{_place(record)} differs from {_place(first[identity(record)])}, and has its id"
    for topic in (CLEAN, FACTS, LOG, UPDATES, LATEST):
        for record in ledger.of(topic):
            if record.key and record.partition != partition_of(record.key, topic.partitions):
                yield f"{_place(record)} is on the wrong partition for its key"


def gaps(ledger: Ledger, subscription: Subscription) -> Iterator[str]:
    """Updates that a subscriber does not get once and in order; the subscription must end by itself."""
    seen: dict[str, int] = defaultdict(int)
    for update in subscription:
        if update.version != seen[update.story_id] + 1:
            yield f"story {update.story_id}: version {update.version} after {seen[update.story_id]}"
        seen[update.story_id] = max(update.version, seen[update.story_id])
    written: dict[str, set[str]] = defaultdict(set)
    for event_id, record in ledger.once(UPDATES).items():
        written[record.key.decode()].add(event_id)
    for story_id, versions in written.items():
        if seen[story_id] != len(versions):
            yield f"story {story_id}: {len(versions)} updates on the log, {seen[story_id]} came"


def quarantined(ledger: Ledger, stage: str) -> Iterator[Record]:
    """What a stage put aside, once each."""
    return (record for record in ledger.once(QUARANTINE).values() if header(record, "ce_xstage") == stage)


def _outcomes(ledger: Ledger, sink: Topic, stage: str) -> Mapping[str, set[str]]:
    """Id of an input -> ids of what came of it."""
    outcomes: dict[str, set[str]] = defaultdict(set)
    for record in (*ledger.once(sink).values(), *quarantined(ledger, stage)):
        outcomes[header(record, "ce_cause")].add(identity(record))
    return outcomes


def _unfolded(ledger: Ledger) -> Iterator[str]:
    """Story events without an update, or without having been folded into a state of their story."""
    refused = {header(record, "ce_cause") for record in quarantined(ledger, "fold")}
    told = _causes(ledger.of(UPDATES)) | refused
    folded = {record.key for record in ledger.of(LATEST)}
    for event_id, record in ledger.once(LOG).items():
        if event_id not in told:
            yield f"{_place(record)} led to no update"
        if record.key not in folded and event_id not in refused:
            yield f"{_place(record)} is of a story that has no state"


def _causes(records: Iterable[Record]) -> set[str]:
    return {header(record, "ce_cause") for record in records}


def _place(record: Record) -> str:
    return f"{record.topic}/{record.partition}/{record.offset}"
