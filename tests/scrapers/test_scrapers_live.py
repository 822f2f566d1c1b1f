"""Feeds and pages on a real server: what is published, remembered and counted."""

import asyncio
import gzip
import itertools

import aiohttp
import pytest
from scrapers_site import NAMING, START, Desk, Page, Site

from eventlog.base import EventLog
from schemas.articles import Fetched, Gone
from scrapers.live import Tools, scrape
from scrapers.live.failures import Final
from scrapers.live.hosts import Hosts
from scrapers.live.web import Manners, Web

LONG = "The ferry to Little Dale runs again, the harbour office said. " * 40


async def test_a_new_page_is_published_once(desk: Desk, site: Site) -> None:
    site.feed(site.article("/a", "The mill burned down."))
    tally = await desk.scrape()
    assert tally.feeds == {"fetched": 1}
    assert tally.pages == {"fetched": 1}
    [event] = desk.raw()
    assert isinstance(event.data, Fetched)
    assert event.key == event.data.source == "dale.test"
    assert event.subject == event.data.article_id
    assert event.data.input_id == event.data.url == f"{site.base}/a"
    assert event.data.title == "On /a"
    assert event.data.published_precision == "second"
    assert event.data.fetched_at == event.time == desk.now
    assert b"The mill burned down." in event.data.body
    again = await desk.scrape()
    assert again.feeds == {"unchanged": 1}
    assert not again.pages
    assert len(desk.raw()) == 1


@pytest.mark.parametrize("validator", [{"etag": '"v1"'}, {"modified": "Mon, 02 Mar 2026 07:00:00 GMT"}])
async def test_what_has_not_changed_is_not_sent_again(desk: Desk, site: Site, validator: dict[str, str]) -> None:
    site.feed(site.article("/a", "The mill burned down.", **validator), **validator)
    await desk.scrape()
    desk.later(hours=1)
    tally = await desk.scrape()
    assert tally.feeds == {"not_modified": 1}
    assert tally.pages == {"not_modified": 1}
    assert site.answers["/feed", 304] == site.answers["/a", 304] == 1
    assert len(desk.raw()) == 1


async def test_a_changed_page_keeps_its_article_id(desk: Desk, site: Site) -> None:
    item = site.article("/a", "Nine boats sank.")
    site.feed(item)
    await desk.scrape()
    site.article("/a", "Seven boats sank.")
    site.feed(item | {"title": "Seven boats, not nine"})
    desk.later(minutes=5)
    tally = await desk.scrape()
    assert tally.pages == {"fetched": 1}
    first, second = desk.raw()
    assert first.subject == second.subject
    assert first.id != second.id
    assert isinstance(second.data, Fetched)
    assert second.data.title == "Seven boats, not nine"


async def test_a_silent_correction_is_found_by_looking_again(desk: Desk, site: Site) -> None:
    site.feed(site.article("/a", "Nine boats sank."))
    await desk.scrape(recheck_after=600)
    site.article("/a", "Seven boats sank.")
    desk.later(minutes=9)
    assert not (await desk.scrape(recheck_after=600)).pages
    desk.later(minutes=2)
    assert (await desk.scrape(recheck_after=600)).pages == {"fetched": 1}
    desk.later(days=3)
    await desk.scrape(recheck_after=600)
    desk.later(days=3)
    assert not (await desk.scrape(recheck_after=600)).pages, "too old to be looked at again"


async def test_a_page_that_differs_only_out_of_sight_is_unchanged(desk: Desk, site: Site) -> None:
    site.feed(site.article("/a", "Nine boats sank.<script>n=1</script>"))
    await desk.scrape()
    site.article("/a", "Nine boats sank.<script>n=2</script>")
    desk.later(hours=1)
    assert (await desk.scrape()).pages == {"unchanged": 1}
    assert len(desk.raw()) == 1


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_taken_away_is_gone_once_and_may_come_back(desk: Desk, site: Site, status: int) -> None:
    site.feed(site.article("/a", "Nine boats sank."))
    await desk.scrape()
    site.pages["/a"].status = status
    for outcome in ("gone", "unchanged"):
        desk.later(hours=3)
        assert (await desk.scrape()).pages == {outcome: 1}
    published, gone = desk.raw()
    assert isinstance(gone.data, Gone)
    assert gone.subject == published.subject
    site.pages["/a"].status = 200
    desk.later(hours=6)
    assert (await desk.scrape()).pages == {"fetched": 1}
    assert desk.raw()[-1].subject == published.subject


