"""Worker processes that are started again when they end: Faust is let go of rather than repaired."""

import json
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
WAIT = "--wait"
"""Tells a worker process to get ready, and to read from its standard input as whom to go on."""
LOOK_SECONDS = 0.05
SPARE_SECONDS = 5.0
"""When all workers have lived so long, they can spare the time in which a spare one gets ready."""


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
        self.started = self.due = 0.0
        self.process: subprocess.Popen[bytes] | None = None
        self.finished: int | None = None
        """Exit code after which it is not started again."""

    def start(self, spare: "Spare | None" = None) -> None:
        """Starts the process, or has the spare one be it."""
        self.started = time.monotonic()
        self._starts += 1
        own = {**self._environment, "NEWSFOLD_WORKER": self.name, PARENT: str(os.getpid())}
        self.process = (spare and spare.become(own)) or _process(self._command, {**os.environ, **own})

    def look(self, spare: "Spare | None" = None) -> Ended | None:
        """Starts it if it is due. Gives how it ended, if it has just ended and is to come back."""
        if self.finished is not None:
            return None
        if self.process is None:
            if time.monotonic() >= self.due:
                self.start(spare)
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
        if now - self.started > HEALTHY_SECONDS:
            self._pause = FIRST_PAUSE
        ended = Ended(self.name, code, self._pause)
        self.due = now + self._pause
        self._pause = min(LONGEST_PAUSE, max(1.0, self._pause * 2))
        return ended


class Spare:
    """A process that has imported all it needs, which takes a second or more, and waits to be a worker."""

    def __init__(self, command: Sequence[str]) -> None:
        """With this command a process gets ready, and reads a line from its standard input: its environment in JSON."""
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    def become(self, environment: Mapping[str, str]) -> subprocess.Popen[bytes] | None:
        """The process, which is a worker from now on; `None` if there is none."""
        process, self._process = self._process, None
        if process is None or process.stdin is None:
            return None
        try:
            with process.stdin as told:
                told.write(json.dumps(dict(environment)).encode() + b"\n")
        except OSError:  # it has ended
            process.wait()
            return None
        return process

    def prepare(self) -> None:
        """Starts one if there is none."""
        if self._process is None:
            self._process = _process(self._command, os.environ, stdin=subprocess.PIPE)

    def close(self) -> None:
        """Ends it."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()


def _process(
    command: Sequence[str], environment: Mapping[str, str], stdin: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Ctrl-C in a terminal is for the crew, so it has a session of its own."""
    return subprocess.Popen(command, env=environment, stdin=stdin, start_new_session=True)


class Crew:
    """Some worker processes. A context manager that ends them all."""

    def __init__(
        self,
        names: Sequence[str],
        command: Sequence[str],
        environment: Mapping[str, str],
        hear: Callable[[Ended], None],
        spare: Spare | None = None,
    ) -> None:
        """One process a name, all with the same command; `environment` is added to our own."""
        self._spare = spare
        self.members = [Member(name, command, environment) for name in names]
        self._hear = hear

    def run(self, stop: threading.Event) -> int:
        """Keeps all of them running until told to stop, or until none wants to run any more. Gives an exit code."""
        while not stop.is_set() and any(member.finished is None for member in self.members):
            self._prepare()
            for member in self.members:
                ended = member.look(self._spare)
                if ended:
                    self._hear(ended)
                if member.finished:  # it cannot be done as asked, and the others were asked the same
                    return member.finished
            stop.wait(LOOK_SECONDS)
        return 0

    def _prepare(self) -> None:
        lived = min((time.monotonic() - member.started for member in self.members if member.process), default=0.0)
        if self._spare and lived > SPARE_SECONDS:
            self._spare.prepare()

    def close(self) -> None:
        """Ends all in order; kills those that do not end in time."""
        if self._spare:
            self._spare.close()
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
