"""Options that several commands share, and the settings that come out of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

if TYPE_CHECKING:
    from eventlog.base import EventLog
    from newsfold.settings import Settings
    from newsfold.wiring import Home
    from schemas.topics import Naming

HomeFolder = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Folder of log and state.", show_default=".newsfold"),
]
Generation = Annotated[
    str | None, typer.Option("--generation", metavar="NAME", help="Which derivation of the log.", show_default="g1")
]
Config = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings file.", show_default="newsfold.toml")
]
AsJson = Annotated[bool, typer.Option("--json", help="Plain JSON, one object a line.")]


class Reading(NamedTuple):
    """An open log and the generation that is meant."""

    log: "EventLog"
    naming: "Naming"


def settings(home: Path | None, generation: str | None, config: Path | None, **given: str | None) -> "Settings":
    """The settings, with what the command line says on top. Raises `UsageError`."""
    from newsfold.settings import load

    return load(config, home=home, generation=generation, **given)


@contextmanager
def reading(home: Path | None, generation: str | None, config: Path | None) -> Iterator[Reading]:
    """Opens an existing log to read it. Raises `UsageError` if there is none, or no such generation in it."""
    from consumers.reading import known
    from newsfold.opening import open_log
    from schemas.topics import LATEST

    found = settings(home, generation, config)
    log = open_log(found.home, found.cluster)
    try:
        known(log, found.naming, LATEST)
        yield Reading(log, found.naming)
    finally:
        log.close()


@contextmanager
def working(found: "Settings", *, create: bool) -> Iterator["Home"]:
    """Opens a home to work in. Raises `UsageError` if it is not there and not to be made."""
    from newsfold.wiring import open_home

    home = open_home(
        found.home,
        found.naming,
        create=create,
        batch=found.batch,
        cluster=found.cluster,
        **({"partitions": found.partitions} if found.cluster else {}),
    )
    try:
        yield home
    finally:
        home.close()
