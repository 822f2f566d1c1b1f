"""`newsfold replay`: everything again from the raw articles, beside the result that is there."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from newsfold.commands.options import AsJson, Config, Generation, HomeFolder, reading, settings, working
from schemas.errors import UsageError

if TYPE_CHECKING:
    from eventlog.base import EventLog
    from newsfold.settings import Settings


class Order(StrEnum):
    """The order in which a replay takes the raw articles."""

    recorded = "recorded"
    time = "time"


def replay(
    into: Annotated[
        str | None,
        typer.Option("--into", metavar="NAME", help="The new generation; one that was broken off is gone on with."),
    ] = None,
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    order: Annotated[
        Order, typer.Option("--order", help="As they were taken before, or by the time they were fetched.")
    ] = Order.recorded,
    as_json: AsJson = False,
) -> None:
    """Derive everything again from the raw articles into a new generation, and say how the two differ."""
    from agents.order import by_time, recorded
    from consumers.compare import compare
    from consumers.views.differences import show_comparison
    from newsfold.deriving import derive_all
    from newsfold.progress import Progress

    found = settings(home, generation, config)
    with reading(home, generation, config) as source:
        name = into or _next_free(source.log, found)
    if name == found.generation:
        raise UsageError(f"{name!r} is the generation to compare with; leave out --into to get the next free name")
    with working(settings(home, name, config), create=False) as target:
        with Progress() as progress:
            chosen = recorded if order is Order.recorded else by_time
            derive_all(target, progress, name, order=chosen(target.log, found.naming))
        show_comparison(compare(target.log, found.naming, target.naming), as_json=as_json)


def _next_free(log: "EventLog", found: "Settings") -> str:
    from consumers.reading import generations

    taken = generations(log, found.prefix)
    return next(name for name in (f"g{number}" for number in range(2, len(taken) + 3)) if name not in taken)
