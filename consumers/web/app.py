"""The web application, put together, and a server for it that runs until it is told to stop."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection

from aiohttp import web

from consumers.web.desk import Desk
from consumers.web.guard import gate, harden
from consumers.web.handlers import Handlers
from consumers.web.site import Clock, Site
from eventlog.base import EventLog
from schemas.topics import Naming

LARGEST_BODY = 1024
"""Bytes: no request needs a body."""
GRACE = 2.0
"""Seconds that answers under way are given when the server ends."""

SITE = web.AppKey("site", Site)


def make_app(log: EventLog, naming: Naming, clock: Clock, names: Collection[str] = ()) -> web.Application:
    """The application over an open log, which it only reads and does not close.

    It answers under IP addresses, `localhost` and `names`. Raises `UsageError` if there is no such generation.
    """
    site = Site(log, naming, clock)
    desk = Desk(log, naming, site)
    handlers = Handlers(site, desk)
    app = web.Application(middlewares=[gate(names, handlers.refuse)], client_max_size=LARGEST_BODY)
    app[SITE] = site
    app.add_routes(handlers.routes())
    app.on_response_prepare.append(harden)

    async def life(_: web.Application) -> AsyncIterator[None]:
        site.open()
        yield
        desk.close()

    async def end(_: web.Application) -> None:
        site.close()

    app.cleanup_ctx.append(life)
    app.on_shutdown.append(end)
    return app


async def serve(app: web.Application, host: str, port: int, stop: asyncio.Event, ready: Callable[[str], None]) -> None:
    """Serves until `stop` is set; `ready` hears the address. Port 0 takes any that is free. Raises `OSError`."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE, handler_cancellation=True)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        bound = runner.addresses[0]
        ready(f"http://{f'[{bound[0]}]' if ':' in bound[0] else bound[0]}:{bound[1]}/")
        await stop.wait()
    finally:
        await runner.cleanup()
