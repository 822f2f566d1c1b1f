"""The demo runs the whole way through and shows what it promises."""

import asyncio
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from consumers.views.paint import THEME
from samples.demo import Pace, demo
from samples.demo_view import DemoView
from samples.world import World

LIVE = World.load().live(-1)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the demo prints where there is no terminal."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    command = [sys.executable, "-m", "samples.demo", "--fast", "--home", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


@pytest.mark.parametrize(
    "words",
    [
        "look 16 of 16",
        "feed read, 1 new or changed entry",
        "feeds unchanged (304)",
        "opens the story",
        "SOURCES DISAGREE",
        "NO LONGER IN DISPUTE",
        "a figure has moved",
        "carries the text of meridianwire.example",
        "dailybeacon.example answers 410: page withdrawn",
        "has taken its article back",
        "Try next",
    ],
)
def test_demo_shows(shown: str, words: str) -> None:
    assert words in shown


def test_disputed_number_on_board_comes_before_its_end(shown: str) -> None:
    begin, end = re.search(r"^ +118 +aldisobserver", shown, re.M), re.search(r"IN DISPUTE: .*118", shown)
    assert begin is not None
    assert end is not None
    assert begin.start() < end.start()


def test_plain_lines_have_no_escapes_and_no_blank_ends(shown: str) -> None:
    assert "\x1b" not in shown
    assert not [line for line in shown.splitlines() if line != line.rstrip()]


def test_terminal_has_a_table_of_stories_and_every_article_is_in_one(tmp_path: Path) -> None:
    out = io.StringIO()
    console = Console(file=out, theme=THEME, force_terminal=True, width=100, height=40)
    stories = asyncio.run(demo(tmp_path, DemoView(console), Pace(0, 0)))
    placed = [article.article_id for story in stories for article in story.articles]
    assert len(placed) == len(set(placed)) == len(LIVE)
    assert "stories so far" in out.getvalue()


def test_log_in_the_way_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "log.sqlite").write_bytes(b"")
    command = [sys.executable, "-m", "samples.demo", "--home", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 2
    assert "name a folder without one" in run.stderr
    assert "Traceback" not in run.stderr
