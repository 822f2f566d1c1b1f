"""`newsfold explain`: one article of the log, line by line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newsfold.main import main

Run = Callable[..., str]
TEXT = """Cracks close Marrow Bridge
By Oona Marsh
TELLOW HARBOUR (AP) — The Marrow Bridge was closed on Monday after engineers found cracks in two of its pillars.
"We will not gamble," city engineer Odile Brannagh said. About 40 lorries were stranded.
Read more: Ferry sinks
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    (folder / "bridge.txt").write_text(TEXT, encoding="utf-8")
    (folder / "empty.txt").write_text("Share\n\nPrint\n", encoding="utf-8")
    rows = [{"id": "r1", "source": f"{name}.example", "text": TEXT} for name in ("north", "south")]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["fold", str(folder), "--out", str(folder / "out"), "--keep-log", str(folder / "home")]) == 0
    return folder / "home"


def test_each_line_has_its_verdict(run: Run, home: Path) -> None:
    out = run("explain", "bridge.txt", "--home", home)
    lines = [line.split(maxsplit=1) for line in out.splitlines()]
    shown = {words[1].strip(): words[0] for words in lines if len(words) == 2}
    assert shown["Cracks close Marrow Bridge"] == "title"
    assert shown["By Oona Marsh"] == "byline"
    assert shown["TELLOW HARBOUR (AP) —"] == "dateline"
    assert (
        shown['"We will not gamble," city engineer Odile Brannagh said. About 40 lorries were stranded.'] == "paragraph"
    )
    assert any("read more" in line and "Read more: Ferry sinks" in line for line in out.splitlines())
    assert "about 40" in out
    assert "About [40] lorries were stranded." in out


def test_what_was_read_from_it(run: Run, home: Path) -> None:
    found = json.loads(run("explain", "bridge.txt", "--home", home, "--json"))
    assert found["refused"] is None
    assert [line["kept"] for line in found["lines"]] == [False, False, False, True, True, False]
    assert [(quote["words"], quote["speaker"], quote["cue"]) for quote in found["quotes"]] == [
        ("We will not gamble,", "Odile Brannagh", "said")
    ]
    assert [(figure["words"], figure["qualifier"]) for figure in found["figures"]] == [("40", "about")]
    assert {sentence["kind"] for sentence in found["sentences"]} == {"sentence"}
    again = run("explain", found["article_id"][:8], "--home", home, "--json")
    assert json.loads(again) == found


def test_a_refused_article_says_why(run: Run, home: Path) -> None:
    text = run("explain", "empty.txt", "--home", home)
    assert "refused: no sentence in it" in text
    assert "Print" in text
    assert json.loads(run("explain", "empty.txt", "--home", home, "--json"))["refused"] == "no sentence in it"


@pytest.mark.parametrize(
    ("name", "said"),
    [("nowhere", "no article's id begins with 'nowhere'"), ("r1", "'r1' fits 2 articles"), ("", "no ")],
)
def test_what_is_not_the_only_one(home: Path, capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    assert main(["explain", name, "--home", str(home)]) == 2
    assert said in capsys.readouterr().err


def test_a_line_that_a_source_repeats_is_told_of(run: Run, tmp_path: Path) -> None:
    promo = "Walk the old ramparts with our guides every Sunday in spring."
    texts = [
        ("Dredgers leave Port Ellery", "The last dredger left Port Ellery on Monday, the harbour master said."),
        ("Orchard frost ruins plums", "Growers lost half of their plums to a night of frost, a farm union said."),
        ("Choir wins silver medal", "A choir of forty miners sang for a jury of nine and came second."),
    ]
    rows = [
        {"id": f"p{at}", "source": "tide.example", "title": title, "text": f"{text}\n\n{promo}"}
        for at, (title, text) in enumerate(texts)
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    home = tmp_path / "home"
    assert main(["fold", str(tmp_path / "rows.jsonl"), "--out", str(tmp_path / "out"), "--keep-log", str(home)]) == 0
    told = [json.loads(run("explain", f"p{at}", "--home", home, "--json"))["lines"][-1] for at in range(3)]
    assert [(line["text"], line["kept"]) for line in told] == [(promo, True), (promo, True), (promo, False)]
    assert told[2]["verdict"] == "seen in other articles"
