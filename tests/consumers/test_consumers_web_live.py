"""Updates as they come: no loss between two connections, and a page that outlives its log."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from typing import Any

import orjson
import pytest
from consumers_handmade import NAMING, Maker
from consumers_web_kit import PATIENCE, Visitor, until, visiting
from hypothesis import given
from hypothesis import strategies as st

from consumers.subscribe import Subscription
from consumers.web.feed import Feed, News
from consumers.web.live import Cursor, Live, Told
from eventlog.base import EventLog, Record
from schemas.errors import Retry
from schemas.events import derive
from schemas.story import Update
from schemas.topics import UPDATES


@asynccontextmanager
async def following(visitor: Visitor, **more: Any) -> AsyncIterator[AsyncIterator[tuple[str, dict[str, Any]]]]:
    """Events with their ids, as a browser reads them."""
    async with visitor.client.get("/events", **more) as answer:
        assert answer.content_type == "text/event-stream"
        assert answer.headers["Cache-Control"] == "no-store"
        yield events(answer.content)


async def events(lines: Any) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    place = ""
    async for line in lines:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name == "id":
            place = value
        if name == "data":
            yield place, orjson.loads(value)


async def take(stream: AsyncIterator[tuple[str, dict[str, Any]]], count: int) -> list[tuple[str, str]]:
    """Ids, and what was told, of so many events."""
    async with asyncio.timeout(PATIENCE):
        found = [await anext(stream) for _ in range(count)]
    return [(place, f"{own['story_id']}@{own['version']}") for place, own in found]


def add(log: EventLog, *names: str) -> None:
    """Makes these versions, as STORY@N."""
    maker = Maker(log)
    for name in names:
        story, _, version = name.partition("@")
        maker.version(maker.article(f"b{version}", 3), story, int(version))


async def test_what_is_new_comes_as_it_comes(filled: EventLog) -> None:
    async with visiting(filled) as visitor, following(visitor) as stream:
        add(filled, "flood0aa@3", "flood0aa@4")
        assert [name for _, name in await take(stream, 2)] == ["flood0aa@3", "flood0aa@4"]
        assert visitor.site.index.get("flood0aa").version == 4  # type: ignore[union-attr]


async def test_a_page_that_was_away_is_given_what_it_missed(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        async with following(visitor) as stream:
            add(filled, "flood0aa@3")
            [(place, _)] = await take(stream, 1)
        add(filled, "flood0aa@4", "race0bb@2")
        async with following(visitor, headers={"Last-Event-ID": place}) as stream:
            assert sorted(name for _, name in await take(stream, 2)) == ["flood0aa@4", "race0bb@2"]


async def test_it_is_given_it_by_a_server_that_was_started_anew_too(filled: EventLog) -> None:
    async with visiting(filled) as visitor, following(visitor) as stream:
        add(filled, "flood0aa@3")
        [(place, _)] = await take(stream, 1)
    add(filled, "flood0aa@4", "flood0aa@5")
    async with visiting(filled) as visitor, following(visitor, params={"after": place}) as stream:
        assert [name for _, name in await take(stream, 2)] == ["flood0aa@4", "flood0aa@5"]


async def test_the_place_of_a_page_is_where_its_stream_goes_on(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        page = await visitor.page("/stories/flood0aa")
        body = page.tree.body
        assert body is not None
        assert (body.attributes["data-story"], body.attributes["data-version"]) == ("flood0aa", "2")
        add(filled, "flood0aa@3")
        await until(lambda: visitor.site.index.get("flood0aa").version == 3)  # type: ignore[union-attr]
        address = body.attributes["data-events"]
        assert address is not None
        async with visitor.client.get(address) as answer:
            assert [name for _, name in await take(events(answer.content), 1)] == ["flood0aa@3"]


async def test_an_update_that_was_told_is_not_told_again(filled: EventLog) -> None:
    async with visiting(filled) as visitor, following(visitor) as stream:
        add(filled, "flood0aa@3")
        await take(stream, 1)
        maker = Maker(filled)
        cause = maker.article("a1")
        [last] = [own for own in Subscription(filled, NAMING, follow=False) if own.version == 3]
        maker.put(UPDATES, derive(cause, last, key=last.story_id, subject=last.story_id))
        add(filled, "flood0aa@4")
        assert [name for _, name in await take(stream, 1)] == ["flood0aa@4"]


async def test_a_place_of_another_generation_begins_at_what_comes_now(filled: EventLog) -> None:
    async with visiting(filled) as visitor, following(visitor, params={"after": "g9/0:0"}) as stream:
        add(filled, "flood0aa@3")
        assert [name for _, name in await take(stream, 1)] == ["flood0aa@3"]


@given(st.dictionaries(st.integers(0, 999), st.integers(0, 10**12), max_size=5))
def test_a_place_is_read_as_it_was_written(places: dict[int, int]) -> None:
    assert Cursor.read(str(Cursor("g1", places))) == Cursor("g1", places)


@pytest.mark.parametrize(
    "text", ["", "g1", "g1/0", "g1/0:", "g1/0:1,", "g1/0:-1", "g1/x:1", "/0:1", "g1/0:1 ", "g1/٣:1"]
)
def test_other_texts_are_no_places(text: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        Cursor.read(text)


def told(partition: int, offset: int) -> Told:
    update = Update(story_id=f"s{partition}", version=offset + 1, kind="joined", cause="c", title="t")
    return Told(partition, offset, update)


LOG = [told(offset % 2, offset // 2) for offset in range(20)]


@given(st.integers(0, 10), st.integers(0, 10), st.integers(1, 8), st.lists(st.integers(1, 5), max_size=4))
def test_nothing_is_lost_and_nothing_comes_twice(one: int, other: int, memory: int, bursts: list[int]) -> None:
    """However far back a page was, however little is remembered, and however much comes while it catches up."""
    asyncio.run(_catch_up(Cursor("g1", {0: one, 1: other}), memory, bursts))


async def _catch_up(since: Cursor, memory: int, bursts: list[int]) -> None:
    live, coming = Live("g1", most=memory), iter(LOG)
    live.start({0: 0, 1: 0})
    live.tell(list(islice(coming, len(LOG) - sum(bursts))))
    if any(offset > live.cursor.places[part] for part, offset in since.places.items()):
        since = live.cursor  # beyond the end: begins at what comes now

    def burst() -> None:
        if bursts:
            live.tell(list(islice(coming, bursts.pop())))

    async def missed(cursor: Cursor, until: Cursor) -> Sequence[Told]:
        found = [own for own in LOG if until.covers(own) and not cursor.covers(own)][:3]
        burst()
        return found

    got: list[Told] = []
    async for _, own in live.stream(since, missed, quiet=0.001):
        if own is not None:
            got.append(own)
        elif bursts:
            burst()
        else:
            live.close()
    wanted = [own for own in LOG if not since.covers(own)]
    assert sorted(own[:2] for own in got) == sorted(own[:2] for own in wanted)
    for part in (0, 1):
        offsets = [own.offset for own in got if own.partition == part]
        assert offsets == sorted(offsets)


class LogAway:
    """A log that does not answer while `away` is set."""

    def __init__(self, log: EventLog) -> None:
        self._log, self.away = log, False

    def read(self, *place: Any, **more: Any) -> Any:
        self._answer()
        return self._log.read(*place, **more)

    def follow(self, *place: Any, **more: Any) -> Iterator[Record]:
        self._answer()
        return self._log.follow(*place, **more)

    def _answer(self) -> None:
        if self.away:
            raise Retry("no broker answers")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


async def test_a_page_outlives_its_log(filled: EventLog, caplog: pytest.LogCaptureFixture) -> None:
    log = LogAway(filled)
    async with visiting(log) as visitor, following(visitor) as stream:  # type: ignore[arg-type]
        await visitor.text("/stories/flood0aa")
        log.away = True
        add(filled, "race0bb@2")
        await until(lambda: visitor.site.away_since)
        page = await visitor.page("/")
        assert page.text("[role=alert]").startswith("The log has not answered since 20")
        assert len(page.texts("li h2")) == 2
        assert (await visitor.page("/stories/flood0aa")).text("h1") == "Orrin Vale under water"
        refused = await visitor.page("/stories/race0bb", 503)
        assert "does not answer" in refused.text("main")
        log.away = False
        assert [name for _, name in await take(stream, 1)] == ["race0bb@2"]
        assert (await visitor.page("/")).texts("[role=alert]") == []
        assert len((await visitor.page("/stories/race0bb")).texts("h1")) == 1
    assert set(caplog.messages) == {"no broker answers; the page goes on with what it has"}


async def test_a_stream_whose_missed_updates_cannot_be_read_ends_and_is_gone_on_with(filled: EventLog) -> None:
    log = LogAway(filled)
    place = str(Cursor(NAMING.generation, {0: 0, 1: 0}))
    async with visiting(log) as visitor:  # type: ignore[arg-type]
        log.away = True
        async with following(visitor, params={"after": place}) as stream:
            assert [event async for event in stream] == []
        log.away = False
        async with following(visitor, params={"after": place}) as stream:
            assert len(await take(stream, 3)) == 3


class LatestAway(LogAway):
    """Updates can be read while stories cannot."""

    def follow(self, topic: str, *place: Any, **more: Any) -> Iterator[Record]:
        if "latest" in topic:
            self._answer()
        return self._log.follow(topic, *place, **more)


async def test_an_update_is_told_once_and_after_its_story_whatever_fails_in_between(
    filled: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consumers.web.feed.AGAIN", 0.01)
    monkeypatch.setattr("consumers.web.feed.NAP", 0.01)
    log, heard, stop = LatestAway(filled), list[News](), threading.Event()
    feed = Feed(log, NAMING, heard.append)  # type: ignore[arg-type]
    thread = threading.Thread(target=feed.run, args=(stop,))
    thread.start()
    await until(lambda: any(news.start for news in heard))
    log.away = True
    add(filled, "flood0aa@3")
    for _ in range(3):
        failed = len([news for news in heard if news.trouble])
        await until(lambda known=failed: len([news for news in heard if news.trouble]) > known)
    log.away = False
    await until(lambda: any(news.told for news in heard))
    known = len(heard)
    await until(lambda: len(heard) > known + 3)
    stop.set()
    thread.join(PATIENCE)
    told_at = [number for number, news in enumerate(heard) for _ in news.told]
    line_at = [number for number, news in enumerate(heard) if any(line.version == 3 for line in news.lines)]
    assert len(told_at) == len(line_at) == 1
    assert line_at < told_at


async def test_a_log_that_hangs_is_said_too(filled: EventLog) -> None:
    now = [1_000.0]
    async with visiting(filled, clock=lambda: now[0]) as visitor:
        assert visitor.site.away_since is None
        visitor.site.close()  # no look at the log ends any more
        now[0] += 11
        assert visitor.site.away_since is not None


async def test_streams_have_a_bound(filled: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consumers.web.handlers.MOST_STREAMS", 1)
    async with visiting(filled) as visitor, following(visitor):
        await visitor.text("/events", 503)
