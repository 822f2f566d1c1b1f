"""In which order a replay takes the raw articles.

Live, articles reach `articles.facts` in the order of arrival, whatever partition they came by; that order decides what
the stories become. An order here is a sequence of raw partitions: each stands for the next record of that partition.
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import NamedTuple

from eventlog.base import EventLog, Record
from eventlog.events import event_of, header, read_partition
from schemas.errors import Quarantine
from schemas.events import BY_NAME, Kind, stable_id
from schemas.topics import FACTS, RAW, Naming

_WAYS = (
    ("newsfold.article.cleaned", "newsfold.article.extracted"),
    ("newsfold.article.gone", "newsfold.article.gone"),
)
"""What an article is on `articles.clean` and on `articles.facts`."""
_START = datetime.min.replace(tzinfo=UTC)


class Place(NamedTuple):
    """Where the facts of a raw article stand."""

    partition: int
    offset: int


def recorded(log: EventLog, naming: Naming) -> Iterator[int]:
    """The order in which another generation took them: as its facts stand on the log.

    What led to no facts there, because it was quarantined or came later, is taken when it is the next of its partition.
    """
    places = _places(log, naming)
    queues = {at: deque(_place(record, places) for record in records) for at, records in _raw(log, naming)}
    due = _due(queues)
    while any(queues.values()):
        moved = False
        for at, queue in queues.items():
            while queue and _is_due(queue[0], due):
                _take(queue, due)
                moved = True
                yield at
        if not moved:  # the two orders contradict each other, so one of them has to give way
            at = next(at for at, queue in queues.items() if queue)
            _take(queues[at], due)
            yield at


def by_time(log: EventLog, naming: Naming) -> Iterator[int]:
    """By the time at which they were fetched; records of one partition keep their order."""
    queues = {at: deque(_times(records)) for at, records in _raw(log, naming)}
    while waiting := [(queue[0], at) for at, queue in queues.items() if queue]:
        _, at = min(waiting)
        queues[at].popleft()
        yield at


def _raw(log: EventLog, naming: Naming) -> Iterator[tuple[int, Iterator[Record]]]:
    topic = naming.of(RAW)
    for partition, end in sorted(log.end_offsets(topic).items()):
        yield partition, read_partition(log, topic, partition, 0, end)


def _places(log: EventLog, naming: Naming) -> dict[str, Place]:
    """Id of a facts event -> where it first stands."""
    topic = naming.of(FACTS)
    found: dict[str, Place] = {}
    for partition, end in log.end_offsets(topic).items():
        for record in read_partition(log, topic, partition, 0, end):
            found.setdefault(header(record, "ce_id"), Place(partition, record.offset))
    return found


def _place(record: Record, places: dict[str, Place]) -> Place | None:
    """Where the facts of a raw record stand: ids are hashes of what led to an event, so they can be told from it."""
    raw, article = header(record, "ce_id"), header(record, "ce_subject")
    for clean, facts in _WAYS:
        for one, two in product(_types(BY_NAME[clean]), _types(BY_NAME[facts])):
            place = places.pop(stable_id(stable_id(raw, one, article), two, article), None)
            if place is not None:  # and a repeat of the raw record has no place of its own
                return place
    return None


def _types(kind: Kind) -> list[str]:
    return [f"{kind.name}.v{version}" for version in range(1, kind.version + 1)]


def _due(queues: dict[int, "deque[Place | None]"]) -> dict[int, "deque[int]"]:
    """Facts partition -> offsets in the order in which they are due."""
    found: dict[int, list[int]] = defaultdict(list)
    for queue in queues.values():
        for place in queue:
            if place is not None:
                found[place.partition].append(place.offset)
    return {partition: deque(sorted(offsets)) for partition, offsets in found.items()}


def _is_due(place: Place | None, due: dict[int, "deque[int]"]) -> bool:
    return place is None or due[place.partition][0] == place.offset


def _take(queue: "deque[Place | None]", due: dict[int, "deque[int]"]) -> None:
    place = queue.popleft()
    if place is not None:
        due[place.partition].remove(place.offset)


def _times(records: Iterator[Record]) -> Iterator[datetime]:
    """When each was fetched; what cannot tell goes with the one before it."""
    last = _START
    for record in records:
        last = max(last, _fetched_at(record) or last)
        yield last


def _fetched_at(record: Record) -> datetime | None:
    try:
        fetched: datetime | None = getattr(event_of(record).data, "fetched_at", None)
    except Quarantine:
        return None
    return fetched
