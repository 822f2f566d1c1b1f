"""`newsfold worker`: follow the log and fold, for ever."""

import signal
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from newsfold.commands.options import Config, Generation, HomeFolder, settings, working
from schemas.errors import UsageError

if TYPE_CHECKING:
    from agents.partition import Batch
    from newsfold.crew import Crew, Ended
    from newsfold.settings import Settings


def worker(
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    once: Annotated[bool, typer.Option("--once", help="End when everything on the log has been worked off.")] = False,
    stages: Annotated[
        str | None, typer.Option("--stages", metavar="A,B", help="On Kafka: only these stages.", show_default="all")
    ] = None,
    processes: Annotated[int, typer.Option("--processes", metavar="N", min=1, help="On Kafka: how many.")] = 1,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="On Kafka: its name.", show_default="this machine's")
    ] = None,
    accept_gap: Annotated[
        bool,
        typer.Option("--accept-gap", help="On Kafka: go on where records were cleaned away unread."),
    ] = False,
    member: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Follow the log and keep the stories up to date."""
    found = settings(home, generation, config, worker=name)
    wanted = stages.split(",") if stages else []
    if found.cluster is None:
        if wanted or processes > 1 or accept_gap:
            raise UsageError("the embedded log has one worker for all stages; --stages and the like are for Kafka")
        _embedded(found, once)
    elif member:
        _member(found, wanted, accept_gap)
    else:
        _on_kafka(found, wanted, processes, accept_gap, once)


def _embedded(found: "Settings", once: bool) -> None:
    from newsfold.deriving import derive_all
    from newsfold.progress import Progress
    from newsfold.tidying import Tidying

    counts = Counts()
    with working(found, create=False) as target:
        if once:
            with Progress() as progress:
                derive_all(target, progress, "folding", counts)
        else:
            target.pipeline().follow(stop_on_term(), Tidying(target, counts))
    typer.echo(counts.line())


def _member(found: "Settings", stages: Sequence[str], accept_gap: bool) -> None:
    from newsfold.faust_worker import run_worker

    counts = Counts()
    run_worker(found, found.worker, stages, accept_gap=accept_gap, hear=counts)
    typer.echo(f"{found.worker}: {counts.line()}")


def _on_kafka(found: "Settings", stages: Sequence[str], processes: int, accept_gap: bool, once: bool) -> None:
    from newsfold.faust_worker import chosen

    chosen(stages)
    with working(found, create=True) as target, crew(found, stages, processes, accept_gap) as workers:
        stop = stop_on_term()
        if once:
            from newsfold.lag import set_when_idle

            threading.Thread(target=set_when_idle, args=(target.log, found.naming, stop), daemon=True).start()
        code = workers.run(stop)
    if code:
        raise typer.Exit(code)


def crew(found: "Settings", stages: Sequence[str], processes: int, accept_gap: bool) -> "Crew":
    """Worker processes of this installation, each by a name that it keeps when it is started again."""
    from newsfold.crew import Crew

    line = [sys.executable, "-m", "newsfold", "worker", "--member"]
    line += [f"--stages={','.join(stages)}"] if stages else []
    line += ["--accept-gap"] if accept_gap else []
    names = [found.worker] if processes == 1 else [f"{found.worker}-{number}" for number in range(1, processes + 1)]
    return Crew({name: [*line, f"--name={name}"] for name in names}, _say, found.environment())


def _say(ended: "Ended") -> None:
    how = f"by signal {-ended.code}" if ended.code < 0 else f"with exit code {ended.code}"
    when = f"again in {ended.pause:.0f} s" if ended.pause else "started again"
    typer.echo(f"newsfold worker: {ended.name} ended {how}; {when}", err=True)


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
