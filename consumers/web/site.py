"""What the page knows: the index, what is new, and whether the log answers. Belongs to one event loop."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from consumers.web.feed import Feed, News
from consumers.web.index import Index
from consumers.web.live import Live
from eventlog.base import EventLog
from schemas.topics import Naming

PATIENCE = 10.0
"""Seconds without an answer of the log from which the page says so. A look at it takes milliseconds."""

Clock = Callable[[], float]
"""Seconds since 1970."""


class Site:
    """Kept up to date by a thread of its own between `open` and `close`."""

    def __init__(self, log: EventLog, naming: Naming, clock: Clock) -> None:
        self.index = Index()
        self.live = Live(naming.generation)
        self._feed = Feed(log, naming, self._hear)
        self._clock, self._answered, self._trouble = clock, clock(), ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._feed.run, args=(self._stop,), name="newsfold-web", daemon=True)

    def open(self) -> None:
        """Begins to follow the log; called in the event loop."""
        self._loop = asyncio.get_running_loop()
        self._answered = self._clock()
        self._thread.start()

    def close(self) -> None:
        """Ends all streams, and the thread as soon as the log lets go of it."""
        self._stop.set()
        self.live.close()

    @property
    def now(self) -> float:
        """Seconds since 1970."""
        return self._clock()

    @property
    def loading(self) -> bool:
        """Whether the stories that were there at the start are still being read."""
        return self.live.place is None

    @property
    def away_since(self) -> datetime | None:
        """When the log answered last, if that is too long ago; `None` while it answers."""
        if self._trouble or self._clock() - self._answered > PATIENCE:
            return datetime.fromtimestamp(self._answered, UTC)
        return None

    def take(self, news: News) -> None:
        """Puts what came where pages look for it."""
        self._trouble = news.trouble
        if not news.trouble:
            self._answered = self._clock()
        for line in news.lines:
            self.index.put(line)
        if news.start is not None:
            self.live.start(news.start)
        if news.told:
            self.live.tell(news.told)

    def _hear(self, news: News) -> None:
        assert self._loop is not None, "the thread starts in open"
        with suppress(RuntimeError):  # the loop has ended before the thread
            self._loop.call_soon_threadsafe(self.take, news)