async def test_a_page_that_never_was_is_no_gone_article(desk: Desk, site: Site) -> None:
    item = site.article("/a", "")
    site.pages["/a"].status = 410
    site.feed(item)
    tally = await desk.scrape()
    assert tally.pages == {"failed": 1}
    assert tally.failures == {"HTTP 410": 1}
    assert not desk.raw()


async def test_a_feed_with_the_full_text_needs_no_page(desk: Desk, site: Site) -> None:
    item = {"title": "Ferry", "link": "/ferry", "content:encoded": f"<p>{LONG}</p>"}
    site.feed(item)
    assert (await desk.scrape()).pages == {"fetched": 1}
    [event] = desk.raw()
    assert isinstance(event.data, Fetched)
    assert event.data.body == f"<p>{LONG}</p>".strip().encode()
    assert event.data.content_type == "text/html; charset=utf-8"
    assert not site.answers["/ferry", 404]
    site.feed(item | {"content:encoded": f"<p>{LONG} It is free.</p>"})
    assert (await desk.scrape()).pages == {"fetched": 1}
    site.feed(item | {"title": "The ferry", "content:encoded": f"<p>{LONG}  It is free.</p>"})
    assert (await desk.scrape()).pages == {"unchanged": 1}


async def test_a_text_that_breaks_off_is_not_the_full_one(desk: Desk, site: Site) -> None:
    item = site.article("/ferry", LONG)
    site.feed(item | {"content:encoded": f"<p>{LONG} [&#8230;]</p>"})
    await desk.scrape()
    assert site.answers["/ferry", 200] == 1


