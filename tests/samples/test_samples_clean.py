"""Cleaning leaves every article's own words, all of them and nothing else, in whatever form it comes."""

from collections.abc import Iterator

import fastfeedparser
import pytest

from articles.clean import clean
from samples.files import as_files
from samples.manuscripts import Manuscript
from samples.world import World
from schemas.articles import Cleaned, Fetched

WORLD = World.load()
LAST = len(WORLD.ticks) - 1
MANUSCRIPTS = {it.ref: it for it in WORLD.manuscripts}


def fetched(manuscript: Manuscript, body: bytes, content_type: str) -> Fetched:
    return Fetched(
        article_id=manuscript.article,
        source=WORLD.outlets[manuscript.outlet].host,
        input_id=manuscript.article,
        content_type=content_type,
        body=body,
        url=f"https://{WORLD.outlets[manuscript.outlet].host}{WORLD.path(manuscript.article)}",
    )


def all_pages() -> Iterator[tuple[str, bytes]]:
    """Every version of every article as it was first to be seen."""
    seen = set()
    for tick in range(LAST + 1):
        for page in WORLD.pages(tick):
            if page.ref and page.ref not in seen:
                seen.add(page.ref)
                yield page.ref, page.body


PAGES = dict(all_pages())


def cleaned_page(ref: str) -> Cleaned:
    return clean(fetched(MANUSCRIPTS[ref], PAGES[ref], "text/html; charset=utf-8"))


@pytest.mark.parametrize("ref", sorted(PAGES))
def test_page_gives_the_articles_own_text(ref: str) -> None:
    assert cleaned_page(ref).text.split("\n\n") == MANUSCRIPTS[ref].text.split("\n\n")


@pytest.mark.parametrize("ref", sorted(PAGES))
def test_headings_are_marked(ref: str) -> None:
    cleaned = cleaned_page(ref)
    assert [block.of(cleaned.text) for block in cleaned.blocks if block.kind == "heading"] == [
        passage.text for passage in MANUSCRIPTS[ref].passages if passage.kind == "heading"
    ]


@pytest.mark.parametrize("ref", sorted(PAGES))
def test_title_and_times(ref: str) -> None:
    cleaned = cleaned_page(ref)
    assert cleaned.title == MANUSCRIPTS[ref].title
    assert cleaned.published_at == MANUSCRIPTS[ref].published
    assert cleaned.language == "en"


def test_correction_shows_as_modified_time() -> None:
    assert cleaned_page("ferry-observer-1@2").modified_at == MANUSCRIPTS["ferry-observer-1@2"].modified


@pytest.mark.parametrize("copy", [copy.article for copy in WORLD.truth().copies])
def test_copies_carry_the_agencys_credit(copy: str) -> None:
    assert any("Meridian" in credit for credit in cleaned_page(copy).credits)


@pytest.mark.parametrize("ref", sorted(ref for ref in PAGES if MANUSCRIPTS[ref].dateline))
def test_dateline_is_told_from_the_text(ref: str) -> None:
    place = MANUSCRIPTS[ref].dateline.partition(",")[0].partition(" (")[0].partition(" —")[0]
    dateline = cleaned_page(ref).dateline
    assert dateline is not None
    assert dateline.casefold().startswith(place.casefold())


def test_full_text_feed_gives_the_same_text_as_the_page() -> None:
    feed = next(it for it in WORLD.feeds(LAST) if it.outlet.key == "meridian")
    newest = [it for it in reversed(WORLD.live(LAST)) if it.outlet == "meridian"]
    for manuscript, entry in zip(newest, fastfeedparser.parse(feed.body).entries, strict=False):
        body = entry["content"][0]["value"].encode()
        assert clean(fetched(manuscript, body, "text/html; charset=utf-8")).text == manuscript.text


@pytest.mark.parametrize("tick", [3, LAST])
def test_plain_files_give_the_same_text(tick: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("plain")
    as_files(tick, folder, "txt")
    for manuscript in WORLD.live(tick):
        body = (folder / f"{manuscript.article}.txt").read_bytes()
        cleaned = clean(fetched(manuscript, body, "text/plain"))
        assert cleaned.text == manuscript.text
        assert cleaned.title == manuscript.title
