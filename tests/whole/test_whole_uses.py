"""The three uses, as a person has them: live feeds that change, a subscribing program, a replay that is the same."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest
from whole_runtimes import NEWSFOLD, Runtime

from consumers.reading import stories
from samples.server import SampleServer, sources_toml
from schemas.errors import UsageError
from schemas.story import Story

PATIENCE = 180.0
PROGRAM = """
import sys
from newsfold import subscribe

for update in subscribe(sys.argv[1], group="reader", wait=20):
    print(update.model_dump_json(include={"story_id", "version", "title", "summary"}), flush=True)
"""


@pytest.fixture
async def server() -> AsyncIterator[SampleServer]:
    async with SampleServer() as running:
        yield running


async def test_live_feeds_a_subscriber_and_a_replay(runtime: Runtime, server: SampleServer, tmp_path: Path):
    sources, home = tmp_path / "sources.toml", tmp_path / "home"
    sources.write_text(sources_toml(server, every=0.2))
    up = await start(runtime, *NEWSFOLD, "up", str(sources), "--home", str(home))
    reader: asyncio.subprocess.Process | None = None
    try:
        for tick in range(server.last_tick + 1):
            server.tick = tick
            await _until(lambda: _shown(runtime, home) == _published(server), f"tick {server.tick}")
            if reader is None:
                reader = await start(runtime, sys.executable, "-c", PROGRAM, str(home), stdout=asyncio.subprocess.PIPE)
    finally:
        up.terminate()
        assert await up.wait() == 0
    assert reader is not None
    heard, _ = await reader.communicate()
    _each_version_once(heard.decode().splitlines(), _stories(runtime, home))
    _corrected_and_withdrawn(_stories(runtime, home))
    _replay_is_the_same(runtime, home)


async def start(runtime: Runtime, *command: str, stdout: int | None = None) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(*command, env={**os.environ, **runtime.environment}, stdout=stdout)


async def _until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"{what} did not come through within {PATIENCE:.0f} s"
        await asyncio.sleep(0.05)


def _stories(runtime: Runtime, home: Path) -> list[Story]:
    """The newest version of every story; none while the log is being made."""
    try:
        with closing(runtime.open_log(home)) as log:
            return [story for _, story in stories(log, runtime.naming)]
    except UsageError:
        return []


def _shown(runtime: Runtime, home: Path) -> list[str | None]:
    return sorted(str(article.title) for story in _stories(runtime, home) for article in story.articles)


def _published(server: SampleServer) -> list[str]:
    return sorted(manuscript.title for manuscript in server.world.live(server.tick))


def _each_version_once(lines: list[str], final: list[Story]) -> None:
    heard = [(update["story_id"], update["version"]) for update in map(json.loads, lines)]
    assert heard, "the program heard nothing"
    assert sorted(heard) == sorted((story.story_id, n + 1) for story in final for n in range(story.version))
    for story_id in {story_id for story_id, _ in heard}:
        versions = [version for known, version in heard if known == story_id]
        assert versions == sorted(versions)


def _corrected_and_withdrawn(final: list[Story]) -> None:
    texts = {claim.text for story in final for claim in story.claims}
    assert not any("carrying 118 people" in text for text in texts), "the correction did not arrive"
    assert not any("failed a breath test" in text for text in texts), "the withdrawn article is still there"


def _replay_is_the_same(runtime: Runtime, home: Path) -> None:
    verdict = json.loads(runtime.run("replay", "--home", home, "--json"))
    assert verdict["verdict"] == "identical", verdict
