"""`newsfold atom [STORY]`."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from newsfold.commands.options import Config, Generation, HomeFolder, Reading, reading
from schemas.errors import UsageError


def atom(
    story: Annotated[
        str | None, typer.Argument(metavar="[STORY]", help="Only this story: its id, or the beginning of it.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="File for the feed; else it is printed.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many entries.")] = 100,
    base_url: Annotated[
        str, typer.Option("--base-url", metavar="URL", help="Where readers reach the web page: entries link to it.")
    ] = "",
    min_significance: Annotated[
        float,
        typer.Option("--min-significance", metavar="N", min=0.0, max=1.0, help="Only updates of this weight."),
    ] = 0.0,
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
) -> None:
    """Write an Atom feed of what is new, in all stories or in one."""
    if base_url and not base_url.startswith(("http://", "https://")):
        raise UsageError(f"{base_url!r} is no http or https URL")
    with reading(home, generation, config) as source:
        feed, entries = _feed(source, story, limit, base_url, min_significance)
    if out is None:
        sys.stdout.buffer.write(feed)
    else:
        _replace(out, feed)
        typer.echo(f"{entries:,} entries -> {out}")


def _feed(source: Reading, story: str | None, limit: int, base_url: str, weight: float) -> tuple[bytes, int]:
    from consumers.atom import news_feed, story_feed
    from consumers.newest import newest_updates
    from consumers.reading import find_story, latest_story

    log, naming = source
    own = latest_story(log, naming, find_story(log, naming, story)) if story else None
    told = newest_updates(log, naming, limit=limit, min_significance=weight, story_id=own.story_id if own else None)
    return (story_feed(own, told, base_url=base_url) if own else news_feed(told, base_url=base_url)), len(told)


def _replace(path: Path, content: bytes) -> None:
    """Whoever reads the file meanwhile gets the old content or the new, whole."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
