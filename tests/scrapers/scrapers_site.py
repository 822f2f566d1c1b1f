"""A web site under test on loopback, which counts what it is asked, and a desk that scrapes it."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any, Self

from aiohttp import web

import articles.clean  # noqa: F401  (before courlan: else urllib3's warning on PySocks, ignored in there, is an error)
from eventlog.base import EventLog
from schemas.cloudevents import from_wire
from schemas.events import Event
from schemas.topics import QUARANTINE, RAW, Naming, Topic
from scrapers.live import Journal, ScrapeEvent, SourcesConfig, Tally, Tools, scrape

NAMING = Naming()
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def events(log: EventLog, topic: Topic = RAW) -> list[Event]:
    records = log.follow(NAMING.of(topic), {}, wait=0)
    return [from_wire(record.key, record.value, record.headers) for record in records]


@dataclass
class Page:
    """What stands at a path. `failures` are statuses that are given first, one a request."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    etag: str | None = None
    modified: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    failures: list[int] = field(default_factory=list)


class Site:
    """Serves `pages`; counts requests by (path, status), and how many were in work at the same time."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.answers: Counter[tuple[str, int]] = Counter()
        self.order: list[str] = []
        self.times: list[float] = []
        self.agents: set[str] = set()
        self.busiest = self._at_work = 0
        self.gate: asyncio.Event | None = None
        self.base = ""

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self._at_work += 1
        self.busiest = max(self.busiest, self._at_work)
        self.order.append(request.path)
        self.times.append(asyncio.get_running_loop().time())
        self.agents.add(request.headers.get("User-Agent", ""))
        try:
            await (self.gate.wait() if self.gate and request.path != "/robots.txt" else asyncio.sleep(0.001))
            response = self._respond(request)
        finally:
            self._at_work -= 1
        self.answers[request.path, response.status] += 1
        return response

    def _respond(self, request: web.Request) -> web.Response:
        page = self.pages.get(request.path_qs)
        if page is None:
            return web.Response(status=404)
        if page.failures:
            return web.Response(status=page.failures.pop(0), headers=page.headers)
        known = page.etag and request.headers.get("If-None-Match") == page.etag
        known = known or (page.modified and request.headers.get("If-Modified-Since") == page.modified)
        named = {"ETag": page.etag, "Last-Modified": page.modified, "Content-Type": page.content_type, **page.headers}
        headers = {name: value for name, value in named.items() if value}
        return web.Response(status=304 if known else page.status, headers=headers, body=b"" if known else page.body)

    def feed(self, *items: dict[str, str], path: str = "/feed", **page: Any) -> None:
        """An RSS feed of the items; keys are the names of their elements."""
        entries = "".join(f"<item>{''.join(_element(*pair) for pair in item.items())}</item>" for item in items)
        space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        text = f'<?xml version="1.0"?><rss version="2.0" {space}><channel><title>T</title>{entries}</channel></rss>'
        self.pages[path] = Page(text.encode(), "application/rss+xml", **page)

    def article(self, path: str, words: str, **page: Any) -> dict[str, str]:
        """A page of those words, and the feed item that leads to it."""
        self.pages[path] = Page(f"<html><body><h1>{path}</h1><p>{words}</p></body></html>".encode(), **page)
        return {"title": f"On {path}", "link": path, "pubDate": "Mon, 02 Mar 2026 07:00:00 GMT"}


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


class Desk:
    """Scrapes the site at an invented time; waiting takes none."""

    def __init__(self, log: EventLog, site: Site, path: Path) -> None:
        self.log, self.site, self.now, self.path = log, site, START, path
        self.journal = Journal(path)
        self.slept: list[float] = []
        self.seen: list[ScrapeEvent] = []

    async def sleep(self, seconds: float) -> None:
        """Notes how long was to be waited."""
        self.slept.append(seconds)
        await asyncio.sleep(0)

    def later(self, **passed: float) -> None:
        """Lets time pass."""
        self.now += timedelta(**passed)

    def config(self, shared: dict[str, Any] | None = None, **source: Any) -> SourcesConfig:
        given = {"name": "dale.test", "feeds": [f"{self.site.base}/feed"], "delay": 0, **source}
        return SourcesConfig.model_validate({"source": [given], **(shared or {})})

    async def scrape(self, shared: dict[str, Any] | None = None, **source: Any) -> Tally:
        """One poll. Sources are given by their settings."""
        return await scrape(
            self.config(shared, **source),
            self.log,
            NAMING,
            journal=self.journal,
            once=True,
            on_event=self.seen.append,
            clock=lambda: self.now,
            tools=Tools(self.sleep),
        )

    def raw(self) -> list[Event]:
        """What is on `articles.raw`."""
        return events(self.log)

    def rejected(self) -> list[Event]:
        """What is in the quarantine."""
        return events(self.log, QUARANTINE)
