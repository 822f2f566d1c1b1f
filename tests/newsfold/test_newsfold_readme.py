"""Every command and program of the README works as it stands there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from consumers.reading import stories
from newsfold.main import main
from newsfold.opening import open_log
from newsfold.settings import load
from schemas.topics import Naming

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^newsfold [^#\n]*", README, flags=re.MULTILINE)
ENDLESS = ("up", "tail", "hooks")
HOOKS = '[[hook]]\nname = "desk"\nurl = "https://desk.example"\nsecret_file = "desk.secret"\n'


@pytest.fixture
def home(folded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder of a person: the files that the README names, and a log."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(folded / "home", tmp_path / ".newsfold")
    (tmp_path / "articles").mkdir()
    shutil.copy(folded / "news.jsonl", tmp_path / "articles")
    (tmp_path / "more.jsonl.gz").write_bytes(b"")
    (tmp_path / "hooks.toml").write_text(HOOKS)
    (tmp_path / "desk.secret").write_text("whsec_" + "QUJD" * 8)
    return tmp_path


def as_typed(command: str, home: Path) -> list[str]:
    """The words after `newsfold`, with a story that is there, and an end for what has none."""
    log = open_log(home / ".newsfold")
    _, story = min(stories(log, Naming()), key=lambda each: each[1].story_id)
    log.close()
    there = {
        "3f2a": story.story_id,
        "@7": "@1",
        "CLAIM": story.claims[0].claim_id,
        "ARTICLE": story.articles[0].article_id,
    }
    words = shlex.split(command.replace("--since 7", "--since 1"))[1:]
    for example, real in there.items():
        words = [word.replace(example, real) for word in words]
    return [*words, "--once"] if words[0] in ENDLESS else words


@pytest.mark.parametrize("command", [command for command in COMMANDS if "--processes" in command])
def test_the_command_works_on_kafka(command: str, kafka: str, home: Path) -> None:
    line = [sys.executable, "-m", "newsfold", *shlex.split(command)[1:], "--once"]
    env = {**os.environ, "NEWSFOLD_KAFKA": kafka, "NEWSFOLD_PREFIX": f"readme{uuid4().hex[:8]}."}
    assert subprocess.run(line, cwd=home, env=env, check=False).returncode == 0


@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if "sources.toml" not in command and "--processes" not in command]
)
def test_the_command_works(command: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(as_typed(command, home)) == 0, capsys.readouterr().err
    assert capsys.readouterr().out


def test_the_program_prints_what_is_new(home: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    program = program.replace('group="my-program"', 'group="my-program", follow=False')
    line = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(line, cwd=home, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Marrow Bridge" in done.stdout


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_settings_file_of_the_documentation_is_read(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "settings.md").read_text("utf-8"), flags=re.DOTALL)
    path = tmp_path / "newsfold.toml"
    path.write_text(text)
    assert load(path).model_dump() == load().model_dump()
