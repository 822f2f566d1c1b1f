"""Every error is one sentence and an exit code; a traceback only on request."""

import subprocess
import sys
from pathlib import Path

import pytest

from newsfold import __version__
from newsfold.failures import explain
from newsfold.main import main
from schemas.errors import Fatal, UsageError


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("bogus", "No such command 'bogus'"),
        ("stories --bogus", "No such option"),
        ("show", "Missing argument 'STORY[@N]'"),
        ("stories --home nowhere", "no log in nowhere"),
        ("export --home nowhere --out x", "no log in nowhere"),
        ("replay --home nowhere", "no log in nowhere"),
        ("worker --home nowhere --once", "no log in nowhere"),
        ("compare g1 g2 --home nowhere", "no log in nowhere"),
        ("stories --config nowhere.toml", "no settings file nowhere.toml"),
        ("stories --generation a/b", "generation"),
        ("schemas", "Missing command"),
        ("tail --min-significance 7", "--min-significance"),
        ("fold missing.txt --out out", "missing.txt"),
        ("scrape missing.toml", "missing.toml"),
        ("up missing.toml", "missing.toml"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_code_2(
    line: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(line.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("newsfold: ")
    assert said.lower() in err.lower()


def test_nothing_is_made_by_a_command_that_only_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for line in ("stories", "tail --once", "quarantine", "replay"):
        main(line.split())
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_log_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "log.sqlite").write_bytes(b"these bytes are no log " * 100)
    assert main(["stories", "--home", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_each_kind_of_error_has_its_code() -> None:
    assert explain(UsageError("type\n more of it")) == ("type more of it.", 2)
    assert explain(Fatal("the log is broken")) == ("the log is broken.", 1)
    assert explain(PermissionError(13, "Permission denied", "x.txt")) == ("x.txt: Permission denied.", 1)


def test_what_was_not_foreseen_says_how_to_see_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSFOLD_DEBUG", raising=False)
    sentence, code = explain(ZeroDivisionError("by nought"))
    assert code == 1
    assert "ZeroDivisionError: by nought" in sentence
    assert "NEWSFOLD_DEBUG=1" in sentence
    monkeypatch.setenv("NEWSFOLD_DEBUG", "1")
    with pytest.raises(ZeroDivisionError) as caught:
        raise ZeroDivisionError("by nought")
    assert "Traceback" in explain(caught.value)[0]


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"newsfold {__version__}\n"


def test_help_is_shown_without_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "Take in" in capsys.readouterr().out


def test_help_imports_nothing_slow() -> None:
    code = "import sys; from newsfold.main import main; main(['--help']); print([m for m in SLOW if m in sys.modules])"
    slow = ("pydantic", "pydantic_settings", "sqlite3", "aiohttp", "stories", "articles", "agents", "orjson")
    done = subprocess.run(
        [sys.executable, "-c", f"SLOW = {slow!r}\n{code}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_import_newsfold_is_light() -> None:
    code = "import sys, newsfold; assert 'pydantic' not in sys.modules; assert 'typer' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
