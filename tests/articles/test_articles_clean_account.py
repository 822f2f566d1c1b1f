"""Every line of the input has a verdict, and every word that left the text a rule."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.clean.account import OUTSIDE, REFUSED, account_for
from schemas.articles import Fetched

HERE = Path(__file__).parent
SENTENCE = (
    "The harbour master said on Wednesday that the last dredger had left the port, and that ships might enter again."
)
PAGE = f"""<html><body><nav><a href="/">Home</a></nav>
<article><h1>Dredgers leave</h1><p>PORT ELLERY (AP) — {SENTENCE}</p>
<div class="share">Share on Facebook</div><h2>Thanks</h2><p>She thanked the crews, and said that none was hurt.</p>
<table><tr><td>Thursday</td><td>9</td></tr></table></article><footer>Imprint</footer></body></html>"""


def raw(body: str, content_type: str = "text/plain") -> Fetched:
    return Fetched(
        article_id="a1", source="testville.example", input_id="n", content_type=content_type, body=body.encode()
    )


def verdicts(body: str, content_type: str = "text/plain") -> list[tuple[str, str]]:
    return [(line.verdict, line.text) for line in account_for(raw(body, content_type)).lines]


def test_a_text_line_by_line() -> None:
    assert verdicts(
        f"Dredgers leave\n\nPORT ELLERY (AP) — {SENTENCE}\n\nRead more: Ferry sinks\n\nNobody was hurt."
    ) == [
        ("title", "Dredgers leave"),
        ("dateline", "PORT ELLERY (AP) —"),
        ("paragraph", SENTENCE),
        ("read more", "Read more: Ferry sinks"),
        ("paragraph", "Nobody was hurt."),
    ]


def test_a_page_line_by_line() -> None:
    assert verdicts(PAGE, "text/html") == [
        (OUTSIDE, "Home"),
        ("title", "Dredgers leave"),
        ("dateline", "PORT ELLERY (AP) —"),
        ("paragraph", SENTENCE),
        ("share bar", "Share on Facebook"),
        ("heading", "Thanks"),
        ("paragraph", "She thanked the crews, and said that none was hurt."),
        ("table", "Thursday 9"),
        (OUTSIDE, "Imprint"),
    ]


@pytest.mark.parametrize("body", ["Ferry sinks\n\nShare", "Ferry"])
def test_what_was_refused_says_why_and_shows_its_lines(body: str) -> None:
    account = account_for(raw(body))
    assert account.refused == "no sentence in it"
    assert account.cleaned is None
    assert {line.verdict for line in account.lines} == {REFUSED}


def test_what_no_reader_may_see_has_no_lines() -> None:
    assert account_for(raw("<div>" * 20_000, "text/html")).lines == ()
    assert account_for(raw("%PDF-1.4")).lines == ()


LINES = st.sampled_from(
    [SENTENCE, f"PORT ELLERY (AP) — {SENTENCE}", "Share", "Read more: Ferry sinks", "Ferry sinks", "By Oona Marsh",
     "***", "• Nine ships came in.", "Nobody was hurt. (Reuters)", "© 2031 The Gazette", SENTENCE.lower(), "THANKS"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_nothing_is_told_twice_or_not_at_all(lines: list[str]) -> None:
    account = account_for(raw("\n\n".join(lines)))
    if account.cleaned is None:
        return
    cleaned = account.cleaned
    kept = Counter(block.of(cleaned.text) for block in cleaned.blocks)
    assert Counter(line.text for line in account.lines if line.kept) == kept
    assert {(line.verdict, line.text) for line in account.lines if not line.kept} == {
        (dropped.rule, dropped.text) for dropped in cleaned.dropped
    }


@pytest.mark.parametrize("path", sorted(HERE.glob("quirks/lines/*.toml")), ids=lambda path: path.stem)
def test_no_line_of_a_text_is_left_out_without_a_rule(path: Path) -> None:
    account = account_for(raw(tomllib.loads(path.read_text("utf-8"))["body"]))
    assert account.lines
    assert OUTSIDE not in {line.verdict for line in account.lines}
