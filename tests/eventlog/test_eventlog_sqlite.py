from collections.abc import Callable
from pathlib import Path

import pytest
from contract import LogContract

from eventlog.sqlite import SqliteLog


class TestSqliteLog(LogContract):
    @pytest.fixture
    def open_log(self, tmp_path: Path) -> Callable[[], SqliteLog]:
        return lambda: SqliteLog(tmp_path / "log.db")
