"""The thread that follows the log for the page: lines of stories first, then every update as it comes.

It outlives a log that does not answer: it says so, asks again, and goes on where it was.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from consumers.reading import known, payload, update_of
from consumers.subscribe import Seen
from consumers.web.index import Line, line_of
from consumers.web.live import Told
from eventlog.base import EventLog, Record
from schemas.errors import NewsfoldError, Quarantine
from schemas.topics import LATEST, UPDATES, Naming

NAP = 0.25
"""Seconds between two looks at the log."""
AGAIN = 2.0
"""Seconds until a log that did not answer is asked anew."""
BATCH = 500
"""Records whose news are handed on at once."""

_logger = logging.getLogger("newsfold")


class News(NamedTuple):
    """What one look at the log brought."""

    lines: tuple[Line, ...] = ()
    told: tuple[Told, ...] = ()
    start: Mapping[int, int] | None = None
    """Where updates are told from: given once, when all stories that were there have been read."""
    trouble: str = ""
    """Why the log could not be read."""


class Feed:
    """Follows one generation; `hear` is called in the feed's own thread, also where there is nothing new."""

    def __init__(self, log: EventLog, naming: Naming, hear: Callable[[News], None]) -> None:
        self._log, self._hear = log, hear
        self._latest, self._updates = known(log, naming, LATEST), known(log, naming, UPDATES)
        self._stories: dict[int, int] = {}
        self._told: dict[int, int] | None = None
        self._held: list[Told] = []
        self._started = False
        self._seen = Seen()

    def run(self, stop: threading.Event) -> None:
        """Looks at the log until told to stop. A failure is news, never the end."""
        while not stop.is_set():
            try:
                for news in self._look():
                    self._hear(news)
                    if stop.is_set():
                        return
                stop.wait(NAP)
            except NewsfoldError as reason:
                if stop.is_set():
                    return  # the log was closed
                _logger.warning("%s; the page goes on with what it has", reason)
                self._hear(News(trouble=str(reason)))
                stop.wait(AGAIN)

    def _look(self) -> Iterator[News]:
        """Stories are read up to the end before the updates that made them are told: who follows finds the new one."""
        if self._told is None:
            self._told = dict(self._log.end_offsets(self._updates))
        if self._started:
            self._hold_new_updates(self._told)
        records = self._log.follow(self._latest, dict(self._stories), wait=0)
        while batch := list(islice(records, BATCH)):
            yield News(lines=tuple(self._lines(batch)))
            self._stories.update({record.partition: record.offset + 1 for record in batch})
        yield News(told=tuple(self._held), start=None if self._started else dict(self._told))
        self._held.clear()
        self._started = True

    def _hold_new_updates(self, places: dict[int, int]) -> None:
        """They are held until they are told, however often the log does not answer in between."""
        for record in islice(self._log.follow(self._updates, dict(places), wait=0), BATCH):
            places[record.partition] = record.offset + 1
            update = update_of(record)
            if self._seen.is_new(update.story_id, update.version):
                self._held.append(Told(record.partition, record.offset, update))

    def _lines(self, batch: list[Record]) -> Iterator[Line]:
        newest = {record.key: record for record in batch}
        for record in newest.values():
            try:
                yield line_of(payload(record), (record.partition, record.offset))
            except Quarantine as reason:
                _logger.warning("a record of %s cannot be read: %s", record.topic, reason)
