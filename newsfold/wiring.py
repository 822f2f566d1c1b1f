"""The one place where the parts are put together: a home folder with a log, its topics, and the state beside it."""

import gc
from pathlib import Path

from agents.inprocess import Pipeline
from agents.tables import SqliteTables
from eventlog.base import EventLog, TopicConfig
from eventlog.sqlite import SqliteLog
from newsfold.opening import log_path, open_log
from schemas.topics import TOPICS, Naming

EMBEDDED_PARTITIONS = 1
"""The embedded log is read by one thread: more partitions would only blur the order of arrival."""


class Home:
    """The folder of one installation: `log.sqlite`, and a `state.<generation>.sqlite` for each generation."""

    def __init__(self, folder: Path, log: SqliteLog, naming: Naming, batch: int) -> None:
        self.folder = folder
        self.log = log
        self.naming = naming
        self._batch = batch
        self._tables: list[SqliteTables] = []
        create_topics(log, naming)

    def pipeline(self) -> Pipeline:
        """The in-process runtime over this home. It takes over from any other that runs the same generation."""
        relax_collector()
        tables = SqliteTables(self.folder / f"state.{self.naming.generation}.sqlite")
        self._tables.append(tables)
        return Pipeline(self.log, tables, self.naming, batch=self._batch)

    def tidy(self) -> int:
        """Removes the versions of stories that a newer one replaces in `stories.latest`; gives how many."""
        return sum(self.log.compact(self.naming.of(topic)) for topic in TOPICS if topic.cleanup == "compact")

    def close(self) -> None:
        """Lets go of all files."""
        for tables in self._tables:
            tables.close()
        self.log.close()


def relax_collector() -> None:
    """Lets Python look for cycles of garbage less often.

    A fold keeps hundreds of thousands of small frozen objects that hold no cycles; with the default thresholds the
    collector took much of all time: 34 ms an article fell to 19 when these were set.
    """
    gc.set_threshold(100_000, 50, 50)


def create_topics(log: EventLog, naming: Naming, partitions: int = EMBEDDED_PARTITIONS) -> None:
    """Creates the topics of a generation where they are missing."""
    known = log.topics()
    for topic in TOPICS:
        if naming.of(topic) not in known:
            log.create_topic(naming.of(topic), TopicConfig(partitions, topic.cleanup))


def open_home(folder: Path, naming: Naming, *, create: bool = False, batch: int = 200) -> Home:
    """Opens a home. Raises `UsageError` if there is none and it is not to be created."""
    log = SqliteLog(log_path(folder)) if create else open_log(folder)
    return Home(folder, log, naming, batch)
