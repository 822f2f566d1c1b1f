"""The world's pages and feeds over its ticks."""

import hashlib
import subprocess
import sys
from collections import Counter
from typing import Any

import fastfeedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from samples.world import Document, World

WORLD = World.load()
LAST = len(WORLD.ticks) - 1


def article_pages(tick: int) -> dict[str, Document]:
    return {page.ref: page for page in WORLD.pages(tick) if page.ref}


def feed_links(document: Document) -> list[str]:
    return [entry["link"] for entry in fastfeedparser.parse(document.body).entries]


def test_ticks_go_forward_and_each_brings_something() -> None:
    assert list(WORLD.ticks) == sorted(set(WORLD.ticks))
    states = [frozenset(WORLD.live(tick)) for tick in range(LAST + 1)]
    assert len(set(states)) == len(states)


def test_last_tick_has_all_articles_but_the_withdrawn() -> None:
    assert {it.article for it in WORLD.live(LAST)} == set(WORLD.firsts) - {"ferry-beacon-2"}
    assert 35 <= len(WORLD.firsts) <= 46


def test_every_article_has_an_address_of_its_own() -> None:
    assert len({WORLD.url(article) for article in WORLD.firsts}) == len(WORLD.firsts)


def test_at_least_five_outlets_write() -> None:
    counts = Counter(it.outlet for it in WORLD.firsts.values())
    assert set(counts) == set(WORLD.outlets)
    assert min(counts.values()) >= 4


@pytest.mark.parametrize("tick", range(LAST + 1))
def test_feeds_parse_and_lead_to_pages(tick: int) -> None:
    documents = WORLD.documents(tick)
    for feed in WORLD.feeds(tick):
        for link in feed_links(feed):
            path = link.removeprefix(WORLD.base(feed.outlet))
            assert documents[feed.outlet.key, path].status == 200


@pytest.mark.parametrize(
    ("outlet", "dated", "full"),
    [("meridian", True, True), ("post", True, False), ("ledger", False, False), ("observer", True, False)],
)
def test_feed_styles_differ(outlet: str, dated: bool, full: bool) -> None:
    feed = next(it for it in WORLD.feeds(LAST) if it.outlet.key == outlet)
    entries = fastfeedparser.parse(feed.body).entries
    assert all(bool(entry.get("published")) == dated for entry in entries)
    assert all((length_of(entry) > 800) == full for entry in entries)


def length_of(entry: dict[str, Any]) -> int:
    return max((len(block["value"]) for block in entry.get("content") or []), default=0)


def test_feed_carries_titles_as_written() -> None:
    for feed in WORLD.feeds(LAST):
        newest = [it for it in reversed(WORLD.live(LAST)) if it.outlet == feed.outlet.key][:12]
        titles = [entry["title"] for entry in fastfeedparser.parse(feed.body).entries]
        assert titles == [it.title for it in newest]


def test_full_text_feed_has_every_paragraph() -> None:
    feed = next(it for it in WORLD.feeds(LAST) if it.outlet.key == "meridian")
    content = [entry["content"][0]["value"] for entry in fastfeedparser.parse(feed.body).entries]
    newest = [it for it in reversed(WORLD.live(LAST)) if it.outlet == "meridian"]
    for manuscript, html in zip(newest, content, strict=False):
        text = LexborHTMLParser(html).text()
        assert all(passage.text in text for passage in manuscript.passages)


def test_page_shows_title_and_every_passage_and_more() -> None:
    manuscripts = {it.ref: it for it in WORLD.manuscripts}
    for ref, page in article_pages(LAST).items():
        tree = LexborHTMLParser(page.body)
        heading, body = tree.css_first("h1"), tree.body
        assert heading is not None
        assert body is not None
        assert heading.text() == manuscripts[ref].title
        assert all(passage.text in body.text() for passage in manuscripts[ref].passages)
        assert len(body.text()) > len(manuscripts[ref].text) + 400


def test_corrected_article_changes_at_its_address() -> None:
    before, after = article_pages(5)["ferry-observer-1"], article_pages(6)["ferry-observer-1@2"]
    assert before.path == after.path
    assert before.modified < after.modified
    assert b"118 people" in before.body
    assert b"118 people" not in after.body
    assert b"Correction, 11 March" in after.body


def test_withdrawn_article_is_gone_and_out_of_the_feed() -> None:
    path = WORLD.path("ferry-beacon-2")
    assert WORLD.documents(6)["beacon", path].status == 200
    assert WORLD.documents(7)["beacon", path].status == 410
    feeds = [next(it for it in WORLD.feeds(tick) if it.outlet.key == "beacon") for tick in (6, 7)]
    assert [path in "".join(feed_links(feed)) for feed in feeds] == [True, False]


def test_boxes_around_an_article_change_while_its_text_stays() -> None:
    early, late = article_pages(4)["ferry-beacon-1"], article_pages(LAST)["ferry-beacon-1"]
    assert early.body != late.body
    assert early.modified < late.modified


def test_pages_without_such_boxes_keep_their_bytes() -> None:
    late = article_pages(LAST)
    for ref, page in article_pages(4).items():
        if page.outlet.key != "beacon" and ref in late:
            assert page.body == late[ref].body


def test_bases_go_into_feed_links_only() -> None:
    world = World.load({"observer": "http://127.0.0.16:1"})
    feed = next(it for it in world.feeds(LAST) if it.outlet.key == "observer")
    assert all(link.startswith("http://127.0.0.16:1/") for link in feed_links(feed))
    assert [page.body for page in world.pages(LAST)] == [page.body for page in WORLD.pages(LAST)]


@pytest.mark.parametrize("seed", ["0", "1"])
def test_rendering_is_the_same_in_every_process(seed: str) -> None:
    script = (
        "import hashlib; from samples.world import World; world = World.load(); digest = hashlib.sha256()\n"
        "for key, it in sorted(world.documents(12).items()): digest.update(repr(key).encode() + it.body)\n"
        "print(digest.hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == digest_of_tick_12()


def digest_of_tick_12() -> str:
    digest = hashlib.sha256()
    for key, document in sorted(WORLD.documents(12).items()):
        digest.update(repr(key).encode() + document.body)
    return digest.hexdigest()
