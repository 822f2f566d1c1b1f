"""`newsfold up SOURCES.toml`: scraper and workers in one go."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from newsfold.commands.options import Config, Generation, HomeFolder, settings, working
from newsfold.commands.scrape import Once, Sources, summary
from newsfold.commands.worker import crew

if TYPE_CHECKING:
    from newsfold.settings import Settings


def up(
    sources: Sources,
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    once: Once = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print no updates.")] = False,
    broker: Annotated[bool, typer.Option("--broker", help="On Kafka, with a broker started for it.")] = False,
    processes: Annotated[int, typer.Option("--processes", metavar="N", min=1, help="On Kafka: worker processes.")] = 1,
) -> None:
    """Scrape the sources and keep the stories up to date."""
    from newsfold.running import run_embedded, run_on_kafka
    from scrapers.live import load_sources

    listed = load_sources(sources)
    with _broker(settings(home, generation, config), wanted=broker) as found, working(found, create=True) as target:
        if found.cluster:
            lines = [summary(run_on_kafka(listed, target, crew(found, (), processes), once=once, quiet=quiet))]
        else:
            tally, counts = run_embedded(listed, target, once=once, quiet=quiet)
            lines = [summary(tally), counts.line()]
    typer.echo("\n".join(lines))


@contextmanager
def _broker(found: "Settings", *, wanted: bool) -> "Iterator[Settings]":
    """Gives the settings, with a broker of our own in them if that is wanted and none is set."""
    if found.kafka or not wanted:
        yield found
        return
    from newsfold.broker import Broker, free_port, leave_on_term

    leave_on_term()
    with Broker.start(found.home / "kafka", free_port(), say=typer.echo) as own:
        own.wait_until_it_answers()
        typer.echo(f"Apache Kafka answers on {own.address}")
        yield found.model_copy(update={"kafka": own.address})
