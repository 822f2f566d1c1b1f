"""Where a setting comes from, and what is said when it does not fit."""

from pathlib import Path

import pytest

from newsfold.settings import load
from schemas.errors import UsageError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "PREFIX", "GENERATION", "BATCH"):
        monkeypatch.delenv(f"NEWSFOLD_{name}", raising=False)


def test_built_in_values() -> None:
    assert load().model_dump() == {"home": Path(".newsfold"), "prefix": "newsfold.", "generation": "g1", "batch": 200}
    assert load().naming == ("newsfold.", "g1")


def test_the_nearest_place_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("newsfold.toml").write_text('home = "file"\ngeneration = "gfile"\nbatch = 7\n')
    monkeypatch.setenv("NEWSFOLD_GENERATION", "genv")
    monkeypatch.setenv("NEWSFOLD_HOME", "env")
    found = load(home="line", generation=None)
    assert (found.home, found.generation, found.batch) == (Path("line"), "genv", 7)


def test_another_file(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text("batch = 9\n")
    assert load(path).batch == 9
    with pytest.raises(UsageError, match="no settings file"):
        load(tmp_path / "missing.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bacth = 7", "no setting 'bacth'"),
        ("batch = 0", "setting 'batch': .*greater than or equal to 1, not 0"),
        ('generation = "../x"', "setting 'generation'"),
        ("batch =", "newsfold.toml is not valid TOML"),
    ],
)
def test_what_does_not_fit_is_named(text: str, message: str) -> None:
    Path("newsfold.toml").write_text(text)
    with pytest.raises(UsageError, match=message):
        load()


def test_a_variable_that_does_not_fit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSFOLD_BATCH", "many")
    with pytest.raises(UsageError, match=r"'batch'.*'many'"):
        load()
