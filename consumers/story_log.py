"""The events of one story on `stories.log`, and the texts of articles that they carry.

The embedded log finds them by key. A broker knows no keys: there a partition is read from the day before the story
began up to its last event, not from the beginning of time.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from consumers.reading import payload
from eventlog.base import EventLog, Record
from eventlog.events import CHUNK, event_of, read_partition
from eventlog.partition import partition_of
from schemas.articles import Facts
from schemas.events import Event
from schemas.stories import Joined, Merged, Opened, Revised, Split
from schemas.topics import LOG, Naming

EARLIER = timedelta(days=1)
"""The log takes an article after it was published; this is for outlets whose clocks are ahead."""


class Wording(NamedTuple):
    """The text of one article, with the spans of its sentences."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def sentence(self, number: int) -> str:
        """The words of a sentence, counted from 0; nothing where there is none of that number."""
        if not 0 <= number < len(self.spans):
            return ""
        start, end = self.spans[number]
        return self.text[start:end]


def story_records(
    log: EventLog, naming: Naming, story_id: str, version: int, begun: datetime | None
) -> Iterator[Record]:
    """The records of a story, from its first on; whoever has met `version` need not go on.

    They are looked for from a day before `begun`. If the first found there does not make version 1 (the opening article
    was withdrawn, or its time is wrong), from the beginning of the partition.
    """
    topic, key = naming.of(LOG), story_id.encode()
    ends = log.end_offsets(topic)
    partition = partition_of(key, len(ends))
    asked = min(version, CHUNK)  # a broker reads on until it has met as many
    start = log.offset_at(topic, partition, begun - EARLIER) if begun else 0
    records = read_partition(log, topic, partition, start, ends[partition], batch=asked, key=key)
    first = next(records, None)
    if start and (first is None or payload(first)["version"] != 1):
        yield from read_partition(log, topic, partition, 0, ends[partition], batch=asked, key=key)
    elif first is not None:
        yield first
        yield from records


def wordings(
    log: EventLog, naming: Naming, story_id: str, version: int, begun: datetime | None = None
) -> dict[str, Wording]:
    """Article id -> its text, of all articles that ever were in the story up to a version: the newest form of each.

    Reads the story's events as plain values: decoding them takes ten times as long.
    """
    found: dict[str, Wording] = {}
    for record in story_records(log, naming, story_id, version, begun):
        event = payload(record)
        for own in plain_facts(event):
            spans = tuple((span["start"], span["end"]) for span in own["sentences"])
            found[own["article_id"]] = Wording(own["text"], spans)
        if event["version"] >= version:
            break
    return found


def article_facts(
    log: EventLog, naming: Naming, story_id: str, article_id: str, version: int, begun: datetime | None = None
) -> Facts | None:
    """The newest facts of an article that a story's events up to a version carry; `None` if they carry none."""
    newest: Record | None = None
    for record in story_records(log, naming, story_id, version, begun):
        event = payload(record)
        if any(own["article_id"] == article_id for own in plain_facts(event)):
            newest = record
        if event["version"] >= version:
            break
    if newest is None:
        return None
    return next(own for own in came(event_of(newest)) if own.article_id == article_id)


def plain_facts(event: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts that an event, given as plain values, carries."""
    facts = event.get("facts") or []
    return [facts] if isinstance(facts, dict) else facts


def came(event: Event) -> tuple[Facts, ...]:
    """The articles that an event brings to its story."""
    match event.data:
        case Opened() | Joined() | Revised() as data:
            return (data.facts,)
        case Merged() | Split() as data:
            return data.facts
    return ()
