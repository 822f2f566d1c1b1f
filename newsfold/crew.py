"""Worker processes that are started again when they end: Faust is let go of rather than repaired."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Self

from newsfold.failures import EXIT_USAGE

FIRST_PAUSE, LONGEST_PAUSE = 0.0, 30.0
HEALTHY_SECONDS = 20.0
"""A worker that lived so long is started again at once."""
STOP_SECONDS = 30.0
PARENT = "NEWSFOLD_CREW"
"""Tells a worker the process id of its crew: if it asked by itself, the crew might be gone by then."""
LOOK_SECONDS = 0.1


class Ended(NamedTuple):
    """A worker that ended by itself."""

    name: str
    code: int
    """Exit code; negative: the signal that ended it."""
    pause: float
    """Seconds until it is started again."""


class Member:
    """One worker process, known to the brokers by its name, and when it is due again."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name, self._command, self._environment = name, command, environment
        self._pause = FIRST_PAUSE
        self._starts = 0
        self.due = 0.0
        self.process: subprocess.Popen[bytes] | None = None
        self.finished: int | None = None
        """Exit code after which it is not started again."""

    def start(self) -> None:
        """Starts the process. Ctrl-C in a terminal is for the crew, so it has a session of its own."""
        self._started = time.monotonic()
        self._starts += 1
        self.process = subprocess.Popen(
            self._command,
            env={**os.environ, **self._environment, "NEWSFOLD_WORKER": self.name, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def look(self) -> Ended | None:
        """Starts it if it is due. Gives how it ended, if it has just ended and is to come back."""
        if self.finished is not None:
            return None
        if self.process is None:
            if time.monotonic() >= self.due:
                self.start()
            return None
        code = self.process.poll()
        if code is None:
            return None
        self.process = None
        # What could be done as asked at first can be done again later: then it was the broker that did not answer.
        if code == 0 or (code == EXIT_USAGE and self._starts == 1):
            self.finished = code
            return None
        return self._again(code)

    def _again(self, code: int) -> Ended:
        now = time.monotonic()
        if now - self._started > HEALTHY_SECONDS:
            self._pause = FIRST_PAUSE
        ended = Ended(self.name, code, self._pause)
        self.due = now + self._pause
        self._pause = min(LONGEST_PAUSE, max(1.0, self._pause * 2))
        return ended


class Crew:
    """Some worker processes. A context manager that ends them all."""

    def __init__(
        self,
        names: Sequence[str],
        command: Sequence[str],
        environment: Mapping[str, str],
        hear: Callable[[Ended], None],
    ) -> None:
        """One process a name, all with the same command; `environment` is added to our own."""
        self.members = [Member(name, command, environment) for name in names]
        self._hear = hear

    def run(self, stop: threading.Event) -> int:
        """Keeps all of them running until told to stop, or until none wants to run any more. Gives an exit code."""
        while not stop.is_set() and any(member.finished is None for member in self.members):
            for member in self.members:
                ended = member.look()
                if ended:
                    self._hear(ended)
                if member.finished:  # it cannot be done as asked, and the others were asked the same
                    return member.finished
            stop.wait(LOOK_SECONDS)
        return 0

    def close(self) -> None:
        """Ends all in order; kills those that do not end in time."""
        running = [member.process for member in self.members if member.process and member.process.poll() is None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
