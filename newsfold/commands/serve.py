"""`newsfold serve`: the web page."""

from typing import Annotated

import typer

from newsfold.commands.options import Config, Generation, HomeFolder, reading


def serve(
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where it listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0 takes a free one.")] = 8077,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="HOST", help="A name under which it is called, too.")
    ] = None,
) -> None:
    """Serve a web page of the stories, read-only, until Ctrl-C."""
    import asyncio
    import time

    from consumers.web.app import make_app
    from newsfold.serving import serve_until_told

    with reading(home, generation, config) as source:
        app = make_app(source.log, source.naming, time.time, [*(name or ()), host])
        asyncio.run(serve_until_told(app, host, port))
