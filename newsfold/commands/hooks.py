"""`newsfold hooks HOOKS.toml`."""

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from newsfold.commands.options import Config, Generation, HomeFolder, settings

FOLDER = "hooks"
"""In the home: what was given up."""


def hooks(
    hooks: Annotated[Path, typer.Argument(metavar="HOOKS.toml", help="The file that lists the receivers.")],
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    once: Annotated[bool, typer.Option("--once", help="End when all that is there has been delivered.")] = False,
    retry_dead: Annotated[bool, typer.Option("--retry-dead", help="Try once more what was given up, and end.")] = False,
) -> None:
    """Send every update to the receivers that a file lists, signed, in order and at least once."""
    from rich.text import Text

    from consumers.views.paint import console, one_line
    from consumers.webhooks import again, load_hooks, run
    from newsfold.opening import open_log
    from schemas.errors import NewsfoldError

    found, listed = settings(home, generation, config), load_hooks(hooks)

    def say(line: str) -> None:
        console().print(Text(one_line(line)))

    if retry_dead:
        left = again(listed, found.home / FOLDER, say)
        if left:
            raise NewsfoldError(f"{left:,} updates could not be delivered")
        return
    stop = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda *_: stop.set())
    try:
        run(listed, open_log(found.home, found.cluster), found.naming, found.home / FOLDER, stop, say, once=once)
    finally:
        signal.signal(signal.SIGTERM, before)
