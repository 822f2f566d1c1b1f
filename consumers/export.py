"""JSON Lines of one generation: articles, assignments, stories, updates, rejected.

The same log gives the same bytes. Order: articles and assignments as the articles first came in the order of
decisions, updates in that order too (`consumers.ordering`), stories as they began, rejected by input id. Withdrawn
articles are left out; of a revised one the newest facts are given. Only ids are held in memory.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from consumers.ordering import Order, order_of
from consumers.reading import fetch, known, newest_stories, payload, payload_json, story_of
from consumers.threads import placements
from consumers.whole import whole_story
from eventlog.base import EventLog
from eventlog.events import event_of, read_all
from schemas.quarantine import Quarantined
from schemas.topics import FACTS, LATEST, QUARANTINE, UPDATES, Naming

Row = dict[str, Any]
OnRow = Callable[[str], None]

VECTORS = ("terms", "title_terms")
"""Left out of `articles.jsonl`: they are inner working and half of the bytes."""


class Exported(NamedTuple):
    """Rows written to each file."""

    articles: int
    assignments: int
    stories: int
    updates: int
    rejected: int


def export(log: EventLog, naming: Naming, directory: Path, on_row: OnRow | None = None) -> Exported:
    """Writes the five files into the directory, which is made if need be. `on_row` hears the file's name a row."""
    directory.mkdir(parents=True, exist_ok=True)
    order = order_of(log, naming)
    files = (
        ("articles", article_lines(log, naming, order)),
        ("assignments", assignment_lines(log, naming, order)),
        ("stories", story_lines(log, naming, order)),
        ("updates", update_lines(log, naming, order)),
        ("rejected", map(orjson.dumps, rejected_rows(log, naming))),
    )
    return Exported(*(_write(directory / f"{name}.jsonl", lines, name, on_row) for name, lines in files))


def article_lines(log: EventLog, naming: Naming, order: Order) -> Iterator[bytes]:
    """The newest facts of each article that its source still stands by."""
    places = ((place.partition, place.offset) for place in order.articles.values())
    for record in fetch(log, known(log, naming, FACTS), places):
        yield orjson.dumps(article_row(payload(record)))


def article_row(facts: Row) -> Row:
    """One row of `articles.jsonl`; `published_at` is a bare date where no more is known."""
    row = {name: value for name, value in facts.items() if name not in VECTORS}
    if row["published_at"] and row["published_precision"] == "day":
        row["published_at"] = row["published_at"][: len("2025-03-15")]
    return row


def assignment_lines(log: EventLog, naming: Naming, order: Order) -> Iterator[bytes]:
    """Which story and thread each article is in."""
    placed = placements(log, naming, order.stories())
    for article_id in order.articles:
        if article_id in placed:
            yield orjson.dumps({"article_id": article_id, **placed[article_id]._asdict()})


def story_lines(log: EventLog, naming: Naming, order: Order) -> Iterator[bytes]:
    """The newest version of each story in full, merged ones included."""
    places = newest_stories(log, naming)
    known_places = (places[story_id] for story_id in order.stories() if story_id in places)
    for record in fetch(log, known(log, naming, LATEST), known_places, ahead=1):
        abridged = payload(record).get("totals") is not None
        yield whole_story(log, naming, story_of(record)).encoded() if abridged else payload_json(record)


def update_lines(log: EventLog, naming: Naming, order: Order) -> Iterator[bytes]:
    """Every version of every story once."""
    places = ((place.partition, place.offset) for place in order.updates)
    yield from map(payload_json, fetch(log, known(log, naming, UPDATES), places))


def rejected_rows(log: EventLog, naming: Naming) -> list[Row]:
    """What was quarantined, without the bytes; each event once."""
    events = {event.id: event.data for event in map(event_of, read_all(log, known(log, naming, QUARANTINE)))}
    rows = [
        data.model_dump(include={"input_id", "source", "stage", "reason"})
        for data in events.values()
        if isinstance(data, Quarantined)
    ]
    return sorted(rows, key=lambda row: (row["input_id"], row["stage"], row["reason"], row["source"]))


def _write(path: Path, lines: Iterable[bytes], name: str, on_row: OnRow | None) -> int:
    written = 0
    with path.open("wb") as file:
        for line in lines:
            file.write(line + b"\n")
            written += 1
            if on_row:
                on_row(name)
    return written
