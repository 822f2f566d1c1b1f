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
from newsfold.crew import Crew
from newsfold.lag import lags
from newsfold.settings import Settings
from newsfold.wiring import create_topics

PATIENCE = 300.0
"""Seconds that workers are given to do what they were given."""


_SHELL = 'if [ -e "$0/wipe" ]; then rm -rf "$0/wipe" "$0/workers"; fi; exec "$@" 2>>"$0/workers.log"'
"""`$0` is the home: a file `wipe` in it takes the next worker's local state away, as on another machine."""


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
    def crew(self, processes: int, module: Sequence[str] = ("newsfold.member",)) -> Iterator[Crew]:
        """Worker processes as `newsfold worker` runs them; what they say goes to `workers.log` of the home."""
        shell = ["/bin/sh", "-c", _SHELL, str(self.settings.home)]
        names = [f"bench-{number}" for number in range(1, processes + 1)]
        stop = threading.Event()
        command = [*shell, sys.executable, "-m", *module]
        with Crew(names, command, self.settings.environment(), lambda _: None) as crew:
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
            quiet = 0
            deadline = time.monotonic() + PATIENCE
            while quiet < 3:
                behind = any(lag.records for lag in lags(log, self.naming))
                quiet = 0 if behind else quiet + 1
                if time.monotonic() > deadline:
                    raise TimeoutError(f"workers are behind for {PATIENCE:.0f} s")
                time.sleep(0.5)

    def wipe_before_next_start(self) -> None:
        """The next worker that starts here finds no local state."""
        (self.settings.home / "wipe").touch()

    def last_words(self) -> str:
        """What the workers said last."""
        path = self.settings.home / "workers.log"
        return path.read_text(encoding="utf-8")[-2000:] if path.exists() else ""


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
