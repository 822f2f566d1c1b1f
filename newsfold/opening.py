"""Opening a log to read it: nothing is made that is not there."""

from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import UsageError

if TYPE_CHECKING:
    from eventlog.base import EventLog


def open_log(home: Path) -> "EventLog":
    """The log of a home. Raises `UsageError` if there is none."""
    from eventlog.sqlite import SqliteLog

    path = home / "log.sqlite"
    if not path.exists():
        raise UsageError(
            f"there is no log in {home}; `newsfold up SOURCES.toml` or `newsfold fold --keep-log` makes one"
        )
    return SqliteLog(path)
