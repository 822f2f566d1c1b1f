"""A log that does not answer, for a moment or for days: the scraper reads on, and all arrives once and in order."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from scrapers_site import NAMING, Desk, Site

from eventlog.base import Entry, EventLog, Place
from newsfold.commands.scrape import summary
from newsfold.scraping import line_of
from schemas.articles import Fetched
from schemas.errors import Fatal, Retry
from scrapers.live import Journal, Tally, Tools, scrape, sender
from scrapers.publish import event_of


class AwayLog:
    """A log that takes nothing as long as `refuse` raises."""

    def __init__(self, log: EventLog, refuse: Callable[[], None]) -> None:
        self._log, self.refuse = log, refuse

    def append(self, entries: Sequence[Entry]) -> Sequence[Place]:
        self.refuse()
        return self._log.append(entries)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


def no_answer() -> None:
    raise Retry("the log did not take 1 record within 0 seconds")


def answer() -> None:
    """It is there."""


def said(desk: Desk) -> list[tuple[str, int]]:
    return [(event.outcome, event.entries) for event in desk.seen if event.what == "log"]


def paths(desk: Desk) -> list[str]:
    return [event.data.input_id.rpartition("/")[2] for event in desk.raw()]  # type: ignore[union-attr]


@pytest.fixture
def away(desk: Desk) -> Iterator[AwayLog]:
    whole = desk.log
    desk.log = AwayLog(whole, no_answer)  # type: ignore[assignment]
    yield desk.log  # type: ignore[misc]
    desk.log = whole


async def test_what_the_log_does_not_take_is_sent_by_the_next_run_in_order(
    desk: Desk, site: Site, away: AwayLog
) -> None:
    for name in "abc":
        site.feed(site.article(f"/{name}", f"Text {name}."))
        tally = await desk.scrape()
    assert (tally.pages, tally.waiting) == ({"fetched": 1}, 3)
    assert summary(tally).endswith("; 3 wait for the log, and the next run sends them")
    assert said(desk) == [("away", 1), ("away", 1), ("away", 2)]
    assert desk.raw() == []
    away.refuse = answer
    site.feed(site.article("/d", "Text d."))
    assert (await desk.scrape()).waiting == 0
    assert paths(desk) == ["a", "b", "c", "d"]


async def test_feeds_are_read_on_while_the_log_is_away(desk: Desk, site: Site, away: AwayLog) -> None:
    stop = asyncio.Event()

    async def wait(seconds: float) -> None:
        """The site gets an article at every wait for the next poll; after the fifth the log is there again."""
        polls = site.order.count("/feed")
        if seconds == 60 and polls < 6:
            site.feed(site.article(f"/{polls}", f"Text {polls}."))
        away.refuse = answer if polls > 5 else no_answer
        if desk.raw():
            stop.set()
        await asyncio.sleep(0)

    site.feed()
    tally = await scrape(
        desk.config(every="1m"),
        desk.log,
        NAMING,
        journal=desk.journal,
        stop=stop,
        on_event=desk.seen.append,
        clock=lambda: desk.now,
        tools=Tools(wait),
    )
    assert paths(desk) == ["1", "2", "3", "4", "5"]
    assert [outcome for outcome, _ in said(desk)] == ["away", "back"]
    assert tally.waiting == 0
    lines = [line_of(event).plain for event in desk.seen if event.what == "log"]
    assert "waits in the journal until the log answers: the log did not take" in lines[0]
    assert lines[1].endswith("the log answers again, and has all that waited for it")


async def test_stop_does_not_wait_for_a_log_that_is_away(
    desk: Desk, site: Site, away: AwayLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "LAST_SECONDS", 0.1)
    asked, closed = threading.Event(), threading.Event()

    def hang() -> None:
        asked.set()
        closed.wait()
        raise Retry("the log was closed")

    away.refuse = hang
    stop = asyncio.Event()
    site.feed(site.article("/a", "Text."))
    running = asyncio.create_task(scrape(desk.config(), desk.log, NAMING, journal=desk.journal, stop=stop))
    await asyncio.to_thread(asked.wait)
    stop.set()
    tally = await asyncio.wait_for(running, 20)
    closed.set()
    assert tally.waiting == 1


async def test_a_log_that_is_broken_ends_it_and_keeps_what_was_read(desk: Desk, site: Site, away: AwayLog) -> None:
    def broken() -> None:
        raise Fatal("broken")

    away.refuse = broken
    site.feed(site.article("/a", "Text."))
    with pytest.raises(Fatal, match="broken"):
        await desk.scrape()
    assert desk.journal.waiting == 1


def test_events_wait_in_the_journal_in_order_and_as_many_as_asked_for(desk: Desk) -> None:
    events = [
        event_of(Fetched(article_id=f"a{n}", source="s", input_id=f"ö{n}", content_type="text/plain", body=b"x" * 10))
        for n in range(5)
    ]
    desk.journal.save(events=events[:2])
    desk.journal.save(events=events[2:])
    with Journal(desk.path) as again:
        assert [event for _, event in again.unsent(9, 1000)] == events
        assert [event for _, event in again.unsent(2, 1000)] == events[:2]
        assert [event for _, event in again.unsent(9, 30)] == events[:3]
        assert [event for _, event in again.unsent(9, 1)] == events[:1]
        again.sent(again.unsent(3, 1000)[-1].number)
        assert again.waiting == 2
        assert [event for _, event in again.unsent(9, 1000)] == events[3:]


def test_nothing_is_said_of_waiting_where_nothing_waits() -> None:
    assert summary(Tally()) == "feeds: none; pages: none; 0 quarantined"
