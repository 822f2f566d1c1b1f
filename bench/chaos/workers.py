"""Worker processes that may be killed, paused, robbed of their store, and are started again whenever they end."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from eventlog.base import EventLog
from newsfold.crew import Member
from newsfold.lag import lags
from schemas.topics import CLEAN, FACTS, LOG, UPDATES, Naming

PROGRAM = 'exec "$0" -m newsfold.member $2 >>"$1" 2>&1'
ENDS = re.compile(r" ends: (\w+)")
STOP_SECONDS = 40.0
LOOK_SECONDS = 0.05


class Workers:
    """Some workers of one home folder. A context manager that ends them all, whatever happened."""

    def __init__(self, folder: Path, settings: Mapping[str, str], *options: str) -> None:
        """`settings` are environment variables; `options` are those of `newsfold.member`."""
        self._folder, self.options = folder, options
        self._settings = {**settings, "NEWSFOLD_HOME": str(folder)}
        self._members: dict[str, Member] = {}
        self._paused: dict[str, float] = {}
        self.exits = 0
        """How often a worker ended by itself."""

    @property
    def names(self) -> list[str]:
        """All workers."""
        return sorted(self._members)

    @property
    def awake(self) -> list[str]:
        """Those that are not paused."""
        return [name for name in self.names if name not in self._paused]

    def add(self, name: str) -> None:
        """Starts one more."""
        command = ("sh", "-c", PROGRAM, sys.executable, str(self.log_of(name)), " ".join(self.options))
        self._members[name] = Member(name, command, self._settings)
        self._members[name].start()

    def kill(self, name: str) -> None:
        """Ends one at once (SIGKILL) and starts it again."""
        self._end(name, signal.SIGKILL)
        self._members[name].start()

    def stop(self, name: str) -> int | None:
        """Ends one in order (SIGTERM) for good; gives its exit code."""
        code = self._end(name, signal.SIGTERM)
        del self._members[name]
        return code

    def wipe(self, name: str) -> None:
        """Ends one at once, removes its local store and starts it again."""
        self._end(name, signal.SIGKILL)
        shutil.rmtree(self._folder / "workers" / name, ignore_errors=True)
        self._members[name].start()

    def pause(self, name: str, seconds: float) -> None:
        """Stops the clock of one for so long (SIGSTOP); `look` wakes it."""
        process = self._members[name].process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGSTOP)
            self._paused[name] = time.monotonic() + seconds

    def pid(self, name: str) -> int | None:
        """The process id of one that runs."""
        process = self._members[name].process
        return process.pid if process is not None else None

    def finished(self, name: str) -> int | None:
        """The exit code after which a worker does not come back; `None` while it works."""
        return self._members[name].finished

    def said(self, name: str) -> str:
        """All that one has said so far."""
        log = self.log_of(name)
        return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""

    def reasons(self) -> str:
        """Why workers ended by themselves, for example `StaleOwner 2`."""
        told = Counter(reason for name in self.names for reason in ENDS.findall(self.said(name)))
        return ", ".join(f"{reason} {count}" for reason, count in sorted(told.items()))

    def log_of(self, name: str) -> Path:
        """Where is written what one says."""
        return self._folder / f"{name}.log"

    def look(self) -> None:
        """Wakes those whose pause is over, starts again those that have ended."""
        for name in [name for name, until in self._paused.items() if time.monotonic() > until]:
            self._wake(name)
        for member in self._members.values():
            self.exits += member.look() is not None

    def until(self, holds: Callable[[], bool], what: str, seconds: float = 120.0) -> None:
        """Looks after the workers until something holds. Raises `TimeoutError` that says what did not."""
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(f"after {seconds:.0f} s: {what}")
            self.look()
            time.sleep(LOOK_SECONDS)

    def until_idle(self, log: EventLog, naming: Naming, seconds: float = 240.0) -> None:
        """Looks after the workers until no stage is behind. Stages are asked in order, so one look is enough."""
        self.until(lambda: not self._paused and not waiting(log, naming), "records still wait", seconds)

    def _wake(self, name: str) -> None:
        del self._paused[name]
        process = self._members[name].process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGCONT)

    def _end(self, name: str, number: signal.Signals) -> int | None:
        if name in self._paused:
            self._wake(name)
        process = self._members[name].process
        if process is None:
            return None
        process.send_signal(number)
        try:
            return process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in self.names:
            self._end(name, signal.SIGKILL)


def waiting(log: EventLog, naming: Naming) -> int:
    """Records that stand before all stages together."""
    return sum(lag.records for lag in lags(log, naming))


def written(log: EventLog, naming: Naming) -> int:
    """Records that the stages have made so far."""
    return sum(sum(log.end_offsets(naming.of(topic)).values()) for topic in (CLEAN, FACTS, LOG, UPDATES))


def settings_for(address: str, naming: Naming, **others: object) -> dict[str, str]:
    """The environment of workers on a broker."""
    given = {"kafka": address, "prefix": naming.prefix, "generation": naming.generation, "session": 6, **others}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NEWSFOLD_")}
    return {**inherited, **{f"NEWSFOLD_{name.upper()}": str(value) for name, value in given.items()}}
