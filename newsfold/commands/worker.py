"""`newsfold worker`: follow the log and fold, for ever."""

import signal
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from newsfold.commands.options import Config, Generation, HomeFolder, settings, working

if TYPE_CHECKING:
    from agents.partition import Batch


def worker(
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    once: Annotated[bool, typer.Option("--once", help="End when everything on the log has been worked off.")] = False,
) -> None:
    """Follow the log and keep the stories up to date."""
    from newsfold.deriving import derive_all
    from newsfold.progress import Progress
    from newsfold.tidying import Tidying

    counts = Counts()
    with working(settings(home, generation, config), create=False) as target:
        if once:
            with Progress() as progress:
                derive_all(target, progress, "folding", counts)
        else:
            target.pipeline().follow(stop_on_term(), Tidying(target, counts))
    typer.echo(counts.line())


def stop_on_term() -> threading.Event:
    """Set when the process is asked to end (SIGTERM), so that the batch at hand is finished first."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    return stop


class Counts:
    """What a run did, in one line."""

    def __init__(self) -> None:
        self.articles = self.updates = self.quarantined = 0

    def __call__(self, batch: "Batch") -> None:
        """Counts a batch of any stage."""
        self.quarantined += batch.quarantined
        if batch.stage == "assign":
            self.articles += batch.handled
        if batch.stage == "fold":
            self.updates += batch.handled

    def line(self) -> str:
        """For example `12 articles, 14 updates, 0 quarantined`."""
        return f"{self.articles:,} articles, {self.updates:,} updates, {self.quarantined:,} quarantined"
