"""Where the log is, and opening it to read: nothing is made that is not there."""

from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import UsageError

if TYPE_CHECKING:
    from eventlog.base import EventLog
    from eventlog.cluster import Cluster


def log_path(home: Path) -> Path:
    """The embedded log's file in a home, whether it is there or not."""
    return home / "log.sqlite"


def open_log(home: Path, cluster: "Cluster | None" = None) -> "EventLog":
    """The log on a cluster, or without one the embedded log of a home. Raises `UsageError` if there is none."""
    if cluster is not None:
        from eventlog.kafka import KafkaLog

        return KafkaLog(cluster)
    from eventlog.sqlite import SqliteLog

    if not log_path(home).exists():
        raise UsageError(
            f"there is no log in {home}; `newsfold up SOURCES.toml` or `newsfold fold --keep-log` makes one"
        )
    return SqliteLog(log_path(home))


def refuse_log(home: Path) -> None:
    """Raises `UsageError` if there is a log in the folder that a new one is to be made in."""
    if log_path(home).exists():
        raise UsageError(f"there is a log in {home} already; name a folder without one")
