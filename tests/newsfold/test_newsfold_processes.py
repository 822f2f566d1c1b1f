"""What only a process of its own shows: signals, pipes, terminals, live feeds."""

import asyncio
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from newsfold_inputs import write_inputs

from samples.server import SampleServer, sources_toml

PATIENCE = 180.0
"""Seconds after which a process is taken to hang, on however slow a machine."""
NEWSFOLD = (sys.executable, "-W", "error", "-m", "newsfold")


def start(*arguments: object) -> subprocess.Popen[str]:
    line = [*NEWSFOLD, *map(str, arguments)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end(process: subprocess.Popen[str], number: int) -> tuple[str, str]:
    process.send_signal(number)
    return process.communicate(timeout=PATIENCE)


def test_ctrl_c_ends_a_tail_quietly(folded: Path) -> None:
    process = start("tail", "--since", "beginning", "--json", "--home", folded / "home")
    assert process.stdout is not None
    first = process.stdout.readline()  # it is up and following
    assert json.loads(first)["version"] == 1
    _, err = end(process, signal.SIGINT)
    assert (process.returncode, err) == (130, "")


def test_a_reader_that_has_seen_enough_is_no_error(folded: Path) -> None:
    process = start("tail", "--since", "beginning", "--once", "--home", folded / "home")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=PATIENCE) == 0


def test_nothing_but_text_goes_through_a_pipe(folded: Path) -> None:
    line = [*NEWSFOLD, "stories", "--home", str(folded / "home")]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_a_terminal_that_lacks_a_letter_still_gets_the_rest(folded: Path) -> None:
    line = [*NEWSFOLD, "tail", "--once", "--home", str(folded / "home")]
    settings = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(line, capture_output=True, env=settings, check=True)
    assert b"Marrow Bridge" in done.stdout


def in_a_terminal(columns: int, *arguments: object) -> str:
    """What a command shows in a terminal of that width."""
    mine, its = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    settings = {**plain, "COLUMNS": str(columns), "TERM": "xterm-256color"}
    process = subprocess.Popen([*NEWSFOLD, *map(str, arguments)], stdout=its, stderr=its, env=settings)
    os.close(its)
    shown = b""
    try:
        while part := os.read(mine, 4096):
            shown += part
    except OSError:  # the other side has closed
        pass
    os.close(mine)
    assert process.wait(timeout=PATIENCE) == 0
    return shown.decode()


def test_a_terminal_gets_colours_and_progress(tmp_path: Path) -> None:
    shown = in_a_terminal(
        80, "fold", write_inputs(tmp_path), "--out", tmp_path / "out", "--keep-log", tmp_path / "home"
    )
    assert "folding" in shown
    assert "5 in = 4 accepted + 1 quarantined" in shown
    assert "\x1b[" in in_a_terminal(80, "stories", "--home", tmp_path / "home")


async def run(*arguments: object) -> str:
    line = [*NEWSFOLD, *map(str, arguments)]
    process = await asyncio.create_subprocess_exec(*line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = await process.communicate()
    assert (process.returncode, err.decode()) == (0, "")
    return out.decode()


async def test_scrape_then_worker_then_up_on_live_feeds(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with SampleServer() as server:
        sources = tmp_path / "sources.toml"
        sources.write_text(sources_toml(server), encoding="utf-8")
        assert "fetched" in await run("scrape", sources, "--once", "--home", home)
        assert not (await run("worker", "--once", "--home", home)).startswith("0 articles")
        while server.advance():
            pass
        said = await run("up", sources, "--once", "--home", home)
    assert "+ claim" in said
    assert " updates, " in said.splitlines()[-1]
    assert (await run("replay", "--home", home)).startswith("g1 and g2 are identical")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
async def test_up_ends_when_it_is_told_to(tmp_path: Path, number: int, code: int) -> None:
    async with SampleServer() as server:
        sources = tmp_path / "sources.toml"
        sources.write_text(sources_toml(server), encoding="utf-8")
        line = [*NEWSFOLD, "up", str(sources), "--home", str(tmp_path / "home")]
        process = await asyncio.create_subprocess_exec(*line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        assert await process.stdout.readline()
        process.send_signal(number)
        _, err = await process.communicate()
    assert (process.returncode, err.decode()) == (code, "")
