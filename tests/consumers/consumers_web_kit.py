"""A client of the web page over a log, and what its pages say when they are read as HTML."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from consumers_handmade import NAMING
from selectolax.lexbor import LexborHTMLParser

from consumers.web.app import SITE, make_app
from consumers.web.site import Site
from eventlog.base import EventLog

PATIENCE = 60.0
"""Seconds after which something that must happen is taken never to happen."""


async def until(true: Callable[[], object]) -> None:
    """Waits for what another thread does."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.005)


@asynccontextmanager
async def visiting(log: EventLog, **more: Any) -> AsyncIterator["Visitor"]:
    """A visitor of a page that has read all stories there are."""
    app = make_app(log, NAMING, more.pop("clock", time.time), **more)
    async with TestClient(TestServer(app)) as client:
        await until(lambda: not app[SITE].loading)
        yield Visitor(client, app[SITE])


class Visitor:
    """Asks for pages."""

    def __init__(self, client: "TestClient[Any, Any]", site: Site) -> None:
        self.client, self.site = client, site

    async def text(self, address: str, status: int = 200, **more: Any) -> str:
        """The body of an answer of that status."""
        async with self.client.get(address, **more) as answer:
            body = await answer.text()
            assert answer.status == status, body
            return body

    async def page(self, address: str, status: int = 200) -> "Page":
        """The answer, read as HTML."""
        return Page(await self.text(address, status))

    async def json(self, address: str, status: int = 200) -> Any:
        """The answer as JSON."""
        async with self.client.get(address) as answer:
            assert (answer.status, answer.content_type) == (status, "application/json")
            return await answer.json()

    async def leads_to(self, address: str) -> str:
        """Where a redirection points."""
        async with self.client.get(address, allow_redirects=False) as answer:
            assert answer.status == 302
            return answer.headers["Location"]


class Page:
    """An HTML page; queries are CSS selectors."""

    def __init__(self, text: str) -> None:
        self.tree = LexborHTMLParser(text)

    def texts(self, query: str) -> list[str]:
        """What the elements say, blanks squeezed."""
        return [squeezed(each.text()) for each in self.tree.css(query)]

    def text(self, query: str) -> str:
        """What the one element says."""
        (found,) = self.texts(query)
        return found

    def links(self, query: str) -> list[str]:
        """Where the links lead."""
        return [each.attributes["href"] or "" for each in self.tree.css(query)]


def squeezed(text: str) -> str:
    """Text with single blanks."""
    return " ".join(text.split())
