"""How fast each stage is, and the whole way over the embedded log, in one run: `python -m bench.speed [INPUT]`.

INPUT is anything that `newsfold fold` takes; without it, the sample world. Machines are noisy: compare the columns of
one run (a stage's share, the log's cost beside the pure steps), not the figures of two.
Times are of the processor, not of the clock.
"""

import platform
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from agents.inprocess import Pipeline
from agents.state import PartitionState
from agents.tables import SqliteTables
from agents.topology import STAGES, Stage
from bench.shell import run
from eventlog.sqlite import SqliteLog
from newsfold.wiring import create_topics, relax_collector
from schemas.articles import Fetched
from schemas.errors import Quarantine
from schemas.events import Event
from schemas.topics import Naming
from scrapers.files import read_inputs
from scrapers.ordering import ordered
from scrapers.publish import publish, raw_event

NAMING = Naming()


def main(arguments: Sequence[str]) -> None:
    """Measures and prints."""
    relax_collector()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(arguments[0]) if arguments else sample_world(Path(folder) / "world")
        articles = list(read_articles(source))
        pure = list(_pure_stages(articles, Path(folder)))
        whole = _whole(articles, Path(folder) / "whole.sqlite")
    _print(source.name, len(articles), pure, whole)


def sample_world(folder: Path) -> Path:
    """Writes the sample world as files, and gives their folder."""
    from samples.files import as_files
    from samples.world import World

    as_files(len(World.load().ticks) - 1, folder)
    return folder


def read_articles(source: Path) -> Iterator[Fetched]:
    """The articles of an input, in the order in which they are folded."""
    now = datetime.now(UTC)
    for item in ordered(read_inputs([source], now=now), now=now):
        if isinstance(item, Fetched):
            yield item


def _pure_stages(articles: Iterable[Fetched], folder: Path) -> Iterator[tuple[str, float]]:
    """Seconds that each pure step takes, without encoding and without the log."""
    events: list[Event] = [raw_event(article) for article in articles]
    for stage in STAGES:
        state = PartitionState(SqliteTables(folder / f"{stage.name}.sqlite").open(stage.name, 0))
        began = time.process_time()
        events = _run(stage, state, events)
        yield stage.name, time.process_time() - began


def _run(stage: Stage, state: PartitionState, events: Sequence[Event]) -> list[Event]:
    view: Any = stage.open(state)
    outputs: list[Event] = []
    for offset, event in enumerate(events):
        state.begin(offset)
        try:
            outputs += stage.step(view, event)
        except Quarantine:
            state.undo()
            view = stage.open(state)
        state.keep()
        if offset % 200 == 199:
            state.write(offset)
    return outputs


def _whole(articles: Iterable[Fetched], path: Path) -> float:
    """Seconds from publishing the first raw article to the last story, on the embedded log."""
    log = SqliteLog(path)
    create_topics(log, NAMING)
    tables = SqliteTables(path.with_name("whole-state.sqlite"))
    began = time.process_time()
    publish(log, NAMING, articles)
    Pipeline(log, tables, NAMING).run_until_idle()
    seconds = time.process_time() - began
    tables.close()
    log.close()
    return seconds


def _print(name: str, count: int, pure: Sequence[tuple[str, float]], whole: float) -> None:
    table = Table(
        title=f"{count} articles of {name} on one core of {platform.machine()}, Python {platform.python_version()}"
    )
    for column in ("stage", "ms an article", "articles a second", "share of the whole"):
        table.add_column(column, justify="left" if column == "stage" else "right")
    steps = sum(seconds for _, seconds in pure)
    for label, seconds in (
        *pure,
        ("all pure steps", steps),
        ("log, state and encoding", whole - steps),
        ("whole way", whole),
    ):
        rate = f"{count / seconds:,.0f}" if seconds > 0 else "-"
        table.add_row(label, f"{1000 * seconds / count:.2f}", rate, f"{seconds / whole:.0%}")
    console = Console()
    console.print(table)
    console.print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    run(main)
