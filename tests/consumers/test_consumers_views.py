"""What a person reads, at two widths and through a pipe; and the JSON beside it."""

from collections.abc import Callable

import orjson
import pytest
from consumers_handmade import NAMING, plain_story

from consumers.compare import compare
from consumers.export import rejected_rows
from consumers.reading import latest_story, stories
from consumers.subscribe import Subscription
from consumers.views.differences import show_comparison
from consumers.views.figures import counted_text, value_text
from consumers.views.rejected import show_rejected
from consumers.views.show import show_story
from consumers.views.stories import ordered, show_stories, unique_length
from consumers.views.tail import show_updates
from eventlog.base import EventLog
from schemas.story import Reading, Story, StoryQuote

Text = Callable[[], str]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Text:
    return lambda: capsys.readouterr().out


@pytest.fixture(params=[80, 140])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COLUMNS", str(request.param))
    return int(request.param)


def all_stories(log: EventLog) -> list[Story]:
    return ordered(story for _, story in stories(log, NAMING))


def test_the_table_fits_and_names_every_story(filled: EventLog, printed: Text, width: int) -> None:
    show_stories(all_stories(filled), ["flood0aa", "race0bb"], left_out=2)
    text = printed()
    assert max(map(len, text.splitlines())) <= width
    assert "flood0" in text
    assert "2031-05-03" in text
    assert "2 more stories" in text


def test_a_story_fits_and_says_who_says_what(filled: EventLog, printed: Text, width: int) -> None:
    show_story(latest_story(filled, NAMING, "flood0aa"))
    text = printed()
    assert max(map(len, text.splitlines())) <= width
    for part in (
        "about 25",
        "vale.example [1]",
        "harbour.example [2]",
        "[1 2]",
        "copy of [1]",
        "(Orinvale)",
        "version 2",
    ):
        assert part in text
    assert "“We had been warned.” [2]" in text


def test_updates_fit_and_say_what_is_new(filled: EventLog, printed: Text, width: int) -> None:
    show_updates(Subscription(filled, NAMING, follow=False))
    text = printed()
    assert max(map(len, text.splitlines())) <= width
    assert text.index("+ discrepancy") < text.index("~ contested")
    assert "about 25 → 26" in text


def test_through_a_pipe_nothing_is_coloured_or_broken(
    filled: EventLog, printed: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    title = "A very long title " * 20
    show_stories([plain_story("s1", 1, []).model_copy(update={"title": title})], ["s1"])
    text = printed()
    assert "\x1b" not in text
    assert title.strip() in text


def test_json_is_one_object_a_line(filled: EventLog, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    found = all_stories(filled)
    show_stories(found, [], as_json=True)
    show_story(found[0], as_json=True)
    show_updates(Subscription(filled, NAMING, follow=False), as_json=True)
    show_rejected(rejected_rows(filled, NAMING), as_json=True)
    show_comparison(compare(filled, NAMING, NAMING), as_json=True)
    lines = [orjson.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [line.get("discrepancies") for line in lines[:2]] == [0, 1]
    assert Story.model_validate(lines[2]) == found[0]
    assert len(lines) == 2 + 1 + 3 + 1 + 1
    assert lines[-2]["reason"] == "no text"
    assert lines[-1]["verdict"] == "identical"


def test_a_long_story_is_cut_unless_all_is_asked_for(filled: EventLog, printed: Text) -> None:
    story = latest_story(filled, NAMING, "flood0aa")
    claims = tuple(story.claims[0].model_copy(update={"claim_id": f"c{own}"}) for own in range(30))
    show_story(story.model_copy(update={"claims": claims}))
    assert "18 more claims" in printed()
    show_story(story.model_copy(update={"claims": claims}), everything=True)
    assert "more claims" not in printed()


def test_what_most_articles_quote_comes_first_and_a_catchword_last(filled: EventLog, printed: Text) -> None:
    story = latest_story(filled, NAMING, "flood0aa")
    one = story.quotes[0].wordings[0]
    said = [one.model_copy(update={"text": text}) for text in ("in danger", "Nobody told us to leave our houses.")]
    single = tuple(StoryQuote(speaker="Mayor Ines Dalby", wordings=(wording,)) for wording in said)
    show_story(story.model_copy(update={"quotes": (*single, *story.quotes)}))
    text = printed()
    assert text.index("We had been warned.") < text.index("Nobody told us") < text.index("in danger")


def test_a_story_with_nothing_in_it_can_be_shown(printed: Text) -> None:
    show_story(plain_story("s1", 4, [], status="merged", merged_into="s2"))
    assert "merged into s2" in printed()


def test_text_from_outside_cannot_steer_the_terminal(printed: Text) -> None:
    row = {"input_id": "x\x1b[31m\ny", "stage": "scrape", "reason": "bad\x07 \x9bbytes"}
    show_rejected([row])
    text = printed()
    assert not set(text) & {"\x1b", "\x07", "\x9b"}
    assert "x [31m y" in text


@pytest.mark.parametrize("as_json", [False, True])
def test_no_view_lets_a_source_or_a_title_steer_the_terminal(
    filled: EventLog, capfdbinary: pytest.CaptureFixture[bytes], as_json: bool
) -> None:
    evil = "own\x1b]0;ed\x07 \x9b31mtitle\x7f"
    story = latest_story(filled, NAMING, "flood0aa")
    articles = tuple(own.model_copy(update={"source": evil, "title": evil}) for own in story.articles)
    story = story.model_copy(update={"title": evil, "articles": articles})
    updates = [update.model_copy(update={"title": evil}) for update in Subscription(filled, NAMING, follow=False)]
    show_story(story, as_json=as_json)
    show_stories([story], [story.story_id], as_json=as_json)
    show_updates(updates, as_json=as_json)
    text = capfdbinary.readouterr().out.decode()
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\x7f"}
    if as_json:
        assert [orjson.loads(line)["title"] for line in text.splitlines()] == [evil] * (2 + len(updates))


def test_nothing_to_show_is_said(filled: EventLog, printed: Text) -> None:
    show_stories([], [])
    show_rejected([])
    assert printed() == "No stories yet.\nNothing is quarantined.\n"


def test_differences_are_told_with_examples(filled: EventLog, printed: Text) -> None:
    from consumers_handmade import Maker

    Maker(filled, NAMING._replace(generation="g2"))
    show_comparison(compare(filled, NAMING, NAMING._replace(generation="g2")))
    text = printed()
    assert text.startswith("g1 and g2 differ.")
    assert "Stories of g1 only: 2" in text
    assert "a1.txt: flood0aa -> no story" in text


def test_the_printed_part_of_an_id_is_enough() -> None:
    assert unique_length([]) == 6
    assert unique_length(["abcdefgh1", "abcdefgh2", "zz"]) == 9


@pytest.mark.parametrize(
    ("reading", "unit", "text"),
    [
        (Reading(value=25, qualifier="about", supports=()), None, "about 25"),
        (Reading(value=1250000.0, supports=()), "EUR", "EUR 1,250,000"),
        (Reading(value=2.5, value_to=3, supports=()), "%", "2.5–3 %"),
    ],
)
def test_values_read_as_written(reading: Reading, unit: str | None, text: str) -> None:
    assert value_text(reading, unit) == text
    assert counted_text(None, unit) == (unit or "figure")


def test_an_amount_is_headed_by_what_the_sentence_says_it_is_of() -> None:
    assert counted_text(None, "EUR", "The cost of a new spillway is put at EUR 18 million.") == "cost of a new spillway"
    assert counted_text("boats", "EUR", "The cost of a new spillway is put at EUR 18 million.") == "boats"
