"""What a request needs from the log, read in threads and remembered: the page never waits for the log without end."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import islice
from typing import Any, TypeVar

from consumers.atom import Told as Entry
from consumers.newest import newest_updates
from consumers.reading import latest_story, news_since, story_of, update_of
from consumers.story_log import Wording, article_facts, wordings
from consumers.subscribe import Seen
from consumers.web.index import Line
from consumers.web.live import BATCH, Cursor, Told
from consumers.web.site import Site
from consumers.whole import rebuilt
from eventlog.base import EventLog
from eventlog.events import event_of, header, read_all, read_partition
from schemas.articles import Cleaned, Dropped, Facts
from schemas.errors import Retry
from schemas.story import Story, SummarySentence, Update
from schemas.topics import CLEAN, LATEST, UPDATES, Naming

SECONDS = 8.0
"""How long a request waits; what was asked for goes on being read, and is there for the next one."""
ENTRIES = 100
"""Of an Atom feed."""
FEED_SECONDS = 60
"""How old a feed may be: to make one, all updates are read."""
KEPT_LIGHT, KEPT_HEAVY = 200, 24
"""Answers that are remembered: those that are never large, and those that are so for a long story."""

T = TypeVar("T")


class Shelf:
    """Answers by key, those asked for last; one that is still being read is waited for, not read twice."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, asyncio.Future[Any]] = OrderedDict()

    def has(self, key: Hashable) -> bool:
        """Whether the answer is there or under way."""
        return key in self._kept

    async def get(self, key: Hashable, read: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The answer. Raises what `read` raised, and `Retry` when the patience is over."""
        task = self._kept.get(key)
        if task is None:
            task = self._kept[key] = asyncio.ensure_future(read())
            task.add_done_callback(lambda done: self._forget(key, done))
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        try:
            answer: T = await asyncio.wait_for(asyncio.shield(task), SECONDS)
        except TimeoutError:
            raise Retry("This is still being read from the log; try again in some seconds.") from None
        return answer

    def _forget(self, key: Hashable, done: asyncio.Future[Any]) -> None:
        if (done.cancelled() or done.exception() is not None) and self._kept.get(key) is done:
            del self._kept[key]


class Desk:
    """Reads from the log for requests. All methods raise `Retry` where the log does not answer in time."""

    def __init__(self, log: EventLog, naming: Naming, site: Site) -> None:
        self._log, self._naming, self._site = log, naming, site
        self._quick = ThreadPoolExecutor(4, thread_name_prefix="newsfold-web")
        self._slow = ThreadPoolExecutor(1, thread_name_prefix="newsfold-web-rebuild")
        self._light, self._texts, self._heavy = Shelf(KEPT_LIGHT), Shelf(KEPT_HEAVY), Shelf(KEPT_HEAVY)

    def close(self) -> None:
        """Reads nothing more."""
        for pool in (self._quick, self._slow):
            pool.shutdown(wait=False, cancel_futures=True)

    async def newest(self, line: Line) -> Story:
        """The story as its newest record has it: a long one is abridged."""
        return await self._ask(self._light, ("story", line.story_id, line.version), lambda: self._newest(line))

    async def whole(self, line: Line) -> Story:
        """The newest version with nothing left out."""
        story = await self.newest(line)
        return story if story.totals is None else await self.past(line, story.version)

    async def past(self, line: Line, version: int) -> Story:
        """A version that the story had, rebuilt from its events."""
        return await self._ask(
            self._heavy,
            ("past", line.story_id, version),
            lambda: rebuilt(self._log, self._naming, line.story_id, version, line.first_at),
        )

    async def news(self, line: Line, since: int, version: int) -> tuple[SummarySentence, ...]:
        """What a reader of version `since` does not know yet of the version."""
        return await self._ask(
            self._heavy,
            ("news", line.story_id, since, version),
            lambda: news_since(self._log, self._naming, line.story_id, since, version),
        )

    async def wordings(self, line: Line, version: int) -> dict[str, Wording]:
        """The texts of all articles of the story."""
        return await self._ask(
            self._texts,
            ("wordings", line.story_id, version),
            lambda: wordings(self._log, self._naming, line.story_id, version, line.first_at),
        )

    async def facts(self, line: Line, article_id: str, version: int) -> Facts | None:
        """An article as the story had it at the version."""
        return await self._ask(
            self._light,
            ("facts", line.story_id, article_id, version),
            lambda: article_facts(self._log, self._naming, line.story_id, article_id, version, line.first_at),
        )

    async def updates(self, line: Line) -> list[Update]:
        """Every version of the story once, oldest first."""
        return await self._ask(
            self._light, ("updates", line.story_id, line.version), lambda: self._updates(line.story_id)
        )

    async def told(self, story_id: str | None = None) -> list[Entry]:
        """The newest updates, of all stories or of one, as a feed tells them; made anew once a minute at most."""
        return await self._ask(
            self._heavy,
            ("told", story_id, self._site.now // FEED_SECONDS),
            lambda: newest_updates(self._log, self._naming, limit=ENTRIES, story_id=story_id),
        )

    async def dropped(self, facts: Facts) -> tuple[Dropped, ...] | None:
        """What was left out of an article, and by which rule; `None` where that is no longer kept."""
        return await self._ask(self._light, ("dropped", facts.article_id, facts.digest), lambda: self._dropped(facts))

    async def missed(self, since: Cursor, until: Cursor) -> Sequence[Told]:
        """The next updates between two places; none if there are no more."""
        return await self._in(self._quick, lambda: self._missed(since, until))

    async def _ask(self, shelf: Shelf, key: Hashable, read: Callable[[], T]) -> T:
        if self._site.away_since is not None and not shelf.has(key):
            raise Retry("The log does not answer, and this was not read before.")
        pool = self._slow if shelf is self._heavy else self._quick
        return await shelf.get(key, lambda: self._in(pool, read))

    async def _in(self, pool: Executor, read: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool, read)

    def _newest(self, line: Line) -> Story:
        """From where the index saw it; from the end of its topic if it has been cleaned away there meanwhile."""
        partition, offset = line.place
        topic, key = self._naming.of(LATEST), line.story_id.encode()
        for record in self._log.read(topic, partition, offset, 1, key=key):
            if record.offset == offset:
                return story_of(record)
        return latest_story(self._log, self._naming, line.story_id)

    def _updates(self, story_id: str) -> list[Update]:
        seen = Seen()
        records = read_all(self._log, self._naming.of(UPDATES), key=story_id.encode())
        return [own for own in map(update_of, records) if seen.is_new(story_id, own.version)]

    def _dropped(self, facts: Facts) -> tuple[Dropped, ...] | None:
        found: tuple[Dropped, ...] | None = None
        for record in read_all(self._log, self._naming.of(CLEAN), key=facts.source.encode()):
            if header(record, "ce_subject") == facts.article_id:
                data = event_of(record).data
                found = data.dropped if isinstance(data, Cleaned) and data.text == facts.text else found
        return found

    def _missed(self, since: Cursor, until: Cursor) -> Sequence[Told]:
        topic = self._naming.of(UPDATES)
        for partition, end in sorted(until.places.items()):
            records = read_partition(self._log, topic, partition, since.places.get(partition, 0), end)
            if some := [Told(own.partition, own.offset, update_of(own)) for own in islice(records, BATCH)]:
                return some
        return ()
