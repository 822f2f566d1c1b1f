"""One total order over what a generation holds.

Articles stand in the order of decisions: the order of `articles.facts`, its partitions merged by the greatest
publishing time that each has reached. Updates follow the article that caused them. Only ids and places are held in
memory, never payloads.
"""

import heapq
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from consumers.reading import known, payload
from eventlog.base import EventLog, Record
from eventlog.events import header, read_all, read_partition
from schemas.articles import Gone
from schemas.events import BY_MODEL
from schemas.topics import FACTS, LOG, UPDATES, Naming

GONE = BY_MODEL[Gone].full_type
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class ArticlePlace(NamedTuple):
    """Where the newest facts of an article stand."""

    rank: int
    partition: int
    offset: int


class UpdatePlace(NamedTuple):
    """An update in the order of decisions. Sorting a list of them gives that order."""

    rank: int
    story_id: str
    version: int
    partition: int
    offset: int


class Order(NamedTuple):
    """The order of one generation."""

    articles: dict[str, ArticlePlace]
    """Article id -> its newest facts, in the order in which the articles first came; withdrawn ones are absent."""
    updates: list[UpdatePlace]
    """In order, each `(story_id, version)` once."""

    def stories(self) -> list[str]:
        """Story ids in the order in which the stories began."""
        return list(dict.fromkeys(place.story_id for place in self.updates))


def order_of(log: EventLog, naming: Naming) -> Order:
    """Reads the generation's facts, story events and updates once each, and gives their order."""
    articles, ranks = _articles(log, naming)
    return Order(articles, _updates(log, naming, _causes(log, naming, ranks)))


class _Step(NamedTuple):
    reached: datetime
    partition: int
    offset: int
    event_id: str
    article_id: str
    gone: bool


def _articles(log: EventLog, naming: Naming) -> tuple[dict[str, ArticlePlace], dict[str, int]]:
    topic = known(log, naming, FACTS)
    partitions = (_steps(log, topic, partition, end) for partition, end in sorted(log.end_offsets(topic).items()))
    ranks: dict[str, int] = {}
    newest: dict[str, ArticlePlace] = {}
    gone: set[str] = set()
    for rank, step in enumerate(heapq.merge(*partitions)):
        ranks.setdefault(step.event_id, rank)
        gone.discard(step.article_id)
        if step.gone:
            gone.add(step.article_id)
        newest[step.article_id] = ArticlePlace(rank, step.partition, step.offset)
    return {own: place for own, place in newest.items() if own not in gone}, ranks


def _steps(log: EventLog, topic: str, partition: int, end: int) -> Iterator[_Step]:
    reached = LONG_AGO
    for record in read_partition(log, topic, partition, 0, end):
        data = payload(record)
        moment = data.get("published_at") or data.get("fetched_at")
        reached = max(reached, datetime.fromisoformat(moment) if moment else LONG_AGO)
        gone = header(record, "ce_type") == GONE
        yield _Step(reached, partition, record.offset, header(record, "ce_id"), data["article_id"], gone)


def _causes(log: EventLog, naming: Naming, ranks: dict[str, int]) -> dict[str, int]:
    """Id of a story event -> rank of the facts that led to it; older than all where those are no longer kept."""
    topic = known(log, naming, LOG)
    return {header(record, "ce_id"): ranks.get(header(record, "ce_cause"), -1) for record in read_all(log, topic)}


def _updates(log: EventLog, naming: Naming, causes: dict[str, int]) -> list[UpdatePlace]:
    found: dict[tuple[str, int], UpdatePlace] = {}
    for record in read_all(log, known(log, naming, UPDATES)):
        place = _update_place(record, causes)
        found.setdefault((place.story_id, place.version), place)
    return sorted(found.values())


def _update_place(record: Record, causes: dict[str, int]) -> UpdatePlace:
    story_id, version = record.key.decode(), int(payload(record)["version"])
    rank = causes.get(header(record, "ce_cause"), -1)
    return UpdatePlace(rank, story_id, version, record.partition, record.offset)
