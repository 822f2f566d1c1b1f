"""Strangers: whom the page answers, what it allows, how it refuses; and hostile text, which stays text."""

import re
from typing import Any

import pytest
from consumers_handmade import plain_story
from consumers_web_kit import Page, squeezed, visiting
from hypothesis import given
from hypothesis import strategies as st

from consumers.views.paint import STEERING
from consumers.web.guard import answers
from consumers.web.story_page import StoryView
from consumers.web.templating import environment, language, safe_link
from eventlog.base import EventLog
from schemas.story import Story

NAMES = frozenset({"localhost", "desk.example"})


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8077", "[::1]:8077", "localhost:8077", "LOCALHOST.", "desk.example", "10.0.0.7:80"]
)
def test_addresses_and_known_names_are_answered(host: str) -> None:
    assert answers(host, NAMES)


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "evil.example:8077", "localhost.evil.example", "127.0.0.1.evil.example", "[::1x]"],
)
def test_other_names_are_not(host: str) -> None:
    assert not answers(host, NAMES)


async def test_a_name_that_somebody_points_here_gets_nothing(filled: EventLog) -> None:
    async with visiting(filled, names=["desk.example"]) as visitor:
        for path in ("/", "/stories.json", "/stories/flood0aa.json", "/events", "/static/live.js"):
            body = await visitor.text(path, 421, headers={"Host": "evil.example"})
            assert "Orrin" not in body
        assert "Orrin" in await visitor.text("/", headers={"Host": "desk.example:8077"})


async def test_every_answer_is_hardened(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        for path in ("/", "/stories/flood0aa", "/stories.json", "/static/live.js", "/nowhere", "/events"):
            async with visitor.client.get(path) as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert policy.startswith("default-src 'none'")
                assert "unsafe" not in policy
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert "Access-Control-Allow-Origin" not in answer.headers
                assert "aiohttp" not in answer.headers["Server"].lower()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_nothing_can_be_written(filled: EventLog, method: str) -> None:
    async with visiting(filled) as visitor:
        for path in ("/", "/stories/flood0aa", "/events"):
            async with visitor.client.request(method, path, data=b"x" * 5000) as answer:
                assert answer.status == 405


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/stories/nobody", 404),
        ("/stories/flood0aa@0", 404),
        ("/stories/flood0aa@3", 404),
        ("/stories/flood0aa?since=9", 404),
        ("/stories/flood0aa?since=x", 400),
        ("/stories/flood0aa?sinse=1", 400),
        ("/stories/f%00", 404),
        ("/?page=0", 400),
        ("/?page=1%0A", 400),
        ("/?page=" + "9" * 40, 400),
        ("/?q=" + "x" * 201, 400),
        ("/?q=" + "x" * 5000, 414),
        ("/articles/nobody", 404),
        ("/articles/a1?story=flood0aa@x", 404),
        ("/articles/a1?story=flood0aa@000000001" + "9" * 3000, 404),
        ("/articles/a3?story=flood0aa", 404),
        ("/events?after=nonsense", 400),
        ("/static/..%2Fapp.py", 404),
        ("/static/../app.py", 404),
    ],
)
async def test_what_cannot_be_is_refused_on_a_page_of_its_own(filled: EventLog, path: str, status: int) -> None:
    async with visiting(filled) as visitor:
        page = await visitor.page(path, status)
        assert len(page.texts("h1")) == 1
        assert "/" in page.links("main a")


async def test_json_is_refused_as_json(filled: EventLog) -> None:
    async with visiting(filled) as visitor:
        for path in ("/stories/nobody.json", "/stories/flood0aa@7.json", "/stories/nobody/updates.json"):
            assert (await visitor.json(path, 404))["error"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//vale.example/x", "/x", "", None, "http://",
        "http://bank.example@evil.example/", "http://vale.example/\u202egpj.exe", "http:\\\\vale.example", "ftp://vale.example/",
        "http://[vale.example/", " http://vale.example/", "http://vale.example/\n", "http://vale.example/" + "x" * 2000,
    ],
)  # fmt: skip
def test_addresses_that_are_no_links(url: str | None) -> None:
    assert safe_link(url) is None


def test_addresses_that_are() -> None:
    for url in ("http://vale.example/a?b=c#d", "https://vale.example:8443/ü"):
        assert safe_link(url) == url


def test_a_language_is_known_or_empty() -> None:
    assert [language(code) for code in ("en", "zh-Hant", "und", '"><b>', "ö")] == ["en", "zh-Hant", "", "", ""]


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["<script>alert(1)</script>", '"', "'", "<b>", "</p>", "</main>", "&lt;", "&amp;", "{{ 7*7 }}", "{% x %}",
             "<!--", "]]>", "<img src=x onerror=alert(1)>", "\x00", "\x1b[2J", "\u202e", "javascript:x", "a", " "]
        ),
        max_size=6,
    ).map("".join),
)  # fmt: skip


def shown(hostile: str) -> Page:
    """The page of a story whose every text is the hostile one."""
    supports = [{"article_id": "a1", "sentence": 0}]
    reading = {"value": 1, "supports": supports, "status": "differ"}
    claim = {"claim_id": "c1", "text": hostile, "supports": supports, "independent_sources": 1}
    story = plain_story("x", 1, []).model_dump() | {
        "title": hostile,
        "summary": [{"text": hostile, "claim_id": "c1", "supports": supports}],
        "claims": [claim],
        "discrepancies": [{"claim_id": "c1", "counted": hostile, "unit": hostile, "values": [reading, reading]}],
        "quotes": [{"speaker": hostile, "wordings": [{"text": hostile, "article_id": "a1", "start": 0, "end": 1}]}],
        "entities": [{"name": hostile, "kind": "place"}],
        "articles": [{"article_id": "a1", "source": hostile, "input_id": "i", "url": hostile, "title": hostile}],
        "timeline": [{"date": "2031", "granularity": "year", "claim_id": "c1", "text": hostile}],
        "language": hostile,
        "thread_id": hostile,
        "links": [hostile],
    }
    view = StoryView(Story.model_validate(story), {})
    values: dict[str, Any] = {"away": None, "loading": False, "place": None, "status": 200, "came_from": None}
    links = [(hostile, None)]
    page = environment().get_template("story.html")
    return Page(page.render(**values, view=view, story=view.story, newest=1, links=links, changes=[], told=None))


PLAIN = [node.tag for node in shown("plain").tree.root.traverse()]  # type: ignore[union-attr]


@given(HOSTILE)
def test_whatever_a_text_holds_it_comes_out_as_that_text_and_nothing_else(hostile: str) -> None:
    page = shown(hostile)
    wanted = squeezed(hostile.translate(STEERING))
    assert page.text("h1") == (wanted if hostile else "(no title)")
    assert page.texts(".claims p > span")[0] == wanted
    assert page.text(".quotes q") == wanted
    if hostile:
        assert [node.tag for node in page.tree.root.traverse()] == PLAIN  # type: ignore[union-attr]
    for node in page.tree.css("*"):
        assert not [name for name in node.attributes if name.startswith("on") or name == "style"]
        assert not re.match(r"\s*javascript:", node.attributes.get("href") or "")
