"""What is active in one language: its clock, its stories, its articles, and when they fall due."""

from collections.abc import Iterator
from heapq import heappop, heappush

from stories.assign.index import Index
from stories.assign.records import Clock, Shape, Trace

DAY = 86_400
WINDOW = 14 * DAY
"""Seconds of event time after which a quiet story closes and an article is no longer looked for."""

REACH = 3 * DAY
"""Seconds of event time for which an article may be moved to another story, and its facts are kept for that."""
LOOK = 6 * 3_600
"""Seconds of event time from one second look to the next."""

Due = list[tuple[int, str]]


class Shelf:
    """The active part of one language. A rebuilt shelf acts as the one it was rebuilt from."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock
        self.index = Index()
        self.stories: dict[str, Shape] = {}
        self._quiet: Due = []
        self._old: Due = []
        self._aged: Due = []
        self._touched: set[str] = set()

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
        self.clock = self.clock._replace(now=at) if self.clock else Clock(first=at, now=at, looked=at)
        if begins:
            self._begin()
        return True

    def is_past(self, at: int | None) -> bool:
        """Whether a time lies beyond the window."""
        return self.clock is not None and self.moment(at) < self.clock.now - WINDOW

    def is_fresh(self, trace: Trace) -> bool:
        """Whether an article is young enough to be moved to another story."""
        return self.clock is None or self.moment(trace.at) >= self.clock.now - REACH

    def due_look(self) -> list[str]:
        """The active stories to look at again, if it is time to: those that articles came to since the last look."""
        if self.clock is None or self.clock.now // LOOK == self.clock.looked // LOOK:
            return []
        self.clock = self.clock._replace(looked=self.clock.now)
        touched, self._touched = self._touched, set()
        return sorted(story for story in touched if story in self.stories)

    def put_story(self, story: str, shape: Shape) -> None:
        """Keeps an active story as it is now."""
        self.stories[story] = shape
        if self.clock and shape.touched is not None and shape.touched >= self.clock.looked:
            self._touched.add(story)
        self._schedule(self._quiet, shape.last, story)

    def put_article(self, trace: Trace) -> None:
        """Keeps an active article as it is now."""
        self.index.remove(trace.article)
        self.index.add(trace, self.moment(trace.at))
        self._schedule(self._old, trace.at, trace.article)
        if self.is_fresh(trace):
            self._schedule(self._aged, trace.at, trace.article)

    def pop_aged(self) -> Iterator[str]:
        """The articles that have become too old to be moved, oldest first; one may be among them twice."""
        bound = self.clock.now - REACH if self.clock else 0
        while self._aged and self._aged[0][0] < bound:
            at, article = heappop(self._aged)
            trace = self.index.traces.get(article)
            if trace and self.moment(trace.at) == at:
                yield article

    def pop_old(self) -> Iterator[str]:
        """Takes down the articles that have left the window, oldest first."""
        for at, article in self._pop(self._old):
            trace = self.index.traces.get(article)
            if trace and self.moment(trace.at) == at:
                self.index.let_go(article)
                yield article
        self.index.sweep()

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

    def _begin(self) -> None:
        """The clock has begun: what came undated before has its time now."""
        for story, shape in self.stories.items():
            self._schedule(self._quiet, shape.last, story)
        for trace in list(self.index.traces.values()):
            self.put_article(trace)
