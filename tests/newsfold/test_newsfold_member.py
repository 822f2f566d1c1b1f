"""The folder of a worker: of one process at a time, and not used again when the changelogs may know better."""

import os
from pathlib import Path

import pytest

from newsfold.member import LOCK, _forget_if_old, _own
from schemas.errors import UsageError

DAY = 24 * 3600.0


def test_a_folder_has_one_worker(tmp_path: Path):
    with _own(tmp_path), pytest.raises(UsageError, match=r"runs in .* already.*--name"), _own(tmp_path):
        pass
    with _own(tmp_path):
        pass


def test_a_store_that_was_not_used_for_long_is_forgotten(tmp_path: Path):
    for stage, age in (("clean", 40), ("fold", 28)):
        store = tmp_path / stage / "tables" / "1.sst"
        store.parent.mkdir(parents=True)
        store.touch()
        os.utime(store, (100 * DAY - age * DAY,) * 2)
    (tmp_path / LOCK).touch()
    _forget_if_old(tmp_path, 100 * DAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fold", LOCK]
