"""`newsfold doctor`."""

from typing import Annotated

import typer

from newsfold.commands.options import Config, Generation, HomeFolder, settings
from newsfold.failures import EXIT_FAILED


def doctor(
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    check: Annotated[bool, typer.Option("--check", help="Print only what is wrong: for health checks.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Plain JSON, one object.")] = False,
) -> None:
    """Say how topics and stages are, and what is wrong; exit code 1 if something is."""
    import time

    from consumers.views.doctor import show_checkup
    from newsfold.doctor import check_up

    found = check_up(settings(home, generation, config), time.time(), refused=not check)
    show_checkup(found, only_problems=check, as_json=as_json)
    if found.problems:
        raise typer.Exit(EXIT_FAILED)
