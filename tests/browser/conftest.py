"""Fixtures: a real headless Chromium, and the page over a home that the real pipeline made."""

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from browser_kit import FLAGS, PATIENCE, Visit
from playwright.async_api import Browser, async_playwright

from consumers.web.app import SITE, make_app
from eventlog.sqlite import SqliteLog
from newsfold.opening import log_path
from newsfold.wiring import open_home
from samples.raw import raw_at
from samples.world import World
from schemas.topics import Naming
from scrapers.publish import Publishable, publish

NAMING = Naming()
HALF = 8
"""Ticks of the sample world that are over when a test begins."""


def fold(home: Path, items: list[Publishable]) -> None:
    """Puts the items on the home's log and folds them, as another process would."""
    own = open_home(home, NAMING, create=True)
    try:
        publish(own.log, NAMING, items)
        own.pipeline().run_until_idle()
    finally:
        own.close()


def ticks(first: int, last: int) -> list[Publishable]:
    """What the sample world brings in these ticks, the last left out."""
    world = World.load()
    return [item for tick in range(first, last) for item in raw_at(world, tick)]


@pytest.fixture(scope="session")
def half_told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("browser") / "home"
    fold(home, ticks(0, HALF))
    return home


@pytest.fixture
def home(half_told: Path, tmp_path: Path) -> Path:
    """A home of the test's own, in which half of the sample world has been told."""
    return Path(shutil.copytree(half_told, tmp_path / "home"))


@pytest.fixture
def more(home: Path) -> Callable[[list[Publishable] | None], None]:
    """Folds something more into the home: these items, or the other half of the world."""

    def go(items: list[Publishable] | None = None) -> None:
        fold(home, ticks(HALF, len(World.load().ticks)) if items is None else items)

    return go


@pytest.fixture
async def site(home: Path) -> AsyncIterator[str]:
    """Address of the page over the home, without the last slash."""
    with SqliteLog(log_path(home)) as log:
        app = make_app(log, NAMING, time.time)
        async with TestServer(app) as server:
            async with asyncio.timeout(PATIENCE):
                while app[SITE].loading:
                    await asyncio.sleep(0.01)
            yield str(server.make_url("")).rstrip("/")


def chromium() -> str:
    """Where Chromium is. Without one the test is skipped; in CI it fails."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("there is no Chromium: apt-get install chromium")
    if found is None:
        pytest.skip("there is no Chromium")
    return found


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A browser with a profile of its own, which ends with the test."""
    path = chromium()
    async with async_playwright() as driver:
        own = await driver.chromium.launch(executable_path=path, args=FLAGS)
        yield own
        await own.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> "Callable[..., object]":
    """Opens a page: `async with visit("/", width=360, dark=True) as page`. At the end nothing may have gone wrong."""

    @asynccontextmanager
    async def go(path: str, *, width: int = 1400, dark: bool = False, script: bool = True) -> AsyncIterator[Visit]:
        context = await browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        visit = Visit(await context.new_page(), site)
        await visit.begin(script=script)
        await visit.page.goto(site + path)
        yield visit
        await visit.end()
        await context.close()

    return go
