import re

import pytest

from articles.extract.entities import find_entities
from articles.extract.quotes import find_quotes
from articles.extract.sentences import split
from articles.extract.speakers import Cast
from schemas.articles import Block, Quote


def quotes(text: str) -> tuple[Quote, ...]:
    blocks = [Block(start=m.start(), end=m.end(), kind="paragraph") for m in re.finditer(r"\S.*", text)]
    sentences = split(text, blocks, "en")
    return find_quotes(text, blocks, sentences, Cast(text, find_entities(text, sentences), sentences))


def read(text: str) -> list[tuple[str, str | None]]:
    return [(quote.of(text), quote.speaker) for quote in quotes(text)]


CASES = [
    ("But a senior aide to the mayor said: “The port is shut and stays shut.”",
     [("The port is shut and stays shut.", "a senior aide to the mayor")]),
    ("The old harbour has long called its pier “the best of all the piers”.",
     [("the best of all the piers", None)]),
    ("“The port is shut,” the line’s chief executive, Ada Kord, said.", [("The port is shut,", "Ada Kord")]),
    ("“The port is shut,” said its harbour master. Bo Vell left.", [("The port is shut,", "its harbour master")]),
    ("Kord Line chief executive Ada Kord came.\n“The port is shut,” its chief executive said.",
     [("The port is shut,", "Ada Kord")]),
    ("Ada Kord, general secretary of the union, came.\n“Go home now,” the union's general secretary said.",
     [("Go home now,", "Ada Kord")]),
    ("Ada Kord, the mayor, and Bo Vell, a former mayor, met.\n“Go home now,” the mayor said.",
     [("Go home now,", "Ada Kord")]),
    ("Ada Kord, a lawyer, came.\n“Go home now,” the line's lawyer said.", [("Go home now,", "the line's lawyer")]),
    ("“Every boat counts here,” managing director Ada Kord said.", [("Every boat counts here,", "Ada Kord")]),
    ("The port was shut, said a senior aide, Kord told us “nothing is lost yet”.", [("nothing is lost yet", "Kord")]),
    ("“The port is shut,” Ada Kord said.", [("The port is shut,", "Ada Kord")]),
    ('"The port is shut," said Ada Kord, the mayor, on Friday.', [("The port is shut,", "Ada Kord")]),
    ("‘The port is shut,’ said Ada Kord.", [("The port is shut,", "Ada Kord")]),
    ("Ada Kord said: “The port is shut. Go home.”", [("The port is shut. Go home.", "Ada Kord")]),
    ("Ada Kord, who runs the port, said it was “quite shut”.", [("quite shut", "Ada Kord")]),
    ("On Friday, Ada Kord told reporters that they should “wait for the tide”.",
     [("wait for the tide", "Ada Kord")]),
    ("“The port is shut,” Kord insisted. “Go home.”\nAda Kord left.",
     [("The port is shut,", "Ada Kord"), ("Go home.", "Ada Kord")]),
    ("“The port,” Ada Kord said, “is shut.”", [("The port,", "Ada Kord"), ("is shut.", "Ada Kord")]),
    ("Ada Kord spoke to Bo Vell. “The port is shut,” she said.", [("The port is shut,", "Ada Kord")]),
    ("According to Ada Kord, “nothing is lost yet”.", [("nothing is lost yet", "Ada Kord")]),
    ("“Nothing is lost yet,” according to Ada Kord.", [("Nothing is lost yet,", "Ada Kord")]),
    ("Ada Kord opened the talks, saying “nothing is lost yet”.", [("nothing is lost yet", "Ada Kord")]),
    ("Ada Kord said it was “lost at sea” but acknowledged there was “a lot to do”.",
     [("lost at sea", "Ada Kord"), ("a lot to do", "Ada Kord")]),
    ("“The port is shut,” a spokesman for the pilots said.", [("The port is shut,", "a spokesman for the pilots")]),
    ("Ardenian President Ada Kord met them. “The tide turns,” the president said.",
     [("The tide turns,", "Ada Kord")]),
    ("''It is shut,'' Ada Kord said. ''Go home.''", [("It is shut,", "Ada Kord"), ("Go home.", "Ada Kord")]),
    ("“The port is shut” for longer than the pier, Ada Kord said.", [("The port is shut", "Ada Kord")]),
    ("Ada Kord, who has often called it “a small port”, left.", [("a small port", "Ada Kord")]),
    ("Two years ago, Ada Kord left and called it “a small port”.", [("a small port", "Ada Kord")]),
    ("But Ada Kord, noting the tide, said “the port is shut”.", [("the port is shut", "Ada Kord")]),
    ("“The port is shut,” Ada Kord assured the crowd.", [("The port is shut,", "Ada Kord")]),
    ("They built a so-called “coalition of the idle” by the sea.", []),
    ("Kord denied any “encirclement” of the fleet.", []),
    ("The “harbour tax” falls away next year.", []),
    ("They listened to “Songs of the Grey Harbour” all night.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_statements_and_speakers(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert read(text) == expected


def test_a_quotation_over_paragraphs_is_one() -> None:
    text = "“The port is shut,” Ada Kord said. “We wait.\n“We hope.”"
    assert [words for words, _ in read(text)] == ["The port is shut,", "We wait.\n“We hope."]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "Ada Kord said: “The port is shut. Go home.\nBo Vell left."
    assert read(text) == [("The port is shut. Go home.", "Ada Kord")]


def test_a_quote_alone_goes_on_from_the_last_speaker() -> None:
    text = "“The port is shut,” Ada Kord said.\n“Nobody should come before the tide turns.”"
    assert read(text)[1] == ("Nobody should come before the tide turns.", "Ada Kord")


def test_cue_and_speaker_have_spans() -> None:
    text = "“The port is shut,” Ada Kord insisted."
    (quote,) = quotes(text)
    assert quote.cue_span is not None
    assert quote.speaker_span is not None
    assert quote.cue_span.of(text) == quote.cue == "insisted"
    assert quote.speaker_span.of(text) == "Ada Kord"


def test_apostrophes_open_nothing() -> None:
    assert read("The pilots’ boats weren't Ada's; in the '90s 'em ships sank.") == []
