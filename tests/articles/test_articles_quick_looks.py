"""What is looked at before a slow pattern, or in its place, gives what the pattern alone would."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.clean.characters import squeeze
from articles.clean.language import detect_language, settle_language
from articles.clean.lines.captions import caption_rule
from articles.clean.lines.datelines import read_dateline
from articles.clean.lines.headings import looks_like_heading
from articles.clean.lines.notices import notice_rule
from articles.clean.lines.shape import count_sentences, ends_sentence, in_capitals
from articles.data import read_lines
from articles.extract.attribution import introduces
from articles.extract.cues import CUE_WORDS, find_cues
from articles.extract.entities import find_entities, to_entities
from articles.extract.figures import find_figures
from articles.extract.sentences import split
from articles.text.names import fold_name
from articles.text.stems import stems
from schemas.articles import Block
from schemas.base import Span

WORDS = ["said", "went on to ", "goes on to", "say", "that", "how", "x-said", "told", "É", "saidé", ":", ",", " ", "  "]
CURRENCIES = [form for line in read_lines("currencies.txt") for form in line.split(": ")[1].split()]
LINES = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)
_CUE = re.compile(r"(?<![\w-])(?:(?:went|goes|going|gone) on to )?([a-z]+)\b(?!-)")
_ADJACENT = re.compile(r"(?<![\w-])([a-z]+)(?:\s+that|\s+how|:|,)?\s*$")
_BOUNDARY = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])[.!?]['\"”’)]*\s+(?=[\"“‘'(]?[A-ZÀ-ÞЀ-Я])|[。！？]"
)


@given(LINES)
def test_cues_are_those_of_the_plain_pattern(line: str) -> None:
    expected = [found for found in _CUE.finditer(line) if found[1] in CUE_WORDS]
    found = find_cues(line, 0, len(line))
    assert [(one.span(), one.span(1)) for one in found] == [(one.span(), one.span(1)) for one in expected]


@given(LINES)
def test_an_adjacent_cue_is_that_of_the_plain_pattern(line: str) -> None:
    expected = _ADJACENT.search(line, max(0, len(line) - 30), len(line))
    assert introduces(line, 0, len(line)) == (expected is not None and expected[1] in CUE_WORDS)


@given(st.text(st.sampled_from('aA .!?"’)。Dr')))
def test_sentences_are_counted_as_by_the_plain_pattern(line: str) -> None:
    assert count_sentences(line) == 1 + len(_BOUNDARY.findall(line.rstrip(".!?。！？”\"’'")))


@given(st.text(st.sampled_from("aA .!?\"')]1\n"), max_size=16))
def test_an_end_is_that_of_the_plain_pattern(line: str) -> None:
    assert ends_sentence(line) == bool(re.search(r"[.!?]['\")\]]*$|[.!?](?:\[\d+\])+$", line[-12:]))


@given(st.text(st.sampled_from("aBCDEFGH .9"), max_size=60))
def test_capitals_are_those_of_all_letters(line: str) -> None:
    letters = [letter for letter in line if letter.isalpha()]
    assert in_capitals(line) == (len(letters) >= 4 and sum(map(str.isupper, letters)) >= 0.9 * len(letters))


@pytest.mark.parametrize(
    ("line", "heads"),
    [
        *(("The pier is shut.", False), ("The PIER IS SHUT.", False), ("PIER 4 SHUT A.M.", True), ("3:15 p.m.", True)),
        *(
            ("“The pier is shut.”", True),
            ("‘Shut’.", False),
            ("Why is the pier shut?", True),
            ("The pier is shut", True),
        ),
    ],
)
def test_a_sentence_is_a_heading_by_capitals_clock_or_marks_only(line: str, heads: bool) -> None:
    assert looks_like_heading(line) == heads


@pytest.mark.parametrize("space", ["", " "])
@pytest.mark.parametrize("symbol", [form for form in CURRENCIES if not form.islower()])
def test_a_number_begins_with_any_currency_before_it(symbol: str, space: str) -> None:
    text = f"The pier cost {symbol}{space}31 million."
    figure = find_figures(text, [Span(start=0, end=len(text))])[0]
    assert (figure.start, figure.value) == (len("The pier cost "), 31_000_000)


@pytest.mark.parametrize("article", ["a", "A", "an", "An", "AN"])
def test_a_number_begins_with_an_article_before_it(article: str) -> None:
    text = f"{article} hundred piers were shut."
    assert find_figures(text, [Span(start=0, end=len(text))])[0].start == 0


DUTCH = (
    "De haven bleef dicht, of de schepen nu wilden of niet. Wie wil varen of lossen, moet wachten tot de storm "
    "voorbij is of de wind draait. De burgemeester zei dat de pier niet open gaat zolang er water over de kade slaat, "
    "of het nu ochtend is of avond. Vissers of reizigers die vragen hebben, kunnen bellen of schrijven. De stad "
    "betaalt de schade aan boten of huizen, of zij verzekerd zijn of niet. Voor wie zijn schip of zijn dak verloor, "
    "is er deze week een bed of een warme maaltijd in de oude school aan de gracht."
)


def test_another_language_is_told_from_english_by_what_only_english_has() -> None:
    assert detect_language(DUTCH) == "nl"
    assert settle_language(DUTCH, "en") == ("nl", "stated language en, but the text is in nl")


@given(st.text(st.sampled_from("ab \t\n\u00a0\u2009\u200b.")))
def test_squeezed_words_stand_one_space_apart(text: str) -> None:
    assert squeeze(text) == " ".join(text.replace("\u200b", "").split())


@given(st.from_regex(r"[A-Za-z]{1,12}", fullmatch=True))
def test_plain_words_are_folded_and_stemmed_as_others_are(word: str) -> None:
    assert fold_name(word) == fold_name(f"{word},")
    assert stems(word, "en") == stems(f"{word}/", "en")


@pytest.mark.parametrize(
    "line",
    [
        *("Hot line: +99 555 01234", "Tipline 5550 123 456", "Help line 5550 123 456", "Contact: 5550 123 456"),
        *("Newsroom tel. 5550 123 456", "Fax 5550 123 456", "WhatsApp: +99 555 01234", "Call us 5550 123 456"),
        *("Телефон: +7 555 012 345", "举报电话:5550123456", "Report to the tip line 55501"),
    ],
)
def test_a_hotline_is_known_by_any_of_its_words(line: str) -> None:
    assert notice_rule(line) == "hotline"


@pytest.mark.parametrize(
    "line",
    [
        *("The pier after the storm. Ada Kord/AFP", "The pier at dawn. (Photo by Ada Kord)", "The pier — AFP pic"),
        *("The pier at dawn. © Ada Kord", "The pier at dawn. Photo: Ada Kord", "The pier at dawn. Shutterstock"),
        "The pier at dawn. Ada Kord, for The Tide",
    ],
)
def test_a_caption_is_known_by_any_credit_that_ends_it(line: str) -> None:
    assert caption_rule(line) == "caption with credit"


@pytest.mark.parametrize(
    "head",
    [
        *("OSTREL (Wave News) — ", "OSTREL, Arden (Reuters) - ", "(Reuters) - ", "/AFP/ ", "OSTREL: ", "OSTREL | "),
        *("Ostrel, March 3 | ", "Paris — ", "Paris -- ", "Reuters: ", "OSTREL, May 3 – "),
    ],
)
def test_a_dateline_is_known_by_any_of_its_marks(head: str) -> None:
    filed = read_dateline(f"{head}The harbour was closed on Friday after a storm that took two piers.")
    assert filed is not None
    assert filed.cut == head


def test_a_heading_mentions_whole_names_only() -> None:
    text = "Kordish Kord wins\n\nAda Kord won. Kord said so."
    blocks = [Block(start=0, end=17, kind="heading"), Block(start=19, end=len(text), kind="paragraph")]
    kord = to_entities(find_entities(text, split(text, blocks, "en")))[0]
    assert [mention.of(text) for mention in kord.mentions] == ["Kord", "Ada Kord", "Kord"]
    assert kord.mentions[0].start == len("Kordish ")
