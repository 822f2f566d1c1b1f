"""`newsfold fold INPUT... --out DIR`: files in, stories out, and nothing left behind."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsfold.commands.export import OutFolder
from newsfold.commands.options import Config, settings, working
from newsfold.opening import refuse_log
from newsfold.progress import Progress, Step

if TYPE_CHECKING:
    from consumers.export import Exported
    from newsfold.wiring import Home
    from scrapers.files import Item


def fold(
    inputs: Annotated[
        list[Path], typer.Argument(metavar="INPUT", help="Files or folders: .txt, .html, .jsonl[.gz], .warc[.gz].")
    ],
    out: OutFolder,
    keep_log: Annotated[
        Path | None,
        typer.Option("--keep-log", metavar="DIR", help="Keep log and state here; a home for other commands."),
    ] = None,
    config: Config = None,
) -> None:
    """Fold files of articles into stories and write the result as JSON Lines."""
    began = time.monotonic()
    with _home_folder(keep_log) as folder, Progress() as progress:
        found = settings(folder, None, config).model_copy(update={"kafka": ""})  # files need no cluster
        with working(found, create=True) as home:
            taken = _take_in(home, inputs, progress)
            _derive(home, progress)
            written = _write(home, out, progress)
    typer.echo(_totals(taken, written, time.monotonic() - began, out))


@contextmanager
def _home_folder(kept: Path | None) -> Iterator[Path]:
    if kept is None:
        import tempfile

        with tempfile.TemporaryDirectory(prefix="newsfold-") as folder:
            yield Path(folder)
        return
    refuse_log(kept)
    yield kept


def _take_in(home: "Home", inputs: Sequence[Path], progress: Progress) -> int:
    from datetime import UTC, datetime

    from scrapers.files import read_inputs
    from scrapers.ordering import ordered
    from scrapers.publish import publish

    now = datetime.now(UTC)
    step = progress.step("reading")
    published = publish(home.log, home.naming, ordered(_counted(read_inputs(inputs, now=now), step), now=now))
    step.end()
    return published.total


def _counted(items: Iterable["Item"], step: Step) -> Iterator["Item"]:
    for item in items:
        step()
        yield item


def _derive(home: "Home", progress: Progress) -> None:
    from newsfold.deriving import derive_all

    derive_all(home, progress, "folding")


def _write(home: "Home", out: Path, progress: Progress) -> "Exported":
    from consumers.export import export

    step = progress.step("writing")
    written = export(home.log, home.naming, out, step)
    step.end()
    return written


def _totals(taken: int, written: "Exported", seconds: float, out: Path) -> str:
    from consumers.views.paint import number

    outcome = f"{taken:,} in = {taken - written.rejected:,} accepted + {written.rejected:,} quarantined"
    made = f"{number(written.stories, 'story', 'stories')}, {number(written.updates, 'update')}"
    return f"{outcome}; {made} in {seconds:.1f} s -> {out}"
