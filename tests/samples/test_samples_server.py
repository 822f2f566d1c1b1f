"""The world over HTTP: hosts, ticks and conditional requests."""

import tomllib
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from samples.server import SampleServer, sources_toml


@pytest_asyncio.fixture
async def server() -> AsyncIterator[SampleServer]:
    async with SampleServer() as started:
        yield started


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_each_outlet_has_an_address_of_its_own(server: SampleServer, http: aiohttp.ClientSession) -> None:
    assert len({address.base for address in server.addresses.values()}) == len(server.world.outlets)
    for key, outlet in server.world.outlets.items():
        async with http.get(server.feed_url(key)) as answer:
            assert answer.status == 200
            assert outlet.name in await answer.text()


async def test_known_entity_tag_gives_304_without_a_body(server: SampleServer, http: aiohttp.ClientSession) -> None:
    async with http.get(server.feed_url("meridian")) as first:
        tag = first.headers["ETag"]
    async with http.get(server.feed_url("meridian"), headers={"If-None-Match": tag}) as second:
        assert second.status == 304
        assert second.headers["ETag"] == tag
        assert await second.read() == b""


async def test_entity_tag_changes_with_the_feed(server: SampleServer, http: aiohttp.ClientSession) -> None:
    async with http.get(server.feed_url("meridian")) as first:
        tag = first.headers["ETag"]
    server.advance()
    async with http.get(server.feed_url("meridian"), headers={"If-None-Match": tag}) as second:
        assert second.status == 200
        assert second.headers["ETag"] != tag


@pytest.mark.parametrize(("ticks", "status"), [(0, 304), (1, 200)])
async def test_last_modified(server: SampleServer, http: aiohttp.ClientSession, ticks: int, status: int) -> None:
    async with http.get(server.feed_url("observer")) as first:
        date = first.headers["Last-Modified"]
    server.tick = 4 * ticks
    async with http.get(server.feed_url("observer"), headers={"If-Modified-Since": date}) as second:
        assert second.status == status


async def test_entity_tag_goes_before_date(server: SampleServer, http: aiohttp.ClientSession) -> None:
    headers = {"If-None-Match": '"other"', "If-Modified-Since": "Sun, 16 Mar 2025 00:00:00 GMT"}
    async with http.get(server.feed_url("observer"), headers=headers) as answer:
        assert answer.status == 200


async def test_withdrawn_page_is_410_even_to_a_conditional_request(
    server: SampleServer, http: aiohttp.ClientSession
) -> None:
    server.tick = 7
    url = server.world.url("ferry-beacon-2")
    async with http.get(url, headers={"If-Modified-Since": "Sun, 16 Mar 2025 00:00:00 GMT"}) as answer:
        assert answer.status == 410


async def test_article_is_404_before_it_is_published(server: SampleServer, http: aiohttp.ClientSession) -> None:
    async with http.get(server.world.url("dam-wire-3")) as answer:
        assert answer.status == 404


async def test_paths_belong_to_one_outlet(server: SampleServer, http: aiohttp.ClientSession) -> None:
    path = server.world.path("strike-observer-1")
    async with http.get(server.addresses["post"].base + path) as answer:
        assert answer.status == 404


async def test_post_advances_until_the_last_tick(server: SampleServer, http: aiohttp.ClientSession) -> None:
    url = server.addresses["voice"].base + "/tick"
    server.tick = server.last_tick - 1
    for _ in range(2):
        async with http.post(url) as answer:
            assert (await answer.json())["tick"] == server.last_tick
    assert not server.advance()


async def test_robots_forbid_the_search(server: SampleServer, http: aiohttp.ClientSession) -> None:
    async with http.get(server.addresses["ledger"].base + "/robots.txt") as answer:
        assert "Disallow: /search" in await answer.text()


async def test_head_has_no_body(server: SampleServer, http: aiohttp.ClientSession) -> None:
    async with http.head(server.feed_url("meridian")) as answer:
        assert answer.status == 200
        assert "ETag" in answer.headers


async def test_two_servers_on_one_port_do_not_meet(server: SampleServer) -> None:
    async with SampleServer(server.addresses["meridian"].port) as second:
        assert set(second.addresses.values()).isdisjoint(server.addresses.values())


async def test_sources_name_every_outlet(server: SampleServer) -> None:
    sources = tomllib.loads(sources_toml(server))["source"]
    assert [it["name"] for it in sources] == [outlet.host for outlet in server.world.outlets.values()]
    assert [it["feeds"] for it in sources] == [[server.feed_url(key)] for key in server.world.outlets]


async def test_sources_file_suits_the_scraper(server: SampleServer) -> None:
    from scrapers.live.config import SourcesConfig

    config = SourcesConfig.model_validate(tomllib.loads(sources_toml(server, every=0.5)))
    assert {source.every for source in config.source} == {0.5}
