"""How fast the embedded log is: `python -m bench.log_speed [--check]`; it takes some ten seconds.

Each row is one size of record, with the eight headers of an event. With `--check` it fails below a floor.
Machines are noisy: compare the columns of one run, not the figures of two.
"""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from rich.console import Console
from rich.table import Table

from eventlog.base import Entry, TopicConfig
from eventlog.events import read_all
from eventlog.sqlite import MEMORY, SqliteLog

SIZES = {200: 30_000, 3_000: 10_000, 100_000: 400}
"""Bytes of the value -> how many records are written: an update, the facts of a short article, a web page."""
KEYS = 500
BATCH = 500
FLOOR = 20_000
"""Records of 200 bytes, by 500, that must be appended in a second of processor time: disks vary too much for a floor.

57,000 were measured on two shared cores; by the wall clock 71,000 with the machine to itself, 22,000 on a crowded one.
"""
HEADERS = tuple((f"ce_attribute{n}", b"newsfold.article.extracted.v1") for n in range(8))
COLUMNS = (
    "bytes",
    "append one by one",
    "append by 500",
    "durable, by 500",
    "in memory, by 500",
    "read",
    "follow",
    "one key",
)


def main(arguments: Sequence[str]) -> int:
    """Measures, prints the table, and gives the exit code."""
    table = Table(*COLUMNS, title="records a second")
    rows = [measure(size, count) for size, count in SIZES.items()]
    for size, row in zip(SIZES, rows, strict=True):
        table.add_row(f"{size:,}", *(f"{rate:,.0f}" for rate in row))
    Console().print(table)
    return check() if "--check" in arguments else 0


def check() -> int:
    """Says whether appending keeps above the floor, as an exit code."""
    with TemporaryDirectory() as folder:
        rate = append(SqliteLog(Path(folder) / "log"), make_entries(200, 20_000), BATCH, process_time)
    print(f"{rate:,.0f} records of 200 bytes in a second of processor time; the floor is {FLOOR:,}")
    return int(rate < FLOOR)


def measure(size: int, count: int) -> list[float]:
    """Records a second for each column."""
    entries = make_entries(size, count)
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("one", "many", "durable")]
        one = append(SqliteLog(paths[0]), entries[: count // 10], 1)
        many = append(SqliteLog(paths[1]), entries, BATCH)
        durable = append(SqliteLog(paths[2], durable=True), entries, BATCH)
        memory = append(SqliteLog(MEMORY), entries, BATCH)
        return [one, many, durable, memory, *read(paths[1])]


def make_entries(size: int, count: int) -> list[Entry]:
    """Records with random text as their values and keys that come back."""
    return [
        Entry("bench", b"key-%d" % (n * 7919 % KEYS), os.urandom(size // 2).hex().encode(), HEADERS)
        for n in range(count)
    ]


def append(log: SqliteLog, entries: Sequence[Entry], batch: int, clock: Callable[[], float] = perf_counter) -> float:
    """Records a second that the log took, closing it included."""
    start = clock()
    with log:
        log.create_topic("bench", TopicConfig(8, "keep"))
        for at in range(0, len(entries), batch):
            log.append(entries[at : at + batch])
    return len(entries) / (clock() - start)


def read(path: Path) -> list[float]:
    """Records a second by the three ways of reading."""
    with SqliteLog(path) as log:
        keys = [b"key-%d" % key for key in range(0, KEYS, 10)]
        of_keys = (record for key in keys for record in read_all(log, "bench", key=key))
        return [pace(records) for records in (read_all(log, "bench"), log.follow("bench", {}, wait=0), of_keys)]


def pace(records: Iterable[object]) -> float:
    """Records a second."""
    start = perf_counter()
    count = sum(1 for _ in records)
    return count / (perf_counter() - start)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
