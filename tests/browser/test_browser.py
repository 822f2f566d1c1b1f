"""The page in a real browser: from list to sentence, live updates, hostile text, looks and access."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from browser_kit import CONTRAST, NAMELESS, PATIENCE

from schemas.articles import Fetched
from scrapers.identity import article_id

PATHS = ("/", "/?q=ferry", "STORY", "STORY@2", "STORY?since=2", "STORY/versions", "ARTICLE", "/nowhere")


async def story_of(visit: Any) -> str:
    """Address of the ferry's story."""
    async with visit("/?q=skerra ferry") as own:
        return str(await own.page.locator("li h2 a").first.get_attribute("href"))


async def place(visit: Any, path: str) -> str:
    """The path with a story and an article that are there."""
    if "STORY" not in path and path != "ARTICLE":
        return path
    story = await story_of(visit)
    if path != "ARTICLE":
        return path.replace("STORY", story)
    async with visit(story) as own:
        return str(await own.page.locator(".summary .cites a").first.get_attribute("href"))


@pytest.mark.parametrize("script", [True, False])
async def test_from_the_list_to_the_very_sentence_that_is_cited(visit: Any, script: bool) -> None:
    async with visit("/", script=script) as own:
        await own.page.get_by_label("Look for words in stories").fill("skerra ferry")
        await own.page.keyboard.press("Enter")
        await own.page.locator("li h2 a").first.click()
        said = (await own.texts(".summary"))[0]
        cite = own.page.locator(".summary .cites a").first
        source = str(await cite.get_attribute("title")).partition(",")[0]
        await cite.click()
        target = own.page.locator(".sentence:target")
        words = (await target.inner_text()).split()[:8]
        assert said.startswith(" ".join(words))
        assert await own.texts("header .outlet") == [source]
        if script:
            assert await target.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 240, 184)"
            box = await target.bounding_box()
            assert 0 <= box["y"] < 900


async def test_an_open_list_and_an_open_story_say_that_there_is_something_newer(
    visit: Any, more: Callable[[], None]
) -> None:
    story = await story_of(visit)
    async with visit(story) as open_story, visit("/") as open_list:
        version = int(str(await open_story.page.locator("body").get_attribute("data-version")))
        for own in (open_story, open_list):
            await own.page.evaluate("window.untouched = true")
            assert not await own.page.locator("#news").is_visible()
        await asyncio.to_thread(more)
        await open_story.page.locator("#news").wait_for()
        await open_list.page.locator("#news").wait_for()
        await open_list.page.locator(".fresh").first.wait_for()
        assert (await open_story.texts("#news"))[0].startswith("Version ")
        for own in (open_story, open_list):
            assert await own.page.evaluate("window.untouched"), "nothing is reloaded under a reader's eyes"
        await open_story.page.locator("#news").get_by_role("link", name="What is new").click()
        assert await open_story.texts("#summary") == [f"What is new since version {version}"]
        assert await open_story.page.locator(".marked").count() > 0
        await open_list.page.get_by_role("link", name="Show the list anew").click()
        assert await open_list.page.locator(".fresh").count() == 0


async def test_a_page_that_was_hidden_is_told_what_it_missed(visit: Any, more: Callable[[], None]) -> None:
    async with visit(await story_of(visit)) as own:
        hide = "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
        hide += " document.dispatchEvent(new Event('visibilitychange')); }"
        await own.page.evaluate(hide, True)
        await asyncio.to_thread(more)
        await own.page.wait_for_timeout(600)
        assert not await own.page.locator("#news").is_visible(), "it does not listen while nobody looks"
        await own.page.evaluate(hide, False)
        await own.page.locator("#news").wait_for()


HOSTILE = (
    '<script>alert("title")</script><img src="http://evil.example/x.png" onerror="alert(1)">"\'><b>',
    "The harbour of Ollsby was <script>alert('text')</script> closed on Monday after 12 cranes fell. "
    '"<iframe src=javascript:alert(2)></iframe> we are lost," harbour master Lene Voss said. '
    "Some 300 ships <style>body{display:none}</style> wait outside the harbour of Ollsby. "
    "{{ 7*7 }} dockers of Ollsby were sent home {% raw %} by the harbour master.",
)


