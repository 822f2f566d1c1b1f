"""Whatever the text: sentences lie in it, in order, hold all but white space, and take linear time to find."""

import gc
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.extract.marks import find_quotations
from articles.extract.sentences import split
from schemas.articles import Block

LANGUAGES = st.sampled_from(["en", "en", "de", "fr", "zh", "ar", "und", "xx"])
VOCABULARY = """“ ” " ' ‘ ’ « » „ `` '' ( ) [ ] . ! ? … ... , : ; - — • § # @ / Mr. U.S. a.m. Ph.D. No. 5 5. 3.5 1990.
    Fla. C. I. A said asked Ada Ostrel ship. Ship the The iPhone al-Vell a) www.x.example Yahoo! Inc. é É 文。
    „Ja“ م؟ \u200b"""
PIECES = st.sampled_from(VOCABULARY.split())
GAPS = st.sampled_from([" ", " ", "", "\n", "\t", "  ", " " * 80, "\u00a0", "\u2028"])
SPACED_PIECES = st.builds("{}{}".format, PIECES, GAPS)
TEXTS = st.one_of(st.text(max_size=200), st.lists(SPACED_PIECES, max_size=60).map("".join))


def _whole(text: str) -> Block:
    return Block(start=0, end=len(text), kind="paragraph")


@settings(max_examples=400, deadline=None)
@given(TEXTS, LANGUAGES)
def test_sentences_lie_in_order_and_hold_all_words(text: str, language: str) -> None:
    found = split(text, [_whole(text)], language)
    assert all(0 <= sentence.start < sentence.end <= len(text) for sentence in found)
    assert all(one.end <= next_one.start for one, next_one in pairwise(found))
    assert all(sentence.of(text) == text[sentence.start : sentence.end].strip() for sentence in found)
    assert "".join("".join(sentence.of(text).split()) for sentence in found) == "".join(text.split())


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), LANGUAGES)
def test_a_paragraph_is_split_alike_wherever_it_stands(texts: list[str], language: str) -> None:
    ends = [sum(len(text) + 2 for text in texts[: at + 1]) - 2 for at in range(len(texts))]
    spans = [(end - len(text), end) for text, end in zip(texts, ends, strict=True)]
    blocks = [Block(start=start, end=end, kind="paragraph") for start, end in spans]
    whole = "\n\n".join(texts)
    alone = [sentence.of(text) for text in texts for sentence in split(text, [_whole(text)], language)]
    assert [sentence.of(whole) for sentence in split(whole, blocks, language)] == alone


WHOLES = [
    "“We came. We saw.” ",
    "(It rained. It poured.) ",
    "then ",
    "It rained. ",
    "He (A. Then. B.) ",
    "“Why? Who?” ",
]


@given(st.lists(st.sampled_from(WHOLES), max_size=20).map("".join), LANGUAGES)
def test_no_sentence_begins_within_a_quotation(text: str, language: str) -> None:
    begins = {sentence.start for sentence in split(text, [_whole(text)], language)}
    for at, mark in enumerate(text):
        assert mark != "“" or not begins & set(range(at + 1, text.index("”", at)))


PATHOLOGICAL = {
    "dots": ".",
    "spaced dots": ". ",
    "dots and capitals": "A. ",
    "abbreviations": "U.S. ",
    "capitals": "A",
    "straight quotes": '"',
    "opening quotes": "“",
    "closing quotes": "”",
    "spaced quotes": '" ',
    "quotations": "“We came. We saw.” Then it rained. ",
    "open quotations": "“We came. We saw. ",
    "single quotes": "'",
    "open single quotations": "'A. ",
    "opening brackets": "(",
    "open asides": "He (A. ",
    "asides": "He (A. B.) came. ",
    "no spaces": "ship.Ada",
    "glued and asked": "ship?”Ada",
    "white space": " ",
    "a stop and white space": "." + " " * 99,
    "questions in quotes": "“Why?” Ada ",
    "lines": ".\n",
    "list items": "1. ",
    "stops and closing marks": ".”)",
}
SMALL, LARGE = 125_000, 1_000_000


def seconds(piece: str, size: int) -> float:
    text = (piece * (size // len(piece) + 1))[:size]
    gc.collect()
    find_quotations.cache_clear()
    began = process_time()
    split(text, [_whole(text)], "en")
    return process_time() - began


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_time_is_linear_in_the_size(name: str) -> None:
    piece = PATHOLOGICAL[name]
    small = min(seconds(piece, SMALL) for _ in range(3))
    assert seconds(piece, LARGE) < 3 * (LARGE / SMALL) * small + 0.1
