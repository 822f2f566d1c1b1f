"""The door for other people's programs, and the program in the documentation."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import newsfold
from schemas.errors import UsageError

DOCS = Path(__file__).parents[2] / "docs"


def test_a_subscription_to_a_home(folded: Path) -> None:
    with newsfold.subscribe(folded / "home", follow=False) as updates:
        found = list(updates)
        versions = [updates.story(update).version for update in found]
    assert len(found) == 4
    assert versions == [update.version for update in found]


def test_no_log_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no log in"):
        newsfold.subscribe(tmp_path)


def snippet(name: str) -> str:
    (found, *_) = re.findall(r"```python\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    return str(found)


def test_the_program_in_the_documentation_runs(folded: Path) -> None:
    program = snippet("subscribing.md")
    assert len(program.strip().splitlines()) <= 10
    program = program.replace('group="my-desk"', 'group="my-desk", wait=0.05')
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={"NEWSFOLD_HOME": str(folded / "home"), "PYTHONPATH": str(DOCS.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert "Marrow Bridge" in done.stdout
    assert "+ claim: " in done.stdout
    assert "= 3 articles, " in done.stdout