def hostile() -> Fetched:
    title, text = HOSTILE
    row = {"id": "h1", "title": title, "text": text, "url": "javascript:alert(3)"}
    return Fetched(
        article_id=article_id("evil.example", "h1"),
        source="evil.example",
        input_id="h1",
        content_type="application/json",
        body=orjson.dumps(row),
        url="javascript:alert(3)",
        published_at=datetime(2025, 3, 20, tzinfo=UTC),
    )


async def test_hostile_text_is_shown_and_does_nothing(visit: Any, more: Callable[..., None]) -> None:
    await asyncio.to_thread(more, [hostile()])
    async with visit("/?q=ollsby") as own:
        async with asyncio.timeout(PATIENCE):
            while not await own.page.locator("li h2 a").count():
                await own.page.reload()
        await own.page.locator("li h2 a").first.click()
        shown = await own.page.locator("main").inner_text()
        assert "<script>" in shown
        assert "{{ 7*7 }}" in shown
        await own.page.locator(".articles a").first.click()
        assert "<iframe" in await own.page.locator(".body").inner_text()
        assert await own.page.locator("a[href^=javascript]").count() == 0
        assert await own.page.locator("main script, main img, main iframe, main style, main b").count() == 0


async def test_hostile_text_does_nothing_as_it_comes_live_either(visit: Any, more: Callable[..., None]) -> None:
    async with visit("/") as own:
        await asyncio.to_thread(more, [hostile()])
        await own.page.locator("#news a").wait_for()
        assert await own.page.locator("#news *").count() == 1


async def test_the_watch_would_see_a_script(visit: Any) -> None:
    async with visit("/") as own:
        await own.page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<img src=http://evil.example/ onerror=1>')"
        )
        await own.page.wait_for_function("window.broken.length > 1")
        broken = await own.page.evaluate("window.broken.splice(0)")
        assert {line.split()[0] for line in broken} == {"img-src", "script-src-attr"}
        assert own.console
        assert own.requests.pop() == "http://evil.example/"
        own.console.clear()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
async def test_every_page_can_be_read_by_everybody(visit: Any, path: str, dark: bool) -> None:
    address = await place(visit, path)
    async with visit(address, width=360, dark=dark) as own:
        page = own.page
        assert await page.locator("html").get_attribute("lang") == "en"
        assert await page.locator("h1").count() == 1
        for landmark in ("banner", "main", "contentinfo", "search"):
            assert await page.get_by_role(landmark).count() == 1, landmark
        levels = await page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map((one) => Number(one.tagName[1]))")
        assert all(later - level <= 1 for level, later in zip([1, *levels], levels, strict=False))
        assert await page.evaluate(NAMELESS) == []
        for summary in await page.locator("summary").all():
            await summary.click()
        found = await page.evaluate(CONTRAST)
        assert found["seen"] > 5
        assert found["weak"] == []
        for width in (360, 1400):
            await page.set_viewport_size({"width": width, "height": 900})
            assert await page.evaluate("document.documentElement.scrollWidth") == width
        if path == "/nowhere":
            own.console.clear()  # the browser says that it was a 404


async def test_the_keyboard_gets_everywhere(visit: Any) -> None:
    async with visit("/") as own:
        await own.page.keyboard.press("Tab")
        assert await own.page.evaluate("document.activeElement.className") == "skip"
        await own.page.keyboard.press("Enter")
        await own.page.keyboard.press("Tab")
        assert await own.page.evaluate("document.activeElement.closest('li') !== null")
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert await own.page.evaluate(outline) == "solid"


async def test_it_prints_without_what_only_a_screen_needs(visit: Any) -> None:
    async with visit(await story_of(visit)) as own:
        await own.page.emulate_media(media="print")
        assert not await own.page.get_by_role("search").is_visible()
        assert await own.page.locator("h1").is_visible()
        assert await own.page.locator(".supports li").first.is_visible(), "what is folded up is printed, too"
