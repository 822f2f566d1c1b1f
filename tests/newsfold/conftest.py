"""Fixtures: a home that the real pipeline made, and a way to run the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from newsfold_inputs import write_inputs

from newsfold.main import main

Run = Callable[..., str]


@pytest.fixture(scope="session")
def folded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `news.jsonl`, what was folded from it in `out`, and the log in `home`."""
    folder = tmp_path_factory.mktemp("folded")
    source = write_inputs(folder)
    assert main(["fold", str(source), "--out", str(folder / "out"), "--keep-log", str(folder / "home")]) == 0
    assert (folder / "out" / "updates.jsonl").stat().st_size, "what follows an empty log waits for ever"
    return folder


@pytest.fixture(autouse=True)
def no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever imports readline has COLUMNS in the environment from then on, and views would break their lines."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line that must succeed, and gives what it printed."""

    def go(*arguments: object) -> str:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert code == 0, err
        assert err == ""
        return out

    return go
