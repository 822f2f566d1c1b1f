"""Several processes on one file, and processes that are killed in the midst of it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from eventlog.base import Record
from eventlog.events import read_all
from eventlog.sqlite import SqliteLog

APPENDER = Path(__file__).with_name("appender.py")
ROOT = APPENDER.parents[2]
SIZE = 6


@contextmanager
def appending(path: Path, name: str, batches: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(APPENDER), str(path), "topic", name, str(batches), str(SIZE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={"PYTHONPATH": "."}) as process:
        try:
            yield process
        finally:
            process.kill()


def acknowledged(lines: Iterator[str] | list[str], name: str) -> list[tuple[int, int, bytes]]:
    return [
        (*(int(part) for part in place.split(":")), f"{name} {batch} {n}".encode())
        for batch, line in enumerate(lines)
        for n, place in enumerate(line.split())
    ]


def as_written(records: list[Record]) -> set[tuple[int, int, bytes]]:
    return {(record.partition, record.offset, record.value) for record in records}


def assert_gapless(records: list[Record]) -> None:
    for partition in (0, 1):
        offsets = [record.offset for record in records if record.partition == partition]
        assert offsets == list(range(len(offsets)))


def test_whatever_was_acknowledged_before_kill_9_is_there(tmp_path: Path) -> None:
    path, said = tmp_path / "log.db", []
    for name, lines in (("first", 1), ("second", 40), ("third", 300)):
        with appending(path, name, 0) as process:
            assert process.stdout
            seen = list(islice(process.stdout, lines))
            process.kill()
            seen += [line for line in process.stdout if line.endswith("\n")]
        said += acknowledged(seen, name)
    with SqliteLog(path) as log:
        records = list(read_all(log, "topic"))
        assert log.end_offsets("topic") == {0: len(records) / 2, 1: len(records) / 2}
    assert set(said) <= as_written(records)
    assert len(said) >= 341 * SIZE
    assert_gapless(records)
    assert len(records) % SIZE == 0, "a batch was torn"


def test_writers_and_readers_in_several_processes(tmp_path: Path) -> None:
    path, names, batches = tmp_path / "log.db", ("a", "b", "c"), 150
    with appending(path, "a", batches) as a, appending(path, "b", batches) as b, appending(path, "c", batches) as c:
        writers = (a, b, c)
        said = [acknowledged([writer.stdout.readline()], name) for writer, name in zip(writers, names, strict=True)]
        with SqliteLog(path) as log:
            expected = len(names) * batches * SIZE
            live = list(islice(log.follow("topic", {}, wait=30), expected))
        said += [acknowledged(list(w.stdout), name) for w, name in zip(writers, names, strict=True)]
        assert [writer.wait(30) for writer in writers] == [0, 0, 0]
    with SqliteLog(path) as log:
        stored = list(read_all(log, "topic"))
    assert sorted(live) == sorted(stored)
    assert_gapless(stored)
    for partition in (0, 1):
        offsets = [record.offset for record in live if record.partition == partition]
        assert offsets == list(range(len(offsets))), "a reader saw records out of order"
    for name in names:
        own = [record.value for record in stored if record.partition == 0 and record.key == name.encode()]
        assert own == [f"{name} {batch} {n}".encode() for batch in range(batches) for n in (0, 2, 4)]


def test_a_log_carried_over_a_fork_is_refused(tmp_path: Path) -> None:
    program = """
import os, sys
from eventlog.sqlite import SqliteLog
log = SqliteLog(sys.argv[1])
if os.fork() == 0:
    try:
        log.topics()
    except Exception as error:
        print(type(error).__name__, error, flush=True)
    os._exit(0)
os.wait()
log.close()
"""
    command = [sys.executable, "-c", program, str(tmp_path / "log.db")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, env={"PYTHONPATH": "."})
    assert done.stdout.startswith("Fatal log ")
    assert "each process must open its own" in done.stdout
