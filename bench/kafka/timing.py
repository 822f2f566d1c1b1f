"""When records came: who feeds at a set rate, who listens, and what lies between the two."""

import threading
import time
from collections.abc import Sequence
from typing import NamedTuple

from eventlog.base import Entry, EventLog, Record

QUIET = 1.0
"""Seconds without a record after which a listener looks whether it is to end."""


class Seen(NamedTuple):
    """A record as a subscriber had it."""

    at: float
    """Seconds since 1970, by the subscriber's clock."""
    taken: float
    """The same, when the log took it."""
    id: str
    cause: str


class Percentiles(NamedTuple):
    """Of some durations, in milliseconds."""

    records: int
    p50: float
    p90: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Percentiles":
        """The nearest ranks. Raises `ValueError` if there are no durations."""
        if not seconds:
            raise ValueError("nothing was measured")
        ranked = sorted(seconds)
        found = (1000 * ranked[min(len(ranked) - 1, int(share * len(ranked)))] for share in (0.5, 0.9, 0.99))
        return cls(len(ranked), *found)

    def __str__(self) -> str:
        return f"{self.p50:,.0f} / {self.p90:,.0f} / {self.p99:,.0f} ms"


def feed(log: EventLog, entries: Sequence[Entry], rate: float, stop: threading.Event | None = None) -> dict[str, float]:
    """Appends so many entries a second, one by one; id -> the moment it was handed over."""
    stop = stop or threading.Event()
    handed: dict[str, float] = {}
    begin = time.monotonic()
    for number, entry in enumerate(entries):
        if stop.wait(max(0.0, begin + number / rate - time.monotonic())):
            break
        handed[dict(entry.headers)["ce_id"].decode()] = time.time()
        log.append([entry])
    return handed


class Listener:
    """Follows a topic in a thread and notes when what came. A context manager."""

    def __init__(self, log: EventLog, topic: str) -> None:
        self._log, self._topic = log, topic
        self.seen: list[Seen] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Listener":
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        self._thread.join()

    def wait_for(self, count: int, seconds: float) -> None:
        """Returns when so many records have come. Raises `TimeoutError`."""
        deadline = time.monotonic() + seconds
        while len(self.seen) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.seen)} of {count} records of {self._topic} came in {seconds:.0f} s")
            time.sleep(0.02)

    def _run(self) -> None:
        positions: dict[int, int] = {}
        while not self._stop.is_set():
            for record in self._log.follow(self._topic, positions, wait=QUIET):
                positions[record.partition] = record.offset + 1
                self.seen.append(seen(record, time.time()))


def seen(record: Record, at: float) -> Seen:
    """What is noted of a record."""
    headers = dict(record.headers)
    return Seen(at, record.timestamp / 1000, headers.get("ce_id", b"").decode(), headers.get("ce_cause", b"").decode())
