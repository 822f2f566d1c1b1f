"""`newsfold schemas export`."""

from pathlib import Path
from typing import Annotated

import typer


def export(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the files; made if need be.")],
) -> None:
    """Write the JSON Schema of every event and one AsyncAPI document."""
    from schemas.export import export_schemas

    written = export_schemas(directory)
    typer.echo(f"{len(written)} files -> {directory}")
