"""The list of stories: what it shows, search, pages, and that it reads no log for them."""

from collections.abc import Callable
from typing import Any

import pytest
from consumers_handmade import Maker, plain_story
from consumers_web_kit import until, visiting

from consumers.web.index import Index, line_of
from consumers.web.search import Words, words_of
from eventlog.base import EventLog
from schemas.articles import Facts
from schemas.events import derive
from schemas.topics import LATEST


async def test_the_newest_news_come_first_with_outlets_and_independent_sources(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        page = await visitor.page("/")
    assert page.texts("h1") == ["Stories"]
    assert page.texts("li h2") == ["Tamsin Okoro wins the ridge race.", "Orrin Vale under water"]
    assert page.texts("li .facts")[1].startswith("2 outlets 1 independent source version 2 2031-05-03")
    assert page.texts("li .differ") == ["sources differ"]
    assert page.links("li h2 a") == ["/stories/race0bb", "/stories/flood0aa"]


async def test_stories_are_found_by_words_of_title_summary_names_and_outlets(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        for query in ("water", "WATER orrin", "hous", "orinvale", "harbour.example"):
            page = await visitor.page(f"/?q={query}")
            assert page.links("li h2 a") == ["/stories/flood0aa"], query
        page = await visitor.page("/?q=okoro")
        assert page.links("li h2 a") == ["/stories/race0bb"]
        page = await visitor.page("/?q=water okoro")
        assert page.links("li h2 a") == []
        assert page.texts("main p")[-1] == "No story has all of these words."


def many(log: EventLog, count: int) -> None:
    maker = Maker(log)
    facts = maker.article("a1")
    assert isinstance(facts.data, Facts)
    for number in range(count):
        own = facts.data.model_copy(update={"title": f"News number {number}"})
        story = plain_story(f"s{number:05}", 1, [own])
        maker.put(LATEST, derive(facts, story, key=story.story_id, subject=story.story_id))


async def test_pages_hold_every_story_once(log: EventLog) -> None:
    many(log, 95)
    async with visiting(log) as visitor:
        pages = [await visitor.page(f"/?page={number}") for number in (1, 2, 3, 4)]
        last = await visitor.page("/?page=5")
    links = [link for page in pages for link in page.links("li h2 a")]
    assert links == [f"/stories/s{number:05}" for number in reversed(range(95))]
    assert pages[1].links(".pages a") == ["/?page=1", "/?page=3"]
    assert last.text(".pages span") == "page 4 of 4"


async def test_a_search_keeps_its_words_over_pages(log: EventLog) -> None:
    many(log, 40)
    async with visiting(log) as visitor:
        page = await visitor.page("/?q=news number&page=2")
        assert page.links(".pages a") == ["/?q=news+number&page=1"]
        assert len(page.links("li h2 a")) == 10


class Counted:
    """A log that counts what is read from it."""

    def __init__(self, log: EventLog) -> None:
        self._log, self.reads = log, 0

    def read(self, *place: Any, **more: Any) -> Any:
        self.reads += 1
        return self._log.read(*place, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


async def test_no_page_of_the_list_reads_the_log(log: EventLog) -> None:
    many(log, 200)
    counted = Counted(log)
    async with visiting(counted) as visitor:  # type: ignore[arg-type]
        before = counted.reads
        for address in ("/", "/?page=4", "/?q=news", "/stories.json?page=2"):
            await visitor.text(address)
        assert counted.reads == before
        await visitor.text("/stories/s00007")
        assert counted.reads > before, "the counter counts"


async def test_a_changed_story_takes_its_new_place(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        maker = Maker(filled)
        maker.version(maker.article("a4", 5), "flood0aa", 3)
        await until(lambda: visitor.site.index.get("flood0aa").version == 3)  # type: ignore[union-attr]
        page = await visitor.page("/")
    assert page.texts("li h2")[0] == "Something about a4."


async def test_the_list_as_json(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        found = await visitor.json("/stories.json?q=water")
    [story] = found.pop("stories")
    assert found == {"total": 1, "page": 1, "pages": 1}
    assert (story["story_id"], story["outlets"], story["independent_sources"]) == ("flood0aa", 2, 1)
    assert story["last_at"] == "2031-05-03T00:00:00+00:00"


async def test_an_empty_log_says_so(make: Callable[..., Maker], log: EventLog) -> None:
    make()
    async with visiting(log) as visitor:
        assert (await visitor.page("/")).texts("main p")[-1] == "There are no stories yet."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Čapek's FLOOD-water, 4,200", ["capek", "s", "flood", "water", "4", "200"]),
        ("東京の雨 rain", ["東", "京", "の", "雨", "rain"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_words_that_no_story_has_any_more_are_forgotten() -> None:
    words = Words()
    words.add("a", {"flood", "floods"})
    words.add("b", {"flood"})
    assert words.find("flo") == {"a", "b"}
    words.remove("a", {"flood", "floods"})
    assert words.find("floods") == set()
    assert words.find("flood") == {"b"}
    assert words.find("  ") == set()


def test_an_older_version_that_comes_again_changes_nothing() -> None:
    index = Index()
    for version, title in ((2, "second"), (1, "first")):
        story = plain_story("x", version, []).model_copy(update={"title": title})
        index.put(line_of(story.model_dump(mode="json"), (0, version)))
    assert [line.title for line in index.page("", 1, 10).lines] == ["second"]
    assert index.page("first", 1, 10).total == 0
