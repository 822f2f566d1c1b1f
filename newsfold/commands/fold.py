"""`newsfold fold INPUT... --out DIR`: files in, stories out, and nothing left behind."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsfold.commands.export import OutFolder
from newsfold.commands.options import Config, settings, working
from newsfold.opening import refuse_log
from newsfold.progress import Progress
from newsfold.taking_in import take_in

if TYPE_CHECKING:
    from consumers.export import Exported
    from newsfold.wiring import Home

Inputs = Annotated[
    list[Path], typer.Argument(metavar="INPUT", help="Files or folders: .txt, .html, .jsonl[.gz], .warc[.gz].")
]


def fold(
    inputs: Inputs,
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
            taken = take_in(home, inputs, progress).total
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
