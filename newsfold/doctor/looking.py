"""What is on the log: topics, how far the stages are, and what was quarantined."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from agents.topology import STAGES, Stage
from consumers.checkup import PartitionCheck, Refused, StageCheck, TopicCheck
from eventlog.base import EventLog, TopicConfig
from eventlog.events import header, read_all
from newsfold.lag import Lag, lags_of
from schemas.cloudevents import extension_header
from schemas.topics import QUARANTINE, TOPICS, Naming

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def topics(log: EventLog, naming: Naming, known: Mapping[str, TopicConfig]) -> Iterator[TopicCheck]:
    """The topics of the generation that are there, in the order of the flow."""
    for name in (naming.of(topic) for topic in TOPICS):
        if name in known:
            ends = log.end_offsets(name)
            records = sum(end - first_offset(log, name, partition, end) for partition, end in ends.items())
            yield TopicCheck(name=name, partitions=len(ends), kept=known[name].cleanup, records=records)


def first_offset(log: EventLog, topic: str, partition: int, end: int) -> int:
    """Offset of the first record that is there, `end` if there is none: that which was there at the beginning."""
    return log.offset_at(topic, partition, BEGINNING) if end else 0


def stages(log: EventLog, naming: Naming, known: Mapping[str, TopicConfig], now: float) -> Iterator[StageCheck]:
    """Those whose source is there. `now` is the time in seconds since 1970."""
    for stage in STAGES:
        if naming.of(stage.source) in known:
            yield _stage(log, naming, stage, now)


def refused(log: EventLog, naming: Naming, known: Mapping[str, TopicConfig]) -> tuple[Refused, ...]:
    """How many inputs each stage refused for each reason; each event counts once."""
    topic = naming.of(QUARANTINE)
    if topic not in known:
        return ()
    names = ("ce_id", extension_header("stage"), extension_header("reason"))
    events = {tuple(header(record, name) for name in names) for record in read_all(log, topic)}
    counts = Counter((stage, reason) for _, stage, reason in events)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Refused(stage=stage, reason=reason, count=count) for (stage, reason), count in ordered)


def _stage(log: EventLog, naming: Naming, stage: Stage, now: float) -> StageCheck:
    partitions = tuple(_partition(log, lag, now) for lag in lags_of(log, naming, stage))
    ages = [own.oldest_seconds for own in partitions if own.oldest_seconds is not None]
    return StageCheck(
        stage=stage.name,
        group=naming.group(stage.name),
        source=naming.of(stage.source),
        waiting=sum(own.waiting for own in partitions),
        oldest_seconds=max(ages, default=None),
        partitions=partitions,
    )


def _partition(log: EventLog, lag: Lag, now: float) -> PartitionCheck:
    first = first_offset(log, lag.topic, lag.partition, lag.end)
    own = PartitionCheck(partition=lag.partition, first=first, committed=lag.committed, end=lag.end)
    if not own.waiting:
        return own
    records = log.read(lag.topic, lag.partition, max(own.place, first), 1)
    age = max(0.0, now - records[0].timestamp / 1000) if records else None
    return own.model_copy(update={"oldest_seconds": age})
