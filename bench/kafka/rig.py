"""A broker of the bench's own, and on it, for each measurement, topics and workers of its own."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.kafka.machine import processor_seconds
from eventlog.base import Entry, EventLog
from eventlog.kafka import KafkaLog
from newsfold.broker import Broker
from newsfold.crew import WAIT, Crew, Spare
from newsfold.lag import IDLE_LOOKS, LOOK_SECONDS, lags
from newsfold.settings import Settings
from newsfold.wiring import create_topics
from schemas.topics import Naming

PATIENCE = 300.0
"""Seconds that workers are given to do what they were given."""


_SHELL = 'exec "$@" 2>>"$0"'
"""What the workers say goes to the file `$0`."""


class Site:
    """Topics of one measurement, and a home for its workers."""

    def __init__(self, broker: Broker, folder: Path, name: str) -> None:
        self.broker, self.folder = broker, folder
        self.settings = Settings(
            home=folder / name, kafka=broker.address, prefix=f"{name}.", worker="bench", generation="g1"
        )
        self.settings.home.mkdir()
        self.naming = self.settings.naming
        with self.open_log() as log:
            create_topics(log, self.naming, self.settings.partitions)

    def open_log(self) -> KafkaLog:
        """A log of one's own: what waits in one thread holds up no other."""
        cluster = self.settings.cluster
        assert cluster is not None
        return KafkaLog(cluster)

    @contextmanager
    def crew(self, processes: int, *module: str, spare: bool = True) -> Iterator[Crew]:
        """Worker processes as `newsfold worker` runs them; what they say goes to `workers.log` of the home.

        `module` is what is run instead of `newsfold.member`, and `spare` whether it knows how to wait.
        """
        shell = ["/bin/sh", "-c", _SHELL, str(self.settings.home / "workers.log")]
        names = [f"bench-{number}" for number in range(1, processes + 1)]
        stop = threading.Event()
        command = [*shell, sys.executable, "-m", *(module or ("newsfold.member",))]
        waiting = Spare([*command, WAIT]) if spare else None
        with Crew(names, command, self.settings.environment(), lambda _: None, waiting) as crew:
            runner = threading.Thread(target=crew.run, args=(stop,))
            runner.start()
            try:
                yield crew
            except Exception as error:
                error.add_note(f"the workers said last: {self.last_words()}")
                raise
            finally:
                stop.set()
                runner.join()

    def wait_until_idle(self) -> None:
        """Returns when no stage is behind any more, and has not been for a while."""
        with self.open_log() as log:
            wait_until_idle(log, self.naming)

    def wipe(self) -> None:
        """Takes the local state of the workers away, as if they came back on another machine."""
        folder = self.settings.home / "workers"
        folder.rename(folder.with_name(f"workers-{time.monotonic_ns()}"))

    def last_words(self) -> str:
        """What the workers said last."""
        path = self.settings.home / "workers.log"
        return path.read_text(encoding="utf-8")[-2000:] if path.exists() else ""


def wait_until_idle(log: EventLog, naming: Naming) -> None:
    """Returns when no stage has been behind for a while. Raises `TimeoutError`."""
    quiet = 0
    deadline = time.monotonic() + PATIENCE
    while quiet < IDLE_LOOKS:
        behind = any(lag.records for lag in lags(log, naming))
        quiet = 0 if behind else quiet + 1
        if time.monotonic() > deadline:
            raise TimeoutError(f"workers are behind for {PATIENCE:.0f} s")
        time.sleep(LOOK_SECONDS)


def pids(crew: Crew) -> list[int]:
    """The process ids of those that run."""
    return [member.process.pid for member in crew.members if member.process]


class Meter:
    """Samples what some processes use, so that it can be told afterwards what they had used by when."""

    def __init__(self, groups: Callable[[], Sequence[Sequence[int]]], every: float = 0.1) -> None:
        self._groups, self._every = groups, every
        self._samples: list[tuple[float, list[float]]] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Meter":
        self._sample()
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        self._thread.join()

    def used(self, begin: float, end: float) -> list[float]:
        """Processor seconds of each group between two moments (`time.time`)."""
        first, last = self._at(begin), self._at(end)
        return [after - before for before, after in zip(first, last, strict=True)]

    def _at(self, moment: float) -> list[float]:
        return min(self._samples, key=lambda sample: abs(sample[0] - moment))[1]

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            self._sample()

    def _sample(self) -> None:
        used = [sum(map(processor_seconds, group)) for group in self._groups()]
        self._samples.append((time.time(), used))


def in_chunks(log: EventLog, entries: Sequence[Entry], size: int = 500) -> None:
    """Appends all."""
    for at in range(0, len(entries), size):
        log.append(entries[at : at + size])
