"""What is active in one language: its clock, its stories, its articles, and when they fall due."""

from collections.abc import Iterator
from heapq import heappop, heappush

from stories.assign.index import Index
from stories.assign.records import Clock, Shape, Trace

DAY = 86_400
WINDOW = 14 * DAY
"""Seconds of event time after which a quiet story closes and an article is no longer looked for."""

Due = list[tuple[int, str]]


class Shelf:
    """The active part of one language. A rebuilt shelf acts as the one it was rebuilt from."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock
        self.index = Index()
        self.stories: dict[str, Shape] = {}
        self._quiet: Due = []
        self._old: Due = []

    def moment(self, at: int | None) -> int:
        """The time itself; for what came undated before the first dated article, where the clock began."""
        return at if at is not None else self.clock.first if self.clock else 0

    def now(self) -> int | None:
        """Where the clock stands; `None` before the first dated article."""
        return self.clock.now if self.clock else None

    def tick(self, at: int | None) -> bool:
        """Moves the clock forward to a time; says whether it moved."""
        if at is None or (self.clock and at <= self.clock.now):
            return False
        begins = self.clock is None
        self.clock = Clock(first=self.clock.first if self.clock else at, now=at)
        if begins:
            self._schedule_all()
        return True

    def is_past(self, at: int | None) -> bool:
        """Whether a time lies beyond the window."""
        return self.clock is not None and self.moment(at) < self.clock.now - WINDOW

    def put_story(self, story: str, shape: Shape) -> None:
        """Keeps an active story as it is now."""
        self.stories[story] = shape
        self._schedule(self._quiet, shape.last, story)

    def put_article(self, trace: Trace) -> None:
        """Keeps an active article as it is now."""
        self.index.remove(trace.article)
        self.index.add(trace)
        self._schedule(self._old, trace.at, trace.article)

    def pop_old(self) -> Iterator[str]:
        """Takes down the articles that have left the window, oldest first."""
        for at, article in self._pop(self._old):
            trace = self.index.traces.get(article)
            if trace and self.moment(trace.at) == at:
                self.index.remove(article)
                yield article

    def pop_quiet(self) -> Iterator[tuple[str, Shape]]:
        """Takes down the stories that have been quiet for longer than the window, quietest first."""
        for at, story in self._pop(self._quiet):
            shape = self.stories.get(story)
            if shape and self.moment(shape.last) == at:
                yield story, self.stories.pop(story)

    def _pop(self, due: Due) -> Iterator[tuple[int, str]]:
        while due and self.is_past(due[0][0]):
            yield heappop(due)

    def _schedule(self, due: Due, at: int | None, name: str) -> None:
        if self.clock:
            heappush(due, (self.moment(at), name))

    def _schedule_all(self) -> None:
        for story, shape in self.stories.items():
            self._schedule(self._quiet, shape.last, story)
        for article, trace in self.index.traces.items():
            self._schedule(self._old, trace.at, article)
