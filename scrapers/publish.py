"""Scraped items -> events on the log, in batches."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from eventlog.base import Entry, EventLog
from eventlog.events import entry_of
from schemas.articles import Fetched, Gone
from schemas.base import Model
from schemas.errors import RecordTooLarge
from schemas.events import Event, stable_id
from schemas.quarantine import Quarantined
from schemas.topics import QUARANTINE, RAW, Naming
from scrapers.identity import digest_of
from scrapers.lines import KEPT

BATCH_BYTES = 16_000_000
"""A batch is sent when it has this many bytes, whatever their number: it is held in memory."""

Publishable = Fetched | Gone | Quarantined


@dataclass
class Published:
    """How many items went where; `reasons` counts the quarantined ones by reason."""

    accepted: int = 0
    gone: int = 0
    quarantined: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All items that came in."""
        return self.accepted + self.gone + self.quarantined

    def __add__(self, other: "Published") -> "Published":
        return Published(
            self.accepted + other.accepted,
            self.gone + other.gone,
            self.quarantined + other.quarantined,
            self.reasons + other.reasons,
        )

    def add(self, data: Model) -> None:
        """Counts one item under its outcome."""
        match data:
            case Fetched():
                self.accepted += 1
            case Gone():
                self.gone += 1
            case Quarantined(reason=reason):
                self.quarantined += 1
                self.reasons[reason] += 1


def raw_event(fetched: Fetched) -> Event:
    """The article's event on `articles.raw`: the same bytes fetched at the same time have the same id."""
    at = fetched.fetched_at.isoformat() if fetched.fetched_at else ""
    return Event(
        id=stable_id(fetched.source, fetched.input_id, at, digest_of(fetched.body)),
        key=fetched.source,
        subject=fetched.article_id,
        data=fetched,
        time=fetched.fetched_at or fetched.published_at,
    )


def gone_event(gone: Gone) -> Event:
    """The event on `articles.raw` that says that the source took the article away."""
    at = gone.fetched_at.isoformat() if gone.fetched_at else ""
    name = stable_id("gone", gone.source, gone.input_id, at)
    return Event(id=name, key=gone.source, subject=gone.article_id, data=gone, time=gone.fetched_at)


def quarantined_event(rejected: Quarantined) -> Event:
    """The event on `quarantine` for input that never became an article."""
    parts = (rejected.source, rejected.input_id, rejected.stage, rejected.reason, digest_of(rejected.body))
    return Event(id=stable_id("quarantined", *parts), key=rejected.source, subject=rejected.input_id, data=rejected)


def event_of(item: Publishable) -> Event:
    """The event that carries the item."""
    match item:
        case Fetched():
            return raw_event(item)
        case Gone():
            return gone_event(item)
    return quarantined_event(item)


def publish(log: EventLog, naming: Naming, items: Iterable[Publishable], *, batch: int = 200) -> Published:
    """Appends every item, `batch` at a time; returns when all are on the log.

    An item that the log cannot hold goes to the quarantine, cut to 64 KB.
    """
    return publish_events(log, naming, map(event_of, items), batch=batch)


def publish_events(log: EventLog, naming: Naming, events: Iterable[Event], *, batch: int = 200) -> Published:
    """As `publish`, with the items' events."""
    counts = Published()
    for group in _batches(events, batch):
        for data in _append(log, naming, group):
            counts.add(data)
    return counts


def _batches(events: Iterable[Event], batch: int) -> Iterator[list[Event]]:
    group: list[Event] = []
    size = 0
    for event in events:
        group.append(event)
        size += len(getattr(event.data, "body", b""))
        if len(group) >= batch or size >= BATCH_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _append(log: EventLog, naming: Naming, events: list[Event]) -> list[Model]:
    """The log takes a batch whole or not at all; so one record that is too large is found one by one."""
    try:
        log.append([_entry(event, naming) for event in events])
    except RecordTooLarge as reason:
        if len(events) > 1:
            return [data for event in events for data in _append(log, naming, [event])]
        rejected = _too_large(events[0], str(reason))
        log.append([_entry(quarantined_event(rejected), naming)])
        return [rejected]
    return [event.data for event in events]


def _entry(event: Event, naming: Naming) -> Entry:
    topic = QUARANTINE if isinstance(event.data, Quarantined) else RAW
    return entry_of(event, naming.of(topic))


def _too_large(event: Event, reason: str) -> Quarantined:
    data = event.data
    body: bytes = getattr(data, "body", b"")
    return Quarantined(
        input_id=getattr(data, "input_id", event.subject)[:500],
        source=event.key[:255],
        stage="scrape",
        reason=reason[:300],
        content_type=getattr(data, "content_type", ""),
        body=body[:KEPT],
        of_type=event.kind.full_type,
        truncated=getattr(data, "truncated", 0) + max(0, len(body) - KEPT),
    )
