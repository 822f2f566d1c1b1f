"""Atom feeds as the web page gives them: those of `newsfold atom`, with links to the page itself."""

import re

from consumers_handmade import NAMING, Maker
from consumers_web_kit import until, visiting
from lxml import etree

from consumers.atom import MEDIA_TYPE, news_feed, story_feed
from consumers.newest import newest_updates
from consumers.reading import latest_story
from eventlog.base import EventLog


async def test_the_feed_of_all_stories_and_of_one(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        base = str(visitor.client.make_url("/")).rstrip("/")
        news = news_feed(newest_updates(filled, NAMING, limit=100), base_url=base)
        assert (await visitor.text("/atom.xml")).encode() == news
        one = newest_updates(filled, NAMING, limit=100, story_id="flood0aa")
        story = latest_story(filled, NAMING, "flood0aa")
        assert (await visitor.text("/stories/flood0aa/atom.xml")).encode() == story_feed(story, one, base_url=base)


async def test_its_links_lead_to_pages_and_pages_name_it(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        feed = etree.fromstring((await visitor.text("/atom.xml")).encode())
        links = feed.xpath("//*[local-name()='link'][@rel='alternate']/@href")
        assert len(links) > 1
        for link in links:
            await visitor.page(link.removeprefix(str(visitor.client.make_url("/")).rstrip("/")))
        page = await visitor.text("/stories/flood0aa")
        named = r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">'
        assert re.findall(named, page) == ["/atom.xml", "/stories/flood0aa/atom.xml"]


async def test_who_has_it_is_told_so_and_it_is_made_once_a_minute(filled: EventLog) -> None:
    now = [60.0]
    async with visiting(filled, clock=lambda: now[0]) as visitor:
        async with visitor.client.get("/atom.xml") as first:
            assert first.content_type == MEDIA_TYPE
            known = {"If-None-Match": first.headers["ETag"]}
        maker = Maker(filled)
        maker.version(maker.article("a4", 2), "flood0aa", 3)
        await visitor.text("/atom.xml", 304, headers=known)
        now[0] += 60
        await until(lambda: visitor.site.away_since is None)  # it was, by that clock
        assert "flood0aa@3" in await visitor.text("/atom.xml", headers=known)


async def test_no_such_story_has_no_feed(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        await visitor.text("/stories/none0000/atom.xml", 404)
