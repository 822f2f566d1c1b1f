from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.extract.sentences import split
from schemas.articles import Block


def cut(text: str, language: str = "en", kind: str = "paragraph") -> list[str]:
    block = Block(start=0, end=len(text), kind=kind)  # type: ignore[arg-type]
    return [sentence.of(text) for sentence in split(text, [block], language)]


HARD = [
    ["Mr. Vell met Gen. J. R. Orla.", "He left."],
    ["It opens at 3 a.m. on Friday.", "Doors close at 5 p.m.", "The hall is full."],
    ["He lives in the U.S.", "She does not."],
    ["The U.S. Navy came.", "It left."],
    ["Kord Inc. said no.", "He left Vell Corp.", "Then she did."],
    ["See No. 5 on the list.", "No. 6 is missing."],
    ["It cost $3.5 million...", "Nobody paid."],
    ["She paid 2.5 crowns.", "He paid 3.", "They left."],
    ["“We came. We saw,” he said.", "Then it rained."],
    ["He said: “We came. We saw.”", "Then it rained."],
    ['"We came," he said.', '"We saw."'],
    ["“Why here?” Ada Vell asked.", "Nobody knew."],
    ["“Why here? Why now?” she asked."],
    ["‘We came. We saw,’ said Ada Vell.", "It rained."],
    ["Stop!", "Go on.", "Really?", "Yes."],
    ["The talks (which began in Jan. and ended in Feb.) failed.", "Trade fell."],
    ["Dr. Orla et al. wrote it.", "It sold well."],
]


@pytest.mark.parametrize("sentences", HARD, ids=lambda case: case[0][:30])
def test_hard_boundaries(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_headings_and_tables_are_marked() -> None:
    text = "Port strike. Day 2\n\nName | Boats\nArden | 4"
    blocks = [Block(start=0, end=18, kind="heading"), Block(start=20, end=len(text), kind="table")]
    found = split(text, blocks, "en")
    assert [(sentence.kind, sentence.of(text)) for sentence in found] == [
        ("heading", "Port strike. Day 2"),
        ("table", "Name | Boats"),
        ("table", "Arden | 4"),
    ]


def test_other_languages_are_split_too() -> None:
    assert cut("Der Hafen ist zu. Am 3. März kommt Dr. Vell.", "de") == [
        "Der Hafen ist zu.",
        "Am 3. März kommt Dr. Vell.",
    ]
    assert cut("El puerto cerró. Nadie vino.", "es") == ["El puerto cerró.", "Nadie vino."]


PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        ". ",
        "? ",
        "... ",
        "Mr. ",
        "U.S. ",
        "said ",
        "Ada ",
        "ship ",
        "\n",
        "3.5 ",
        " ",
        "é",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["en", "de", "und"]))
def test_sentences_hold_every_character_in_order(text: str, language: str) -> None:
    found = split(text, [Block(start=0, end=len(text), kind="paragraph")], language)
    assert "".join("".join(sentence.of(text).split()) for sentence in found) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(sentence.of(text) == sentence.of(text).strip() != "" for sentence in found)


def test_a_space_of_several_bytes_before_a_mark_is_borne() -> None:
    assert "".join("".join(one.split()) for one in cut("A\xa0.\u3000文。 Ende.", "de")) == "A.文。Ende."
