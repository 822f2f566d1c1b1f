"""Worker processes come back when they end by themselves, and go when they are told to."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import newsfold.crew
from newsfold.crew import Crew, Ended, Spare

LIVE = """
import os, signal, sys, time
open(sys.argv[1], 'a').write(os.environ['NEWSFOLD_WORKER'] + f' {os.getpid()}\\n')
"""
READY = """
import json, os, sys
open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')
told = sys.stdin.readline()
os.environ.update(json.loads(told)) if told else sys.exit(0)
"""
PATIENCE = 30.0


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def crew(path: Path, program: str, hear: Callable[[Ended], None], names: tuple[str, ...] = ("w",)) -> Crew:
    path.touch()
    return Crew(names, [sys.executable, "-c", LIVE + program, str(path)], {}, hear)


def test_one_that_is_killed_comes_back_under_its_name(tmp_path: Path):
    started, heard, stop = tmp_path / "started", [], threading.Event()
    with crew(started, "time.sleep(600)", heard.append, ("w-1", "w-2")) as workers:
        runner = threading.Thread(target=workers.run, args=(stop,))
        runner.start()
        until(lambda: len(started.read_text().splitlines()) == 2)
        name, pid = started.read_text().splitlines()[0].split()
        os.kill(int(pid), signal.SIGKILL)
        until(lambda: len(started.read_text().splitlines()) == 3)
        stop.set()
        runner.join()
    assert heard == [Ended(name, -signal.SIGKILL, 0.0)]
    lines = [line.split() for line in started.read_text().splitlines()]
    assert lines[2][0] == name
    for _, pid in lines:
        assert not Path(f"/proc/{pid}").exists(), "a worker outlived its crew"


def test_one_that_fails_at_once_is_given_more_and_more_time(tmp_path: Path):
    started, heard, stop = tmp_path / "started", list[Ended](), threading.Event()

    def hear(ended: Ended) -> None:
        heard.append(ended)
        if len(heard) == 3:
            stop.set()

    with crew(started, "sys.exit(75)", hear) as workers:
        assert workers.run(stop) == 0
    assert [ended.pause for ended in heard] == [0.0, 1.0, 2.0]
    assert {ended.code for ended in heard} == {75}


def test_what_cannot_be_done_as_asked_is_not_tried_again(tmp_path: Path):
    heard: list[Ended] = []
    with crew(tmp_path / "started", "sys.exit(2)", heard.append) as workers:
        assert workers.run(threading.Event()) == 2
    assert not heard


def test_when_all_have_ended_well_the_crew_ends(tmp_path: Path):
    with crew(tmp_path / "started", "sys.exit(0)", lambda _: None, ("a", "b")) as workers:
        assert workers.run(threading.Event()) == 0


def test_one_that_does_not_end_is_killed(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(newsfold.crew, "STOP_SECONDS", 0.2)
    started, stop = tmp_path / "started", threading.Event()
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN); open(sys.argv[1], 'a').write('deaf 0\\n'); time.sleep(600)"
    with crew(started, deaf, lambda _: None) as workers:
        runner = threading.Thread(target=workers.run, args=(stop,))
        runner.start()
        until(lambda: "deaf" in started.read_text())
        stop.set()
        runner.join()
    pid = started.read_text().split()[1]
    assert not Path(f"/proc/{pid}").exists()


def with_spare(folder: Path, program: str, ready: str, hear: Callable[[Ended], None]) -> Crew:
    """Workers write to `started` who they are, and spare processes to `ready`."""
    for name in ("started", "ready"):
        (folder / name).touch()
    command = [sys.executable, "-c", LIVE + program, str(folder / "started")]
    spare = [sys.executable, "-c", ready + LIVE.replace("argv[1]", "argv[2]") + program]
    return Crew(["w"], command, {}, hear, Spare([*spare, str(folder / "ready"), str(folder / "started")]))


def test_a_spare_process_takes_the_place_of_one_that_was_killed(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(newsfold.crew, "SPARE_SECONDS", 0.0)
    heard, stop = list[Ended](), threading.Event()
    with with_spare(tmp_path, "time.sleep(600)", READY, heard.append) as workers:
        runner = threading.Thread(target=workers.run, args=(stop,))
        runner.start()
        until(lambda: bool((tmp_path / "ready").read_text()) and bool((tmp_path / "started").read_text()))
        first = int((tmp_path / "started").read_text().split()[1])
        os.kill(first, signal.SIGKILL)
        until(lambda: len((tmp_path / "ready").read_text().splitlines()) == 2)
        stop.set()
        runner.join()
    (_, again) = (tmp_path / "started").read_text().splitlines()
    one, other = (tmp_path / "ready").read_text().split()
    assert again == f"w {one}", "the worker that came back is not the spare process"
    assert heard == [Ended("w", -signal.SIGKILL, 0.0)]
    assert not any(Path(f"/proc/{pid}").exists() for pid in (first, one, other)), "a process outlived its crew"


def test_where_the_spare_process_has_ended_a_worker_starts_anew(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(newsfold.crew, "SPARE_SECONDS", 0.0)
    stop = threading.Event()
    broken = READY.replace("told =", "sys.exit(1) #")
    with with_spare(tmp_path, "time.sleep(600)", broken, lambda _: None) as workers:
        runner = threading.Thread(target=workers.run, args=(stop,))
        runner.start()
        until(lambda: bool((tmp_path / "ready").read_text()) and bool((tmp_path / "started").read_text()))
        spare = (tmp_path / "ready").read_text().split()[0]
        until(lambda: Path(f"/proc/{spare}/stat").read_text().rpartition(")")[2].split()[0] == "Z")
        os.kill(int((tmp_path / "started").read_text().split()[1]), signal.SIGKILL)
        until(lambda: len((tmp_path / "started").read_text().splitlines()) == 2)
        stop.set()
        runner.join()
    assert (tmp_path / "started").read_text().splitlines()[1].startswith("w ")
