"""The one place where the parts are put together: a log with its topics, and a home folder for what lies beside it."""

import gc
from pathlib import Path

from agents.inprocess import Pipeline
from agents.tables import SqliteTables
from eventlog.base import EventLog, TopicConfig
from eventlog.cluster import Cluster
from eventlog.sqlite import SqliteLog
from newsfold.opening import log_path, open_log
from schemas.errors import UsageError
from schemas.topics import TOPICS, Naming, Topic

EMBEDDED_PARTITIONS = 1
"""The embedded log is read by one thread: more partitions would only blur the order of arrival."""


class Home:
    """The folder of one installation, and its log.

    Without Kafka the log is in it: `log.sqlite`, and a `state.<generation>.sqlite` for each generation.
    """

    def __init__(
        self, folder: Path, log: EventLog, naming: Naming, batch: int, partitions: int = EMBEDDED_PARTITIONS
    ) -> None:
        self.folder = folder
        self.log = log
        self.naming = naming
        self._batch = batch
        self._tables: list[SqliteTables] = []
        create_topics(log, naming, partitions)

    def pipeline(self) -> Pipeline:
        """The in-process runtime over this home. It takes over from any other that runs the same generation."""
        relax_collector()
        tables = SqliteTables(self.folder / f"state.{self.naming.generation}.sqlite")
        self._tables.append(tables)
        return Pipeline(self.log, tables, self.naming, batch=self._batch)

    def tidy(self) -> int:
        """Removes the versions of stories that a newer one replaces in `stories.latest`; gives how many.

        Kafka does that by itself.
        """
        if not isinstance(self.log, SqliteLog):
            return 0
        return sum(self.log.compact(self.naming.of(topic)) for topic in TOPICS if topic.cleanup == "compact")

    def close(self) -> None:
        """Lets go of all files."""
        for tables in self._tables:
            tables.close()
        self.log.close()


def relax_collector() -> None:
    """Lets Python look for cycles of garbage among new objects only, but for once in ten million.

    A fold keeps hundreds of thousands of small frozen objects that hold no cycles; with the default thresholds the
    collector took half of all time (34 ms an article instead of 19). Its first generation has to be small: with a
    million new objects in it, one look stopped everything for a second, and that was the tail of the latency.
    """
    gc.set_threshold(10_000, 1_000, 100)


def create_topics(log: EventLog, naming: Naming, partitions: int = EMBEDDED_PARTITIONS) -> None:
    """Creates the topics of a generation where they are missing.

    Raises `UsageError` if one is there with another number of partitions: its records would be looked for elsewhere.
    """
    known = log.topics()
    for topic in TOPICS:
        name, wanted = naming.of(topic), partitions_of(topic, partitions)
        if name not in known:
            log.create_topic(name, TopicConfig(wanted, topic.cleanup))
        elif (have := known[name].partitions) != wanted:
            raise UsageError(
                f"topic {name} has {have} partitions, and the setting 'partitions' asks for {wanted}; "
                f"set it to {have}, or choose another prefix"
            )


def partitions_of(topic: Topic, partitions: int) -> int:
    """Partitions of a topic where its family has `partitions`; quarantine has one, so that it is read in order."""
    return 1 if topic.partitions == 1 else partitions


def open_home(
    folder: Path,
    naming: Naming,
    *,
    create: bool = False,
    batch: int = 200,
    cluster: Cluster | None = None,
    partitions: int = EMBEDDED_PARTITIONS,
) -> Home:
    """Opens a home. Raises `UsageError` if there is no log and it is not to be created."""
    if cluster is not None:
        folder.mkdir(parents=True, exist_ok=True)
        return Home(folder, open_log(folder, cluster), naming, batch, partitions)
    return Home(folder, SqliteLog(log_path(folder)) if create else open_log(folder), naming, batch)
