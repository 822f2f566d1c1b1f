"""Real brokers for tests: one that all processes of a run share, and ones of a test's own."""

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import kafka_keeper
import pytest

from newsfold.broker import Broker, answers, free_port, jars
from newsfold.broker.ways import with_java
from schemas.errors import UsageError

EXISTING = "NEWSFOLD_TEST_KAFKA"
PATIENCE = 60.0
"""Seconds that a run waits at its end for its brokers to end."""


def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of a run, new in each run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "kafka"
    folder.mkdir(exist_ok=True)
    return folder


def need_java() -> None:
    """Skips the test where Kafka cannot run; fails it in CI, where it must."""
    try:
        jars.java()
        jars.jars(lambda _: None)
    except UsageError as reason:
        if os.environ.get("CI"):
            pytest.fail(f"tests on Kafka must run in CI: {reason}")
        pytest.skip(f"{reason} (for tests: {EXISTING}=host:port)")


@contextmanager
def shared(folder: Path) -> Iterator[str]:
    """The address of the broker that all processes of a run share; whoever is first starts it."""
    existing = os.environ.get(EXISTING)
    if existing:
        if not answers(existing):
            pytest.fail(f"no broker answers at {EXISTING}={existing}")
        yield existing
        return
    need_java()
    with kept(folder) as keeper:
        yield keeper


@contextmanager
def kept(folder: Path) -> Iterator[str]:
    keeper = None
    with kafka_keeper.using(folder):
        with (folder / "starting").open("w") as alone:
            fcntl.flock(alone, fcntl.LOCK_EX)
            address = known(folder)
            if not answers(address):
                keeper = start_keeper(folder, "--shared")
                assert keeper.stdout is not None
                address = keeper.stdout.readline().strip()
                assert address, (folder / "keeper.log").read_text(encoding="utf-8")
        yield address
    end_keeper(keeper)


def known(folder: Path) -> str:
    with suppress(FileNotFoundError):
        return (folder / kafka_keeper.ADDRESS).read_text(encoding="ascii")
    return "127.0.0.1:0"


def start_keeper(folder: Path, *options: str) -> "subprocess.Popen[str]":
    """In a session of its own, so that Ctrl-C does not reach it."""
    line = [sys.executable, kafka_keeper.__file__, str(folder), *options]
    with (folder / "keeper.log").open("w") as log:
        return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True)


def end_keeper(keeper: "subprocess.Popen[str] | None") -> None:
    """Waits for it, but not for ever: other processes of the run may still use what it keeps."""
    if keeper is not None:
        assert keeper.stdout is not None
        keeper.stdout.close()
        with suppress(subprocess.TimeoutExpired):
            keeper.wait(timeout=PATIENCE)


class OwnBrokers:
    """Makes brokers that a test may kill, and ends those that it leaves."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[Broker] = []

    def __call__(self, again: Broker | None = None) -> Broker:
        """A broker that answers, on ports that are free; or one on folder and port of another that was killed."""
        folder = again.folder if again else Path(tempfile.mkdtemp(dir=self._folder, prefix="broker-"))
        broker = Broker.start(folder, again.port if again else free_port(), way=with_java)
        self._made.append(broker)
        broker.wait_until_it_answers()
        return broker

    def end(self) -> None:
        for broker in self._made:
            if broker.running:
                broker.stop()


@contextmanager
def own(folder: Path) -> Iterator[Path]:
    """The folder for brokers of this process's own; should it die, a keeper ends what runs there."""
    need_java()
    mine = folder / f"own-{os.getpid()}"
    mine.mkdir()
    with kafka_keeper.using(mine):
        keeper = start_keeper(mine)
        yield mine
    end_keeper(keeper)
