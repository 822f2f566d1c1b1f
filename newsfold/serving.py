"""The web page as a process: it says where it is, and ends on SIGTERM and Ctrl-C."""

import asyncio
import signal

import typer
from aiohttp import web

from consumers.web.app import serve
from schemas.errors import UsageError


async def serve_until_told(app: web.Application, host: str, port: int) -> None:
    """Serves until the process is told to end. Raises `UsageError` if the port is taken."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    try:
        await serve(app, host, port, stop, lambda address: typer.echo(f"the stories are on {address}"))
    except OSError as reason:
        raise UsageError(f"{host} port {port} cannot be served: {reason.strerror or reason}") from reason
