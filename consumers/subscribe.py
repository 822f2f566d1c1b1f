"""A subscription: every update once, from a remembered place on."""

import logging
from collections import OrderedDict
from collections.abc import Collection, Iterator
from datetime import datetime
from types import TracebackType
from typing import Literal, Self

from consumers.reading import known, news_since, past_story, summary_of_length, update_of
from eventlog.base import EventLog, Record
from eventlog.events import event_of, read_partition
from schemas.errors import Retry
from schemas.events import Event
from schemas.story import Story, SummarySentence, Update
from schemas.topics import UPDATES, Naming

Start = Literal["beginning", "end"] | datetime

LOOK_BACK = 1000
"""Records before the cursor of each partition that are read again to know what was delivered already.

A redelivered batch follows the first delivery at once, so the window only has to be longer than a batch makes updates.
"""
REMEMBERED = 100_000
"""Stories whose newest delivered version is kept in memory; the longest quiet ones are forgotten first."""
PATIENCE = 60.0
"""Seconds of quiet after which an endless subscription asks the log anew."""

_logger = logging.getLogger("newsfold")


class Seen:
    """The newest version of each story that went through. Updates of one story come in order, so it is enough."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._versions: OrderedDict[str, int] = OrderedDict()
        self._limit = limit

    def is_new(self, story_id: str, version: int) -> bool:
        """Whether this version was not seen yet; from now on it was."""
        if version <= self._versions.get(story_id, 0):
            return False
        self._versions[story_id] = version
        self._versions.move_to_end(story_id)
        if len(self._versions) > self._limit:
            self._versions.popitem(last=False)
        return True


class Subscription:
    """An iterator over updates; a context manager that lets go of the log if it opened it.

    With a `group` the place is kept in the log: it is committed when the program asks for the next update, so an
    update whose handling did not end is given again after a restart (at least once), and nothing else is.

    One that waits for ever also waits for a log that does not answer, and logs a warning each time that the log's own
    patience is over; any other raises `Retry` then.
    """

    def __init__(
        self,
        log: EventLog,
        naming: Naming,
        *,
        group: str | None = None,
        start: Start = "beginning",
        min_significance: float = 0.0,
        stories: Collection[str] = (),
        kinds: Collection[str] = (),
        follow: bool = True,
        wait: float | None = None,
        owns_log: bool = False,
    ) -> None:
        self._log, self._naming, self._group, self._owns_log = log, naming, group, owns_log
        self._min_significance, self._stories, self._kinds = min_significance, frozenset(stories), frozenset(kinds)
        self._wait = wait if follow else 0.0
        self._topic = known(log, naming, UPDATES)
        self._next = self._first_offsets(start)
        self._seen = Seen()
        self._look_back()
        self.commit()

    def __iter__(self) -> Iterator[Update]:
        """Updates as they come; ends after `wait` idle seconds, or at the end of the log without `follow`."""
        for [event] in self.batches(1):
            assert isinstance(event.data, Update), event.kind
            yield event.data
            self.commit()

    def batches(self, most: int) -> Iterator[list[Event]]:
        """The same as events, so many at a time as are there, `most` at most.

        The place moves on only by `commit`, which is for the program to call when it is done with the batch.
        """
        held: list[Event] = []
        try:
            for record in self._records():
                held += self._new_in(record)
                self._next[record.partition] = record.offset + 1
                if len(held) == most or (held and self._caught_up()):
                    yield held
                    held = []
        except Retry:
            if held:
                yield held  # they were read, and are not read again
            raise
        if held:
            yield held
        self.commit()

    def _new_in(self, record: Record) -> list[Event]:
        event = event_of(record)
        assert isinstance(event.data, Update), record.topic
        new = self._seen.is_new(event.data.story_id, event.data.version)
        return [event] if new and self._wanted(event.data) else []

    def behind(self) -> int:
        """Records of the log that were not looked at yet, wanted or not. Raises `Retry` if the log does not say."""
        ends, reached = self._log.end_offsets(self._topic), dict(self._next)
        return sum(max(0, end - reached.get(partition, 0)) for partition, end in ends.items())

    def _caught_up(self) -> bool:
        try:
            return self.behind() == 0
        except Retry:
            return True  # nothing more can be had now

    def commit(self) -> None:
        """Remembers that all that was given is done with. While the log does not answer, the next one will do."""
        if not self._group:
            return
        try:
            self._log.commit(self._group, self._topic, self._next)
        except Retry:
            if self._wait is not None:
                raise  # else the next commit says this one's place too

    def story(self, update: Update) -> Story:
        """The full story at the update's version, rebuilt from its events if it has moved on since."""
        return past_story(self._log, self._naming, update.story_id, update.version)

    def summary(self, update: Update, words: int) -> tuple[SummarySentence, ...]:
        """A summary of the story at the update's version, of about so many words (40 to 120) and not more."""
        return summary_of_length(self._log, self._naming, update.story_id, update.version, words)

    def news(self, update: Update, since: int, words: int | None = None) -> tuple[SummarySentence, ...]:
        """What a reader of version `since` of the story does not know yet, in sentences with their supports."""
        return news_since(self._log, self._naming, update.story_id, since, update.version, words)

    def close(self) -> None:
        """Lets go of the log if this subscription opened it."""
        if self._owns_log:
            self._log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _records(self) -> Iterator[Record]:
        if self._wait is not None:
            yield from self._log.follow(self._topic, dict(self._next), wait=self._wait)
            return
        while True:
            try:
                yield from self._log.follow(self._topic, dict(self._next), wait=PATIENCE)
            except Retry as reason:
                _logger.warning("%s; still waiting", reason)

    def _wanted(self, update: Update) -> bool:
        return (
            update.significance >= self._min_significance
            and (not self._stories or update.story_id in self._stories)
            and (not self._kinds or update.kind in self._kinds)
        )

    def _first_offsets(self, start: Start) -> dict[int, int]:
        ends = self._log.end_offsets(self._topic)
        kept = self._log.committed(self._group, self._topic) if self._group else {}
        return {partition: kept.get(partition, self._offset(partition, end, start)) for partition, end in ends.items()}

    def _offset(self, partition: int, end: int, start: Start) -> int:
        if isinstance(start, datetime):
            return self._log.offset_at(self._topic, partition, start)
        return 0 if start == "beginning" else end

    def _look_back(self) -> None:
        for partition, offset in self._next.items():
            for record in read_partition(self._log, self._topic, partition, max(0, offset - LOOK_BACK), offset):
                update = update_of(record)
                self._seen.is_new(update.story_id, update.version)
