"""The memory of lines that a source repeats: what it takes out, what it leaves in, and that it can be made anew."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from articles_sound import Memory
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.clean import clean
from articles.clean.account import account_for
from articles.clean.seen import SEEN, SeenLines
from schemas.articles import Cleaned, Fetched

PROMO = "Walk the old ramparts with our guides every Sunday in spring."
THREE = (
    ("Dredgers leave Port Ellery", "The last dredger left Port Ellery on Monday, the harbour master said."),
    ("Orchard frost ruins plums", "Growers lost half of their plums to a night of frost, a farm union said."),
    ("Choir wins silver medal", "A choir of forty miners sang for a jury of nine and came second."),
)


def article(number: int, title: str, *paragraphs: str, source: str = "tide.example", days: int = 0) -> Cleaned:
    raw = Fetched(
        article_id=f"a{number}",
        source=source,
        input_id=str(number),
        content_type="text/plain",
        body="\n\n".join(paragraphs).encode(),
        title=title,
        published_at=datetime(2031, 3, 1, tzinfo=UTC) + timedelta(days=days),
    )
    return clean(raw)


def promoted(line: str = PROMO, **known: str) -> list[Cleaned]:
    return [article(number, title, text, line, **known) for number, (title, text) in enumerate(THREE)]


def left_out(articles: Sequence[Cleaned], seen: SeenLines | None = None) -> list[list[str]]:
    seen = seen or SeenLines(Memory())
    found = map(seen.without_seen, articles)
    return [[one.text for one in cleaned.dropped if one.rule == SEEN] for cleaned in found]


def test_the_third_article_drops_the_line_and_the_first_two_keep_it() -> None:
    assert left_out(promoted()) == [[], [], [PROMO]]


def test_what_is_left_is_laid_out_again() -> None:
    seen = SeenLines(Memory())
    *_, third = map(seen.without_seen, promoted())
    assert third.text == THREE[2][1]
    assert [block.of(third.text) for block in third.blocks] == [third.text]


def test_sources_are_never_held_against_each_other() -> None:
    articles = [article(0, *THREE[0], PROMO), article(1, *THREE[1], PROMO, source="dune.example")]
    assert left_out([*articles, article(2, *THREE[2], PROMO)]) == [[], [], []]
    assert left_out([*promoted(source="a"), article(3, *THREE[2], PROMO, source="a/")])[-1] == []


def test_an_article_that_is_revised_or_redelivered_counts_once() -> None:
    first, second, third = promoted()
    assert left_out([first, first, second, first, second]) == [[]] * 5
    assert left_out([first, second, second, third, third])[3:] == [[PROMO], [PROMO]]


def test_titles_on_one_thing_do_not_tell_a_notice_from_background() -> None:
    alike = [article(at, f"Ferry {title}", text, PROMO) for at, (title, text) in enumerate(THREE)]
    assert left_out(alike) == [[], [], []]
    untitled = [article(at, "", text, PROMO) for at, (_, text) in enumerate(THREE)]
    assert left_out(untitled) == [[], [], []]


def test_background_that_has_to_do_with_the_article_stays() -> None:
    background = "A choir of miners sang for a jury on the day on which the dredgers came."
    assert left_out(promoted(background)) == [[], [], []]


@pytest.mark.parametrize(
    "line", ["Ramparts", "“Walk the old ramparts with our guides,” the mayor always wrote.", "Yes, it is 14 of 20."]
)
def test_short_lines_and_words_of_somebody_stay(line: str) -> None:
    assert left_out(promoted(line)) == [[], [], []]


def test_the_only_sentence_of_an_article_stays() -> None:
    assert left_out([*promoted()[:2], article(2, "Choir wins silver medal", PROMO)]) == [[], [], []]


def test_long_ago_is_forgotten() -> None:
    old = [article(at, title, text, PROMO, days=61 * at) for at, (title, text) in enumerate(THREE)]
    assert left_out(old) == [[], [], []]
    near = [article(at, title, text, PROMO, days=-30 * at) for at, (title, text) in enumerate(THREE)]
    assert left_out(near) == [[], [], [PROMO]]


def test_the_memory_of_a_source_is_bounded() -> None:
    state = Memory()
    seen = SeenLines(state)
    for number in range(150):
        seen.without_seen(article(number, f"Title {number}", f"Ship {number} came in on Monday, it was said."))
    assert len(list(state.scan("lines/"))) == 48
    assert left_out(promoted(), seen)[-1] == [PROMO]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 3), st.sampled_from(["a", "b"])), max_size=90))
def test_a_memory_made_anew_for_each_article_decides_the_same(rows: list[tuple[int, int, str]]) -> None:
    lines = (PROMO, "Ramparts are open in spring and autumn alike.", *[text for _, text in THREE[:2]])
    titles = ("Dredgers leave", "Frost ruins", "Choir wins", "Orchard opens", "Ferry sinks")
    articles = [
        article(
            number, titles[number % 5], f"Ship {number} came in on Monday, it was said.", lines[line], source=source
        )
        for number, line, source in rows
    ]
    kept, stored = SeenLines(Memory()), Memory()
    assert list(map(kept.without_seen, articles)) == [SeenLines(stored).without_seen(one) for one in articles]


def test_an_account_tells_of_it() -> None:
    raw = Fetched(article_id="a", source="s", input_id="i", content_type="text/plain", body=b"")
    raw = raw.model_copy(update={"body": f"{THREE[0][1]}\n\n{PROMO}".encode()})
    account = account_for(raw, [PROMO])
    assert [(line.text, line.kept, line.verdict) for line in account.lines] == [
        (THREE[0][1], True, "paragraph"),
        (PROMO, False, SEEN),
    ]
    assert account.cleaned is not None
    assert account.cleaned.text == THREE[0][1]
