import re

import pytest

from articles.extract import extract
from schemas.articles import Attribution, Block, Cleaned


def attributions(text: str, language: str = "en") -> tuple[Attribution, ...]:
    blocks = tuple(Block(start=m.start(), end=m.end(), kind="paragraph") for m in re.finditer(r"\S.*", text))
    cleaned = Cleaned(article_id="1", source="s", input_id="1", language=language, text=text, blocks=blocks)
    return extract(cleaned).attributions


def read(text: str) -> list[tuple[str, str | None, str]]:
    return [(found.of(text), found.speaker, found.cue_span.of(text)) for found in attributions(text)]


CASES = [
    ("Officials said the bridge was closed.", ("the bridge was closed.", "Officials", "said")),
    ("Ada Kord said that the bridge was closed.", ("that the bridge was closed.", "Ada Kord", "said")),
    ("Ada Kord, who runs the port, said the bridge was closed.", ("the bridge was closed.", "Ada Kord", "said")),
    ("Ada Kord told reporters that the bridge was closed.", ("that the bridge was closed.", "Ada Kord", "told")),
    ("Ada Kord said on Friday the bridge was closed.", ("the bridge was closed.", "Ada Kord", "said")),
    ("Ada Kord said in a letter that the bridge was closed.", ("that the bridge was closed.", "Ada Kord", "said")),
    ("Ada Kord denied that the bridge was closed.", ("that the bridge was closed.", "Ada Kord", "denied")),
    ("Ada Kord asked whether the bridge was closed.", ("whether the bridge was closed.", "Ada Kord", "asked")),
    ("Ada Kord promised to open the bridge.", ("to open the bridge.", "Ada Kord", "promised")),
    ("The bridge was closed, police said.", ("The bridge was closed", "police", "said")),
    ("The bridge was closed, a spokesman for the port said on Friday.",
     ("The bridge was closed", "a spokesman for the port", "said")),
    ("The bridge was closed, said Ada Kord, the mayor.", ("The bridge was closed", "Ada Kord", "said")),
    ("The bridge was closed, according to Ada Kord.", ("The bridge was closed", "Ada Kord", "according to")),
    ("According to the police, the bridge was closed.", ("the bridge was closed.", "the police", "According to")),
    ("They heard Ada Kord's claim that the bridge was closed.", ("that the bridge was closed.", "Ada Kord", "claim")),
    ("Ada Kord, who said the bridge was closed, left.", ("the bridge was closed", "Ada Kord", "said")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_content_speaker_and_cue(text: str, expected: tuple[str, str | None, str]) -> None:
    assert read(text) == [expected]


def test_a_pronoun_means_the_last_who_fits() -> None:
    text = "Mayor Ada Kord came on Friday. She said the bridge was closed."
    (found,) = attributions(text)
    assert found.speaker == "Ada Kord"
    assert found.speaker_span is not None
    assert found.speaker_span.of(text) == "She"


def test_a_cue_in_the_middle_brings_both_sides() -> None:
    text = "The bridge, Ada Kord said, would be closed."
    assert read(text) == [("The bridge", "Ada Kord", "said"), ("would be closed.", "Ada Kord", "said")]


def test_a_second_cue_ends_the_first_content() -> None:
    text = "Ada Kord said the bridge was closed, adding that it would stay so."
    assert read(text) == [
        ("the bridge was closed", "Ada Kord", "said"),
        ("that it would stay so.", "Ada Kord", "adding"),
    ]


def test_content_with_words_in_marks_is_mixed() -> None:
    text = "Ada Kord said the bridge was “quite safe” by night."
    (found,) = attributions(text)
    assert (found.kind, found.of(text)) == ("mixed", "the bridge was “quite safe” by night.")


NOTHING = [
    "“The bridge is closed for good,” Ada Kord said.",
    "“Ada Kord said that the bridge was closed,” Bo Vell said.",
    "The state owns the bridge, the port and the reports.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_direct_quotes_and_nouns_are_none(text: str) -> None:
    assert attributions(text) == ()


def test_other_languages_have_none() -> None:
    assert attributions("Officials said the bridge was closed.", language="de") == ()