async def test_robots_txt_is_obeyed(desk: Desk, site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /*/private$\nCrawl-delay: 0\n", "text/plain")
    site.feed(site.article("/x/private", "Keep out."), site.article("/x/public", "Come in."))
    tally = await desk.scrape()
    assert tally.pages == {"disallowed": 1, "fetched": 1}
    assert "/x/private" not in site.order
    assert site.order.count("/robots.txt") == 1
    assert [event.reason for event in desk.seen if event.outcome == "disallowed"] == ["robots.txt"]


async def test_robots_txt_that_cannot_be_had_forbids_everything(desk: Desk, site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"", status=503)
    site.feed(site.article("/a", "Come in."))
    tally = await desk.scrape()
    assert tally.failures == {"robots.txt: HTTP 503": 1}
    assert "/feed" not in site.order


async def test_a_busy_server_is_asked_again_when_it_wants_to(desk: Desk, site: Site) -> None:
    site.feed(site.article("/a", "Open again.", failures=[503, 429], headers={"Retry-After": "7"}))
    assert (await desk.scrape()).pages == {"fetched": 1}
    assert site.answers["/a", 503] == site.answers["/a", 429] == 1
    assert [round(seconds) for seconds in desk.slept] == [7, 7]


async def test_a_pause_that_is_too_long_is_left_to_the_next_poll(desk: Desk, site: Site) -> None:
    site.feed(site.article("/a", "Two."), site.article("/b", "One.", failures=[503], headers={"Retry-After": "3600"}))
    tally = await desk.scrape()
    assert tally.failures == {"the server asked for a pause": 2}
    assert not desk.slept
    desk.later(hours=2)
    assert (await desk.scrape()).pages == {"fetched": 2}


async def test_a_server_that_always_fails_is_left_alone_after_some_tries(desk: Desk, site: Site) -> None:
    site.feed(site.article("/a", "Never.", status=500))
    for _ in range(8):
        await desk.scrape()
        desk.later(hours=6)
    assert site.answers["/a", 500] == 5 * 3


async def test_redirects_are_followed_to_one_article(desk: Desk, site: Site) -> None:
    item = site.article("/long-name", "Ferry runs.")
    site.pages["/r?utm_source=feed"] = Page(b"", status=301, headers={"Location": "/long-name?utm_medium=x#top"})
    site.pages["/long-name?utm_medium=x"] = site.pages["/long-name"]
    site.feed(item | {"link": "/r?utm_source=feed"})
    site.feed(item, path="/feed2")
    await desk.scrape(feeds=[f"{site.base}/feed", f"{site.base}/feed2"])
    assert {event.data.input_id for event in desk.raw() if isinstance(event.data, Fetched)} == {
        f"{site.base}/long-name"
    }
    assert len({event.subject for event in desk.raw()}) == 1


async def test_a_removed_page_that_leads_to_the_front_page_is_no_article(desk: Desk, site: Site) -> None:
    item = site.article("/a", "")
    site.article("/", "All the news.")
    site.pages["/a"] = Page(b"", status=302, headers={"Location": "/"})
    site.feed(item)
    assert (await desk.scrape()).failures == {"redirected to the front page": 1}


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/a", "too many redirects"),
        ("ftp://dale.test/a", "redirected to no address"),
        ("", "redirected to no address"),
        ("http://[::1", "redirected to no address"),
    ],
)
async def test_redirects_that_lead_nowhere(desk: Desk, site: Site, location: str, reason: str) -> None:
    item = site.article("/a", "")
    site.pages["/a"] = Page(b"", status=302, headers={"Location": location})
    site.feed(item)
    assert (await desk.scrape()).failures == {reason: 1}


@pytest.mark.parametrize("packed", [False, True])
async def test_a_page_that_is_too_large_is_not_read(desk: Desk, site: Site, packed: bool) -> None:
    item = site.article("/a", "")
    body = b"<p>" + b"0" * 400_000
    headers = {"Content-Encoding": "gzip"} if packed else {}
    site.pages["/a"] = Page(gzip.compress(body) if packed else body, headers=headers)
    site.feed(item, site.article("/b", "Fits."))
    tally = await desk.scrape({"max_bytes": 100_000})
    assert tally.pages == {"failed": 1, "fetched": 1}
    assert tally.failures == {"too large: more than 100000 bytes": 1}
    assert site.order.count("/a") == 1, "asking again would not help"


@pytest.mark.parametrize(
    ("content_type", "reason"),
    [
        ("image/png", "content type image/png"),
        ("application/pdf; charset=utf-8", "content type application/pdf"),
        ("text/html\"'><script>", "content type missing"),
        ("x" * 4000, "content type missing"),
    ],
)
async def test_what_is_no_page_is_not_published(desk: Desk, site: Site, content_type: str, reason: str) -> None:
    item = site.article("/a", "")
    site.pages["/a"] = Page(b"\x89PNG", content_type)
    site.feed(item)
    assert (await desk.scrape()).failures == {reason: 1}
    assert not desk.raw()


async def test_only_the_charset_is_kept_of_a_content_type(desk: Desk, site: Site) -> None:
    item = site.article("/a", "")
    site.pages["/a"] = Page("<p>Fähre fährt.</p>".encode("latin-1"), 'TEXT/HTML; x="<b>"; charset="ISO-8859-1"')
    site.feed(item)
    await desk.scrape()
    [event] = desk.raw()
    assert isinstance(event.data, Fetched)
    assert event.data.content_type == "text/html; charset=iso-8859-1"


@pytest.mark.parametrize("body", [b"", b"<html><p>Sign in</p></html>", b"\x00\x01\x02", b"<rss><channel>", b"{"])
async def test_what_is_no_feed_fails_and_does_no_more(desk: Desk, site: Site, body: bytes) -> None:
    site.pages["/feed"] = Page(body, "application/rss+xml")
    tally = await desk.scrape()
    assert sum(tally.feeds.values()) == 1
    assert not desk.raw()


async def test_a_server_that_is_not_there(desk: Desk, site: Site) -> None:
    tally = await desk.scrape(feeds=["http://127.0.0.1:9/feed"])
    assert tally.failures == {"robots.txt: cannot connect": 1}


async def test_entries_without_a_usable_link_or_date_do_not_stop_the_others(desk: Desk, site: Site) -> None:
    good = site.article("/a", "Fine.") | {"pubDate": "Tue,"}
    site.feed({"title": "No link"}, {"title": "Bad", "link": "javascript:alert(1)"}, good)
    assert (await desk.scrape()).pages == {"fetched": 1}
    [event] = desk.raw()
    assert isinstance(event.data, Fetched)
    assert event.data.published_at is None
    assert event.data.repairs == ("published_at dropped: 'Tue,' is no date",)


async def test_one_request_at_a_time_for_each_server(desk: Desk, site: Site, log: EventLog) -> None:
    names = ("one", "two", "three")
    for name in names:
        site.feed(*(site.article(f"/{name}/{number}", "Text.") for number in range(4)), path=f"/{name}")
    config = {"source": [{"name": name, "feeds": [f"{site.base}/{name}"], "delay": 0} for name in names]}
    shared = type(desk.config()).model_validate(config)
    tally = await scrape(shared, log, NAMING, journal=desk.journal, once=True, tools=Tools(desk.sleep))
    assert tally.pages == {"fetched": 12}
    assert site.busiest == 1


@pytest.mark.parametrize(("delay", "wanted"), [(0.05, b""), (0, b"User-agent: *\nCrawl-delay: 0.05\n")])
async def test_requests_keep_their_distance(desk: Desk, site: Site, delay: float, wanted: bytes) -> None:
    site.pages["/robots.txt"] = Page(wanted, "text/plain")
    site.feed(site.article("/a", "Text."), site.article("/b", "Text."))
    await desk.scrape(delay=delay)
    after_robots = site.times[1:]
    gaps = [after - before for before, after in itertools.pairwise(after_robots)]
    assert len(gaps) == 2
    assert min(gaps) > 0.03


async def test_a_feed_from_outside_cannot_send_us_inside(site: Site) -> None:
    async with aiohttp.ClientSession() as session:
        hosts = Hosts(asyncio.get_running_loop().time, asyncio.sleep)
        web = Web(session, hosts, lambda: START, max_bytes=1000, attempts=1)
        with pytest.raises(Final, match="private network"):
            await web.get(f"{site.base}/admin", Manners("dalebot", 0))
    assert not site.order


async def test_servers_are_told_who_asks(desk: Desk, site: Site) -> None:
    site.feed(site.article("/a", "Text."))
    await desk.scrape(user_agent="dalebot/2 (+desk@dale.test)")
    assert site.agents == {"dalebot/2 (+desk@dale.test)"}


async def test_no_more_pages_than_allowed_and_the_rest_next_time(desk: Desk, site: Site) -> None:
    site.feed(*(site.article(f"/{number}", f"Text {number}.") for number in range(5)), etag='"v"')
    counts = [(await desk.scrape(max_pages=2)).pages["fetched"] for _ in range(4)]
    assert counts == [2, 2, 1, 0], "entries that wait are not lost when the feed says 304"


async def test_the_source_is_the_host_where_it_has_no_name(desk: Desk, site: Site) -> None:
    site.feed(site.article("/a", "Text."))
    await desk.scrape(name=None)
    assert desk.raw()[0].key == "127.0.0.1"


async def test_oldest_entries_are_published_first(desk: Desk, site: Site) -> None:
    hours = (11, 9, 10)
    items = [site.article(f"/{hour}", "Text.") | {"pubDate": f"Sun, 01 Mar 2026 {hour:02}:00:00 GMT"} for hour in hours]
    site.feed(*items)
    await desk.scrape()
    assert [path for path in site.order if path[1:].isdigit()] == ["/9", "/10", "/11"]
