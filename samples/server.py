"""The sample world over HTTP on loopback: one process, every outlet on a host of its own.

By hand: `python -m samples.server --port 8800`, then `curl -X POST http://127.0.0.11:8800/tick` for the next tick.
"""

import argparse
import asyncio
import contextlib
import hashlib
import socket
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from aiohttp import ETag, web

from samples.world import Document, World

ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /tick\n"
FIRST_HOST = 11
FULL_TEXT = 800
"""Shorter than the wire's shortest article, longer than any summary."""


class Address(NamedTuple):
    """Where an outlet listens."""

    host: str
    port: int

    @property
    def base(self) -> str:
        """What the outlet's links begin with."""
        return f"http://{self.host}:{self.port}"


class SampleServer:
    """Serves the world at one tick; `advance` makes it the next one. Use as an async context manager."""

    def __init__(self, port: int = 0, tick: int = 0) -> None:
        """`port` 0 takes any free one."""
        self.tick = tick
        self._port = port
        self._runner: web.AppRunner | None = None
        self._cache: dict[int, dict[tuple[str, str], Document]] = {}
        self.world = World.load()
        self.addresses: Mapping[str, Address] = {}

    async def __aenter__(self) -> "SampleServer":
        sockets = _bind(list(self.world.outlets), self._port)
        self.addresses = {key: Address(*it.getsockname()) for key, it in sockets.items()}
        self.world = World.load({key: address.base for key, address in self.addresses.items()})
        self._runner = web.AppRunner(self._application(), access_log=None)
        await self._runner.setup()
        for bound in sockets.values():
            await web.SockSite(self._runner, bound).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def last_tick(self) -> int:
        """The tick after which nothing changes any more."""
        return len(self.world.ticks) - 1

    @property
    def now(self) -> datetime:
        """The invented time."""
        return self.world.ticks[self.tick]

    def advance(self) -> bool:
        """Goes on to the next tick; `False` if there is none."""
        if self.tick == self.last_tick:
            return False
        self.tick += 1
        return True

    def feed_url(self, outlet: str) -> str:
        """Where the outlet's feed is."""
        return self.addresses[outlet].base + self.world.outlets[outlet].feed

    def _application(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/robots.txt", self._robots)
        application.router.add_get("/tick", self._show_tick)
        application.router.add_post("/tick", self._next_tick)
        application.router.add_get("/{path:.*}", self._document)
        return application

    async def _robots(self, _: web.Request) -> web.Response:
        return web.Response(text=ROBOTS)

    async def _show_tick(self, _: web.Request) -> web.Response:
        return web.json_response({"tick": self.tick, "last_tick": self.last_tick, "now": self.now.isoformat()})

    async def _next_tick(self, request: web.Request) -> web.Response:
        self.advance()
        return await self._show_tick(request)

    async def _document(self, request: web.Request) -> web.Response:
        document = self._documents().get((self._outlet(request), request.path))
        if document is None:
            return web.Response(status=404, text="Not found")
        return _answer(request, document)

    def _documents(self) -> dict[tuple[str, str], Document]:
        if self.tick not in self._cache:
            self._cache[self.tick] = self.world.documents(self.tick)
        return self._cache[self.tick]

    def _outlet(self, request: web.Request) -> str:
        """Which outlet was asked: the address that the connection came in on says so."""
        here = request.transport.get_extra_info("sockname") if request.transport else None
        return next((key for key, address in self.addresses.items() if address == here), "")


def sources_toml(server: SampleServer, every: float = 1.0) -> str:
    """A sources file for `newsfold scrape`: every outlet by name, polled and rechecked every so many seconds."""
    return "\n".join(
        f'[[source]]\nname = "{outlet.host}"\nfeeds = ["{server.feed_url(key)}"]\n'
        f"every = {every}\nrecheck_after = {every}\ndelay = 0\nfull_text = {FULL_TEXT}\n"
        for key, outlet in server.world.outlets.items()
    )


def _answer(request: web.Request, document: Document) -> web.Response:
    etag = hashlib.sha256(document.body).hexdigest()[:24]
    response = web.Response(status=304 if _is_known(request, document, etag) else document.status)
    response.etag = etag
    response.last_modified = document.modified
    if response.status != 304:
        response.headers["Content-Type"] = document.content_type
        response.body = document.body
    return response


def _is_known(request: web.Request, document: Document, etag: str) -> bool:
    """RFC 9110, 13.1: where an entity tag was sent, the date does not count; only a 200 can be confirmed."""
    if document.status != 200:
        return False
    known: tuple[ETag, ...] | None = request.if_none_match
    if known is not None:
        return any(it.value in (etag, "*") for it in known)
    since = request.if_modified_since
    return since is not None and document.modified <= since


def _bind(outlets: list[str], port: int) -> dict[str, socket.socket]:
    """A listening socket each: on 127.0.0.11 and up with one port or, where only 127.0.0.1 exists, on ports in turn."""
    sockets: dict[str, socket.socket] = {}
    for number, key in enumerate(outlets):
        sockets[key] = _listen(f"127.0.0.{FIRST_HOST + number}", port) or _fallback(port and port + number)
        port = port or sockets[key].getsockname()[1]
    return sockets


def _listen(host: str, port: int) -> socket.socket | None:
    try:
        return socket.create_server((host, port))
    except OSError:
        return None


def _fallback(port: int) -> socket.socket:
    """On 127.0.0.1, at that port if it is free."""
    return _listen("127.0.0.1", port) or socket.create_server(("127.0.0.1", 0))


def main() -> None:
    """Serves until interrupted; prints the addresses, and a line at every tick."""
    parser = argparse.ArgumentParser(prog="python -m samples.server", description="The sample world over HTTP.")
    parser.add_argument("--port", type=int, default=8800, help="port of every outlet (0: any free one)")
    parser.add_argument("--tick", type=int, default=0, help="tick to begin with")
    parser.add_argument("--every", type=float, default=0.0, help="seconds after which the next tick comes by itself")
    parser.add_argument("--sources", type=Path, help="write a sources file for `newsfold scrape` here")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(options))


async def _serve(options: argparse.Namespace) -> None:
    async with SampleServer(options.port, options.tick) as server:
        for key, outlet in server.world.outlets.items():
            print(f"{outlet.name:20} {server.feed_url(key)}")
        print(f"next tick: curl -X POST {server.addresses['meridian'].base}/tick", flush=True)
        if options.sources:
            options.sources.write_text(sources_toml(server), encoding="utf-8")
        while True:
            await asyncio.sleep(options.every or 3600)
            if options.every and server.advance():
                print(f"tick {server.tick}: {server.now:%a %d %B %Y, %H:%M} UTC", flush=True)


if __name__ == "__main__":
    main()
