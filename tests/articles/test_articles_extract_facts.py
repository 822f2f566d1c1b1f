import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.extract import extract
from schemas.articles import Block, Cleaned, Facts

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
TEXT = (
    "Arden’s Prime Minister Ada Kord told some 25 fellow leaders on Friday that the port was “shut for good”.\n\n"
    "“We wait,” she said. The flood killed 14 people, the ministry said."
)


def cleaned(text: str, language: str = "en", title: str = "Port shut") -> Cleaned:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(start=at, end=at + len(part), kind="heading" if len(part) < 9 else "paragraph"))
        at += len(part) + 2
    return Cleaned(
        article_id="a", source="arden.example", input_id="a", title=title, language=language, text=text,
        published_at=datetime(2024, 6, 10, tzinfo=UTC), blocks=tuple(blocks),
    )  # fmt: skip


def spans_of(facts: Facts) -> list[tuple[int, int]]:
    mentions = [mention for entity in facts.entities for mention in entity.mentions]
    inner = [span for quote in facts.quotes for span in (quote.cue_span, quote.speaker_span) if span]
    everything = [*facts.sentences, *mentions, *facts.quotes, *inner, *facts.figures, *facts.dates]
    return [(span.start, span.end) for span in everything]


def test_everything_of_a_small_article() -> None:
    facts = extract(cleaned(TEXT))
    assert [entity.name for entity in facts.entities if entity.kind == "person"] == ["Ada Kord"]
    assert [(quote.of(TEXT), quote.speaker) for quote in facts.quotes] == [
        ("shut for good", "Ada Kord"),
        ("We wait,", "Ada Kord"),
    ]
    assert [(figure.value, figure.counted, figure.qualifier) for figure in facts.figures] == [
        (25, "fellow leaders", "about"),
        (14, "people killed", None),
    ]
    assert [date.value for date in facts.dates] == ["2024-06-07"]
    assert {stem for stem, _ in facts.title_terms} == {"shut", "port"}


def test_vectors_have_length_one_and_fall() -> None:
    weights = [weight for _, weight in extract(cleaned(TEXT)).terms]
    assert sum(weight * weight for weight in weights) == pytest.approx(1, abs=1e-3)
    assert weights == sorted(weights, reverse=True)
    assert len(extract(cleaned(" ".join(f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(99)))).terms) == 60


def test_other_languages_give_sentences_and_terms_only() -> None:
    facts = extract(cleaned("Ada Kord sagte: „Der Hafen ist zu.“ 14 Menschen starben am Freitag.", "de"))
    assert facts.sentences
    assert facts.terms
    assert (facts.entities, facts.quotes, facts.figures, facts.dates) == ((), (), (), ())


def test_the_digest_is_of_title_and_text() -> None:
    assert extract(cleaned(TEXT)).digest == extract(cleaned(TEXT)).digest
    assert extract(cleaned(TEXT)).digest != extract(cleaned(TEXT, title="Port open")).digest
    assert extract(cleaned(TEXT)).digest != extract(cleaned(TEXT + " It rained.")).digest


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    code = "import sys; from schemas.articles import Cleaned; from articles.extract import extract;"
    code += "print(extract(Cleaned.model_validate_json(sys.stdin.read())).model_dump_json())"
    given_json = cleaned(TEXT).model_dump_json()
    found = {
        subprocess.run(
            [sys.executable, "-c", code], input=given_json, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed}, cwd=Path(__file__).parents[2],
        ).stdout
        for seed in ("1", "77")
    }  # fmt: skip
    assert len(found) == 1
    assert "Ada Kord" in {entity["name"] for entity in json.loads(found.pop())["entities"]}


PIECES = st.sampled_from(
    ["“", "”", '"', "'", "’", ".", "? ", ", ", " said ", "Ada Kord ", "Kord’s ", "Mr. ", "U.S. ", "he ", "$", "40 ",
     "billion ", "two ", "10-", "to ", "%", "in May ", "on Friday ", "2014", "\n\n", " and ", "of ",
     "Trinidad and Tobago ", "killed ", "people ",
     "ß", "İ", "\u2028", "\x00", "((", "according to ", ": ", "President "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=60).map("".join)), st.sampled_from(["en", "zh", "und"])
)
def test_any_text_gives_facts_whose_spans_lie_in_it(text: str, language: str) -> None:
    facts = extract(cleaned(text, language))
    assert all(0 <= start < end <= len(text) for start, end in spans_of(facts))
    assert Facts.model_validate_json(facts.model_dump_json()) == facts
    covered = "".join("".join(sentence.of(text).split()) for sentence in facts.sentences)
    assert covered == "".join("".join(block.of(text).split()) for block in cleaned(text).blocks)


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not beside the repository")
@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_seed_articles_give_sound_facts(path: Path) -> None:
    text = path.read_text("utf-8").strip()
    facts = extract(cleaned(text))
    assert all(0 <= start < end <= len(text) for start, end in spans_of(facts))
    assert len([quote for quote in facts.quotes if quote.speaker]) >= 5
    assert facts.entities
