"""`newsfold export`."""

from pathlib import Path
from typing import Annotated

import typer

from newsfold.commands.options import Config, Generation, HomeFolder, reading

OutFolder = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the JSON Lines files.")]


def export(
    out: OutFolder,
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
) -> None:
    """Write articles, assignments, stories, updates and rejected inputs as JSON Lines."""
    from consumers.export import export as write
    from newsfold.progress import Progress

    with reading(home, generation, config) as source, Progress() as progress:
        written = write(source.log, source.naming, out, progress.step("writing"))
    counts = ", ".join(f"{count:,} {name}" for name, count in written._asdict().items())
    typer.echo(f"{counts} -> {out}")
