"""Every command on a home that the real pipeline made."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from newsfold_inputs import ROWS, write_inputs

from newsfold.main import main

Run = Callable[..., str]
FILES = ("articles", "assignments", "stories", "updates", "rejected")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def home(folded: Path, tmp_path: Path) -> Path:
    """A copy of the home, for commands that write."""
    return Path(shutil.copytree(folded / "home", tmp_path / "home"))


def bridge(run: Run, home: Path) -> dict[str, Any]:
    return next(story for story in lines(run("stories", "--json", "--home", home)) if story["articles"] == 3)


def test_fold_counts_every_input_once(run: Run, tmp_path: Path) -> None:
    said = run("fold", write_inputs(tmp_path), "--out", tmp_path / "out")
    assert said.startswith("5 in = 4 accepted + 1 quarantined; 2 stories, 4 updates in ")
    assert [row["input_id"] for row in rows(tmp_path / "out" / "assignments.jsonl")] == ["n1", "n2", "n3", "n4"]
    assert rows(tmp_path / "out" / "rejected.jsonl")[0]["stage"] == "scrape"


def test_fold_gives_the_same_bytes_in_any_order(run: Run, folded: Path, tmp_path: Path) -> None:
    parts = [tmp_path / f"{name}.jsonl" for name in "ba"]
    all_lines = (folded / "news.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    parts[0].write_text("".join(all_lines[:1]), encoding="utf-8")
    parts[1].write_text("".join(all_lines[1:4]), encoding="utf-8")
    run("fold", *parts, "--out", tmp_path / "one")
    run("fold", *reversed(parts), "--out", tmp_path / "two")
    for name in FILES:
        assert (tmp_path / "one" / f"{name}.jsonl").read_bytes() == (tmp_path / "two" / f"{name}.jsonl").read_bytes()
    assert (tmp_path / "one" / "stories.jsonl").read_bytes() == (folded / "out" / "stories.jsonl").read_bytes()


def test_fold_does_not_add_to_a_log(folded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["fold", str(folded / "news.jsonl"), "--out", str(tmp_path), "--keep-log", str(folded / "home")]
    assert main(line) == 2
    assert "a log in" in capsys.readouterr().err


def test_stories_and_show(run: Run, folded: Path) -> None:
    home = folded / "home"
    story = bridge(run, home)
    assert "Marrow Bridge" in run("stories", "--home", home)
    assert "Marrow Bridge" in run("stories", "--all", "--home", home)
    text = run("show", story["story_id"][:6], "--home", home)
    for part in ("Odile Brannagh", "CLAIMS", "ARTICLES", "northern-post.example", "copy of [1]", "version 3"):
        assert part in text
    assert len(run("show", story["story_id"], "--all", "--home", home)) >= len(text)
    full = json.loads(run("show", story["story_id"], "--json", "--home", home))
    assert (full["version"], len(full["articles"])) == (3, 3)


def test_a_past_version_is_rebuilt(run: Run, folded: Path) -> None:
    home = folded / "home"
    story = bridge(run, home)["story_id"]
    past = json.loads(run("show", f"{story}@2", "--json", "--home", home))
    assert (past["version"], [own["input_id"] for own in past["articles"]]) == (2, ["n1", "n2"])
    assert json.loads(run("show", story, "--at", "2021-05-05T12:00", "--json", "--home", home)) == past
    assert json.loads(run("show", f"{story}@3", "--json", "--home", home)) == json.loads(
        run("show", story, "--at", "2021-05-05", "--json", "--home", home)
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["STORY@9"], "versions 1 to 3, not 9"),
        (["STORY@x"], "no version"),
        (["STORY@2", "--at", "2021-05-05"], "not both"),
        (["STORY", "--at", "noon"], "no time"),
        (["STORY", "--at", "2001-01-01"], "had not begun"),
        (["zz"], "no story's id begins with 'zz'"),
        (["STORY", "--generation", "g7"], "no generation 'g7'"),
    ],
)
def test_show_says_what_is_wrong(
    run: Run, folded: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    story = bridge(run, folded / "home")["story_id"]
    line = [argument.replace("STORY", story) for argument in arguments]
    assert main(["show", *line, "--home", str(folded / "home")]) == 2
    assert said in capfd.readouterr().err


def test_tail_once(run: Run, folded: Path) -> None:
    home = folded / "home"
    story = bridge(run, home)["story_id"]
    text = run("tail", "--once", "--home", home)
    assert text.index(f"{story[:8]}@1") < text.index(f"{story[:8]}@2") < text.index(f"{story[:8]}@3")
    updates = lines(run("tail", "--once", "--story", story[:8], "--json", "--home", home))
    assert [update["version"] for update in updates] == [1, 2, 3]
    assert run("tail", "--once", "--since", "2999-01-01", "--home", home) == ""
    heavy = lines(run("tail", "--once", "--since", "beginning", "--min-significance", "0.3", "--json", "--home", home))
    assert all(update["significance"] >= 0.3 for update in heavy)


def test_export_gives_what_fold_gave(run: Run, folded: Path, tmp_path: Path) -> None:
    said = run("export", "--out", tmp_path / "new" / "out", "--home", folded / "home")
    assert said.startswith("4 articles, 4 assignments, 2 stories, 4 updates, 1 rejected")
    for name in FILES:
        assert (tmp_path / "new" / "out" / f"{name}.jsonl").read_bytes() == (
            folded / "out" / f"{name}.jsonl"
        ).read_bytes()


def test_every_support_of_the_export_is_a_sentence(folded: Path) -> None:
    articles = {row["article_id"]: row for row in rows(folded / "out" / "articles.jsonl")}
    for story in rows(folded / "out" / "stories.jsonl"):
        supports = [own for claim in [*story["claims"], *story["summary"]] for own in claim["supports"]]
        assert supports
        for own in supports:
            span = articles[own["article_id"]]["sentences"][own["sentence"]]
            assert articles[own["article_id"]]["text"][span["start"] : span["end"]].strip()


def test_replay_comes_out_the_same(run: Run, home: Path) -> None:
    assert run("replay", "--home", home).startswith("g1 and g2 are identical: 2 stories and 4 updates")
    assert json.loads(run("compare", "g1", "g2", "--json", "--home", home))["verdict"] == "identical"
    assert run("replay", "--into", "fresh", "--json", "--home", home).startswith('{"verdict":"identical"')
    assert run("replay", "--home", home).startswith("g1 and g3 are identical")
    assert run("compare", "g1", "fresh", "--home", home).startswith("g1 and fresh are identical")
    assert len(lines(run("stories", "--generation", "g2", "--json", "--home", home))) == 2


def test_replay_into_itself_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--into", "g1", "--home", str(home)]) == 2
    assert "generation to compare with" in capsys.readouterr().err


def test_a_worker_finds_nothing_left_to_do(run: Run, home: Path) -> None:
    assert run("worker", "--once", "--home", home) == "0 articles, 0 updates, 0 quarantined\n"


def test_quarantine_lists_what_failed(run: Run, folded: Path) -> None:
    text = run("quarantine", "--home", folded / "home")
    assert "1 input: 1 at scrape" in text
    (row,) = lines(run("quarantine", "--json", "--home", folded / "home"))
    assert set(row) == {"input_id", "source", "stage", "reason"}


def test_schemas_are_written(run: Run, tmp_path: Path) -> None:
    assert "files" in run("schemas", "export", tmp_path / "schemas")
    assert any((tmp_path / "schemas").iterdir())


def test_settings_reach_the_commands(run: Run, folded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "newsfold.toml").write_text(f"home = {json.dumps(str(folded / 'home'))}\n")
    assert len(lines(run("stories", "--json"))) == 2
    (tmp_path / "newsfold.toml").rename(tmp_path / "other.toml")
    assert len(lines(run("stories", "--json", "--config", tmp_path / "other.toml"))) == 2
    monkeypatch.setenv("NEWSFOLD_HOME", str(folded / "home"))
    assert len(lines(run("stories", "--json"))) == len({row[3] for row in ROWS}) - 1
