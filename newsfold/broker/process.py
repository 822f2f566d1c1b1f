"""One broker as a child process. All of it is in one folder, so that it can be started again on what it left."""

import base64
import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from newsfold.broker import files
from newsfold.broker.answers import answers
from newsfold.broker.owner import own
from newsfold.broker.ports import LOOPBACK, is_free
from newsfold.broker.ways import Say, Way, WayTo, best
from schemas.errors import Fatal, UsageError

RECOVERY_SECONDS = 90.0
"""After kill -9 a broker looks through its logs, and waits until its former registration has expired: 10 to 30 s."""
LONG_SECONDS = 5.0
STOP_SECONDS = 20.0
LOOK_SECONDS = 0.1
LOG, FORMER_LOG, DATA = "broker.log", "broker.log.1", "data"


def silent(_sentence: str) -> None:
    """Says nothing."""


class Broker:
    """A broker that was started here. Leaving its context stops it."""

    def __init__(self, folder: Path, port: int, process: subprocess.Popen[bytes], way: Way, say: Say) -> None:
        self.folder, self.port = folder, port
        self._process, self._way, self._say = process, way, say

    @classmethod
    def start(cls, folder: Path, port: int, *, say: Say = silent, way: WayTo = best) -> Self:
        """Starts a broker, on what another left in this folder if there is something; does not wait until it answers.

        Args:
            folder: for its data, settings, process id and log (`broker.log`, the former one `broker.log.1`); made
                if need be.
            port: of loopback.
            say: hears a sentence if something takes long.
            way: Docker or Java.

        Raises `UsageError` if port or folder are in use or there is nothing to run Kafka with, and `Fatal` if it cannot
        be prepared.
        """
        if not is_free(port):
            raise UsageError(f"port {port} of {LOOPBACK} is taken; name another with --port")
        folder.mkdir(parents=True, exist_ok=True)
        with own(folder) as owner:
            found = way(folder, port, say)
            files.write_settings(folder, port, inside=found.inside)
            if not (folder / DATA / "meta.properties").exists():
                _format(folder, found)
            process = _run(folder, found, owner.fileno())
            owner.write(str(process.pid))
        return cls(folder, port, process, found, say)

    @property
    def address(self) -> str:
        """`host:port` for clients."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def pid(self) -> int:
        """Of the Java process, or of the Docker client that stands for it."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process is there; it may not answer yet."""
        return self._process.poll() is None

    def wait_until_it_answers(self, seconds: float = RECOVERY_SECONDS) -> None:
        """Returns when it answers. Raises `Fatal` if it ends before, or does not within so many seconds."""
        begin = time.monotonic()
        told = False
        while not answers(self.address):
            if not self.running:
                raise Fatal(f"Apache Kafka ended before it answered; {self.last_words()}")
            waited = time.monotonic() - begin
            if waited > seconds:
                raise Fatal(f"Apache Kafka has not answered for {seconds:.0f} s; {self.last_words()}")
            if waited > LONG_SECONDS and not told:
                self._say("waiting for Apache Kafka; after a crash it looks through its data first, 10 to 30 s")
                told = True
            time.sleep(LOOK_SECONDS)

    def wait_until_it_ends(self) -> None:
        """Returns when the process is gone."""
        self._process.wait()

    def last_words(self) -> str:
        """Its log, and the last error in it with its reason, or else its last line."""
        path = self.folder / LOG
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        told = [line for line in lines if not line.startswith("\tat ")]
        faults = [number for number, line in enumerate(told) if " ERROR " in line or " FATAL " in line]
        words = told[faults[-1] : faults[-1] + 2] if faults else told[-1:]
        return f"{path} says: {': '.join(words) or 'nothing'}"

    def kill(self) -> None:
        """Ends it at once (SIGKILL), as a crash does. What was acknowledged is in the folder."""
        if self.running and self._way.kill:
            subprocess.run(self._way.kill, capture_output=True, check=False)
        self._process.kill()
        self._process.wait()

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Ends it in order (SIGTERM); kills it if that takes longer than so many seconds, or at a second Ctrl-C."""
        self._process.terminate()
        try:
            self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        except BaseException:
            self.kill()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _run(folder: Path, way: Way, owner: int) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C in a terminal is for the one who started it, who then stops it in order."""
    line = way.line("kafka.Kafka", files.SETTINGS)
    if (folder / LOG).exists():
        (folder / LOG).replace(folder / FORMER_LOG)
    with (folder / LOG).open("wb") as log:
        return subprocess.Popen(
            line,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=(owner,),
        )


def _format(folder: Path, way: Way) -> None:
    """Makes an empty store. Raises `Fatal` with what the tool says if it cannot."""
    # Kafka refuses an id that begins with a hyphen.
    cluster = base64.urlsafe_b64encode(b"N" + os.urandom(15)).decode().rstrip("=")
    line = way.line("kafka.tools.StorageTool", "format", "--standalone", "-t", cluster, "-c", files.SETTINGS)
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines() or ["nothing"]
        raise Fatal(f"Apache Kafka could not prepare {folder}; it says: {said[-1]}")
