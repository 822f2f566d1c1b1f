"""`newsfold worker`: follow the log and fold, for ever."""

import signal
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from newsfold.commands.options import Config, Generation, HomeFolder, settings, working
from newsfold.counts import Counts
from schemas.errors import UsageError

if TYPE_CHECKING:
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
) -> None:
    """Follow the log and keep the stories up to date."""
    found = settings(home, generation, config, worker=name)
    wanted = stages.split(",") if stages else []
    if found.cluster is None:
        if wanted or processes > 1 or accept_gap:
            raise UsageError("the embedded log has one worker for all stages; --stages and the like are for Kafka")
        _embedded(found, once)
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


def _on_kafka(found: "Settings", stages: Sequence[str], processes: int, accept_gap: bool, once: bool) -> None:
    with working(found, create=True) as target, crew(found, stages, processes, accept_gap=accept_gap) as workers:
        stop = stop_on_term()
        if once:
            from newsfold.lag import set_when_idle

            threading.Thread(target=set_when_idle, args=(target.log, found.naming, stop), daemon=True).start()
        code = workers.run(stop)
    if code:
        raise typer.Exit(code)


def crew(found: "Settings", stages: Sequence[str], processes: int, *, accept_gap: bool = False) -> "Crew":
    """Worker processes of this installation, each by a name that it keeps when it is started again."""
    from newsfold.crew import WAIT, Crew, Spare

    command = [sys.executable, "-m", "newsfold.member", *(["--accept-gap"] if accept_gap else []), *stages]
    names = [found.worker] if processes == 1 else [f"{found.worker}-{number}" for number in range(1, processes + 1)]
    return Crew(names, command, found.environment(), _say, Spare([*command, WAIT]))


def _say(ended: "Ended") -> None:
    how = f"by signal {-ended.code}" if ended.code < 0 else f"with exit code {ended.code}"
    when = f"again in {ended.pause:.0f} s" if ended.pause else "started again"
    typer.echo(f"newsfold worker: {ended.name} ended {how}; {when}", err=True)


def stop_on_term() -> threading.Event:
    """Set when the process is asked to end (SIGTERM), so that the batch at hand is finished first."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    return stop
