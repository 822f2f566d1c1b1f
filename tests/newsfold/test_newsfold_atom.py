"""`newsfold atom` on a home that the real pipeline made."""

import json
import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import fastfeedparser
import pytest

from newsfold.main import main

Run = Callable[..., str]
PAGE = (Path(__file__).parents[2] / "docs" / "atom.md").read_text(encoding="utf-8")


def test_a_feed_of_all_stories_and_of_one(run: Run, folded: Path, tmp_path: Path) -> None:
    news = tmp_path / "news.xml"
    updates = (folded / "out" / "updates.jsonl").read_text(encoding="utf-8").splitlines()
    assert run("atom", "--out", news, "--home", folded / "home") == f"{len(updates)} entries -> {news}\n"
    assert len(fastfeedparser.parse(news.read_bytes()).entries) == len(updates)
    story = json.loads(updates[0])["story_id"]
    own = fastfeedparser.parse(run("atom", story[:6], "--home", folded / "home", "--base-url", "https://a.example"))
    assert len(own.entries) == sum(json.loads(line)["story_id"] == story for line in updates)
    assert own.entries[-1].link == f"https://a.example/stories/{story}@1"


def test_the_file_is_replaced_as_a_whole_and_others_can_read_it(run: Run, folded: Path, tmp_path: Path) -> None:
    news = tmp_path / "news.xml"
    news.write_text("old")
    with news.open() as held:
        run("atom", "--out", news, "--home", folded / "home")
        assert held.read() == "old"
    plain = tmp_path / "plain"
    plain.touch()
    assert news.stat().st_mode == plain.stat().st_mode
    assert sorted(os.listdir(tmp_path)) == ["news.xml", "plain"]
    assert run("atom", "--limit", "1", "--home", folded / "home").count("<entry>") == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["nowhere"], "no story's id begins with 'nowhere'"),
        (["--base-url", "javascript:alert(1)"], "is no http or https URL"),
        (["--out", "/no/such/folder/news.xml"], "/no/such/folder"),
    ],
)
def test_mistakes_are_one_sentence(
    folded: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["atom", *options, "--home", str(folded / "home")]) in (1, 2)
    assert said in capsys.readouterr().err


def test_the_commands_of_the_page_run(run: Run, folded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSFOLD_HOME", str(folded / "home"))
    story = json.loads((folded / "out" / "stories.jsonl").read_text(encoding="utf-8").splitlines()[0])["story_id"]
    [block] = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines():
        run(*shlex.split(line.replace("3f2a", story))[1:])
    assert sorted(os.listdir(tmp_path)) == ["flood.xml", "news.xml"]
