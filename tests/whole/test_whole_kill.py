"""A worker that is killed again and again, with real processes on a real file."""

import os
import random
import subprocess
import sys
from pathlib import Path

from eventlog.events import event_of, read_all
from eventlog.sqlite import SqliteLog
from newsfold.wiring import open_home
from samples.raw import raw_at
from samples.world import World
from schemas.story import Update
from schemas.topics import LATEST, UPDATES, Naming
from scrapers.publish import publish

NAMING = Naming()
KILLS = 6


def test_kill_minus_nine_loses_and_repeats_nothing(tmp_path: Path):
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    for folder in (calm, killed):
        _publish_the_world(folder)
    _worker(calm, "--once").wait(300)
    chance, kills = random.Random(7), 0
    while kills < KILLS:
        process = _worker(killed)
        try:
            process.wait(chance.uniform(0.7, 1.6))
        except subprocess.TimeoutExpired:
            process.kill()
            kills += 1
        process.wait()
    assert _worker(killed, "--once").wait(300) == 0
    assert _latest(killed) == _latest(calm)
    assert _updates(killed) == _updates(calm)


def _publish_the_world(folder: Path) -> None:
    world = World.load()
    home = open_home(folder, NAMING, create=True)
    for tick in range(len(world.ticks)):
        publish(home.log, NAMING, raw_at(world, tick))
    home.close()


def _worker(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """A worker that takes one record at a time, so that there is much to interrupt."""
    command = [sys.executable, "-m", "newsfold", "worker", "--home", str(folder), *options]
    return subprocess.Popen(command, env={**os.environ, "NEWSFOLD_BATCH": "1"}, stdout=subprocess.DEVNULL)


def _latest(folder: Path) -> dict[bytes, bytes]:
    return {record.key: record.value for record in _read(folder, LATEST)}


def _updates(folder: Path) -> dict[tuple[str, int], bytes]:
    """Every update once; a repeat must have the bytes of its first."""
    seen: dict[tuple[str, int], bytes] = {}
    for record in _read(folder, UPDATES):
        update = event_of(record).data
        assert isinstance(update, Update)
        assert seen.setdefault((update.story_id, update.version), record.value) == record.value
    return seen


def _read(folder: Path, topic):  # type: ignore[no-untyped-def]
    log = SqliteLog(folder / "log.sqlite")
    found = list(read_all(log, NAMING.of(topic)))
    log.close()
    return found
