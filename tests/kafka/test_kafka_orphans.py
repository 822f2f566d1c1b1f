"""No worker outlives the `newsfold worker` that started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bench.chaos.workers import settings_for
from schemas.topics import Naming

PATIENCE = 90.0


@pytest.mark.parametrize("sign", ["", "ready: clean"], ids=["at once", "at work"])
def test_workers_end_when_their_crew_is_killed(kafka: str, tmp_path: Path, sign: str):
    with crew(kafka, tmp_path) as (process, said):
        until(lambda: len(children(process.pid)) >= 2 and said().count(sign) >= 2, "no two workers")
        members = children(process.pid)
        process.kill()
        process.wait()
        until(lambda: not any(map(runs, members)), "a worker lives on")


@contextmanager
def crew(kafka: str, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[], str]]]:
    command = (sys.executable, "-m", "newsfold", "worker", "--processes", "2", "--home", str(folder / "home"))
    log = folder / "log"
    with log.open("wb") as out:
        settings = settings_for(kafka, Naming(f"orphans{time.monotonic_ns()}.", "g1"))
        process = subprocess.Popen(command, env=settings, stdout=out, stderr=out, start_new_session=True)
    try:
        yield process, lambda: log.read_text(encoding="utf-8", errors="replace")
    finally:
        left = children(process.pid)
        process.kill()
        process.wait()
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def children(pid: int) -> list[int]:
    """Processes that it started and that run."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    with suppress(FileNotFoundError, ProcessLookupError):
        return [int(child) for child in found.read_text(encoding="ascii").split()]
    return []


def runs(pid: int) -> bool:
    """Whether the process is there and no mere entry in a table."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)
