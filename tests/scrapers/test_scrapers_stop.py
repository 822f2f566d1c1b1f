"""Crashes and stops of the live scraper."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from scrapers_site import NAMING, Desk, Page, Site

from eventlog.base import EventLog
from schemas.errors import Fatal
from scrapers.live import Journal, Tools, scrape
from scrapers.live.journal import PageMemory


class Killed(Exception):
    """Stands for kill -9."""


class KilledJournal(Journal):
    """Dies when it is to strike out what was published."""

    def sent(self, number: int) -> None:
        raise Killed


class ForgetfulJournal(Journal):
    """Dies when it is to remember a page that was read."""

    def save(self, pages: Sequence[PageMemory] = (), *others: Any) -> None:  # type: ignore[override]
        if any(page.state == "known" for page in pages):
            raise Killed
        super().save(pages, *others)


async def killed(desk: Desk, journal: Journal, **source: Any) -> None:
    """One poll that dies in the journal; then the journal is whole again."""
    whole, desk.journal = desk.journal, journal
    with pytest.raises(Killed):
        await desk.scrape(**source)
    desk.journal.close()
    desk.journal = whole


@pytest.mark.parametrize("full_text", [1, 100_000])
async def test_killed_between_log_and_journal_publishes_the_same_again(desk: Desk, site: Site, full_text: int) -> None:
    item = site.article("/a", "The mill burned down.")
    site.feed(item | {"content:encoded": "<p>The mill burned down.</p>"}, etag='"v"')
    await killed(desk, KilledJournal(desk.path), full_text=full_text)
    desk.later(minutes=1)
    assert not (await desk.scrape(full_text=full_text)).pages
    first, second = desk.raw()
    assert first == second


@pytest.mark.parametrize("full_text", [1, 100_000])
async def test_killed_before_the_journal_has_it_reads_it_again(desk: Desk, site: Site, full_text: int) -> None:
    item = site.article("/a", "The mill burned down.")
    site.feed(item | {"content:encoded": "<p>The mill burned down.</p>"}, etag='"v"')
    await killed(desk, ForgetfulJournal(desk.path), full_text=full_text)
    assert not desk.raw()
    assert (await desk.scrape(full_text=full_text)).pages == {"fetched": 1}
    assert len(desk.raw()) == 1


async def test_the_journal_outlives_the_process(desk: Desk, site: Site) -> None:
    site.feed(site.article("/a", "Text.", etag='"a"'), etag='"v"')
    await desk.scrape()
    desk.journal.close()
    desk.journal = Journal(desk.path)
    desk.later(hours=1)
    tally = await desk.scrape()
    assert (tally.feeds, tally.pages) == ({"not_modified": 1}, {"not_modified": 1})


async def test_a_file_that_is_no_journal_is_fatal(desk: Desk) -> None:
    other = desk.path.with_name("other")
    other.write_bytes(b"not a database, not at all" * 100)
    with pytest.raises(Fatal, match="journal"):
        Journal(other)


async def test_stop_ends_it_in_the_middle_of_a_request(desk: Desk, site: Site, log: EventLog) -> None:
    site.gate = asyncio.Event()
    site.feed(site.article("/a", "Text."))
    stop = asyncio.Event()
    running = asyncio.create_task(scrape(desk.config(), log, NAMING, journal=desk.journal, stop=stop))
    while "/feed" not in site.order:
        await asyncio.sleep(0.005)
    stop.set()
    tally = await asyncio.wait_for(running, 2)
    site.gate.set()
    assert not tally.feeds
    assert not desk.raw()


async def test_it_polls_until_it_is_stopped(desk: Desk, site: Site, log: EventLog) -> None:
    stop = asyncio.Event()

    async def next_poll(seconds: float) -> None:
        """The site gets another article at every wait, and the third wait is the last."""
        assert seconds == 60
        polls = site.order.count("/feed")
        site.feed(site.article(f"/{polls}", f"Text {polls}."))
        if polls == 3:
            stop.set()
        await asyncio.sleep(0)

    site.feed()
    config = desk.config(every="1m")
    tools = Tools(next_poll)
    tally = await scrape(config, log, NAMING, journal=desk.journal, stop=stop, clock=lambda: desk.now, tools=tools)
    assert tally.feeds["fetched"] >= 2
    assert len(desk.raw()) >= 2


async def test_a_source_that_does_not_answer_is_polled_less_and_less(desk: Desk, site: Site, log: EventLog) -> None:
    stop = asyncio.Event()
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 12:
            stop.set()
        await asyncio.sleep(0)

    site.pages["/feed"] = Page(b"", status=403)
    config = desk.config(every="10m")
    await scrape(config, log, NAMING, journal=desk.journal, stop=stop, clock=lambda: desk.now, tools=Tools(note))
    assert waits[:3] == [1200, 2400, 4800]
    assert max(waits) == 6 * 3600


async def test_a_broken_log_is_raised_and_everything_closed(desk: Desk, site: Site, log: EventLog) -> None:
    site.feed(site.article("/a", "Text."))
    log.close()
    with pytest.raises(Exception, match=r".+"):
        await scrape(desk.config(), log, NAMING, journal=desk.journal, tools=Tools(desk.sleep))
