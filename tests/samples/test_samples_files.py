"""The world as files."""

from pathlib import Path

import orjson
import pytest

from samples.files import FORMS, Form, as_files
from samples.world import World

WORLD = World.load()


def test_mixed_folder_has_every_live_article_once(tmp_path: Path) -> None:
    as_files(9, tmp_path)
    names = [path.stem for path in tmp_path.iterdir() if path.suffix != ".jsonl"]
    rows = [orjson.loads(line) for line in (tmp_path / "articles.jsonl").read_bytes().splitlines()]
    assert sorted([*names, *(row["id"] for row in rows)]) == sorted(it.article for it in WORLD.live(9))
    assert {path.suffix for path in tmp_path.iterdir()} == {".html", ".txt", ".jsonl"}


@pytest.mark.parametrize("form", FORMS)
def test_one_form(tmp_path: Path, form: Form) -> None:
    written = as_files(5, tmp_path, form)
    assert sorted(written) == sorted(tmp_path.iterdir())
    assert {path.suffix for path in written} == {f".{form}"}


def test_same_tick_same_bytes(tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in as_files(12, tmp_path / "one")}
    second = {path.name: path.read_bytes() for path in as_files(12, tmp_path / "two")}
    assert first == second


def test_newest_version_is_written(tmp_path: Path) -> None:
    as_files(6, tmp_path, "txt")
    assert "carrying 130 people" in (tmp_path / "ferry-observer-1.txt").read_text(encoding="utf-8")
