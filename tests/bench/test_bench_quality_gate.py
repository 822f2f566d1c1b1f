"""The quality gate shuts on low scores and on other data, and floors go down only where a reason is given."""

from pathlib import Path

import pytest

from bench.quality import __main__ as gate
from bench.quality.given import GIVEN, digest_of
from samples.score import Count

PINNED = {"digests": {"own": "d1"}, "epsilon": 0.005, "aims": {}, "floors": {"joined": 0.8, "text": 0.97}}


def result(joined: int, text: float = 0.97, digest: str = "d1") -> gate.Result:
    return gate.Result({"joined": Count(joined, 100), "text": text}, {"own": digest}, ())


def test_it_opens_at_the_floors_but_for_noise() -> None:
    assert list(gate.failing(result(80), PINNED)) == []
    assert list(gate.failing(result(80, 0.9651), PINNED)) == []


@pytest.mark.parametrize(
    ("found", "said"),
    [(result(79), "joined"), (result(80, 0.964), "text"), (result(80, digest="d2"), "own")],
)
def test_it_shuts(found: gate.Result, said: str) -> None:
    (failure,) = gate.failing(found, PINNED)
    assert said in failure


def test_a_score_without_a_floor_shuts_it() -> None:
    (failure,) = gate.failing(gate.Result({"new": 1.0}, {}, ()), PINNED)
    assert "new" in failure


def test_floors_go_up_and_only_the_named_go_down() -> None:
    pinned = gate.pin(result(90, 0.9, "d2"), PINNED, [])
    assert pinned["floors"] == {"joined": 0.9, "text": 0.97}
    assert pinned["digests"] == {"own": "d2"}
    assert gate.pin(result(90, 0.9), PINNED, ["text"])["floors"]["text"] == 0.9


def test_data_that_are_not_there_are_skipped_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEWSFOLD_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(gate, "score_world", dict)
    assert gate.main([]) == 0
    out = capsys.readouterr().out.replace("\n", "")
    assert all(f"skipped: {name}" in out for name in GIVEN)


def test_the_digest_of_a_folder_is_that_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    before = digest_of(tmp_path)
    (tmp_path / "b").write_bytes(b"2")
    assert digest_of(tmp_path) != before
