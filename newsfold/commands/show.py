"""`newsfold show STORY[@N]`."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from newsfold.commands.options import AsJson, Config, Generation, HomeFolder, Reading, reading
from schemas.errors import UsageError

if TYPE_CHECKING:
    from schemas.story import Story


def show(
    story: Annotated[
        str, typer.Argument(metavar="STORY[@N]", help="The story's id, or so much of it that it is the only one.")
    ],
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="As it was made of what was published until then.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="All claims, quotes, names and dates.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show one story: what is known, who says it, where they disagree."""
    from consumers.views.show import show_story

    with reading(home, generation, config) as source:
        found = _find(source, story, at)
    show_story(found, as_json=as_json, everything=all_)


def _find(source: Reading, name: str, at: str | None) -> "Story":
    from consumers.reading import current_story, find_story, past_story, version_at

    prefix, _, version = name.partition("@")
    if version and at:
        raise UsageError("give a version (STORY@N) or a time (--at), not both")
    story_id = find_story(source.log, source.naming, prefix)
    if at:
        number = version_at(source.log, source.naming, story_id, moment(at))
    elif "@" in name:
        number = _number(version)
    else:
        return current_story(source.log, source.naming, story_id)
    return past_story(source.log, source.naming, story_id, number)


def moment(text: str) -> datetime:
    """A time as ISO 8601; one without a zone is UTC, a bare date means its end. Raises `UsageError`."""
    from datetime import UTC, timedelta

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no time; write 2025-03-14 or 2025-03-14T16:05") from None
    if len(text) <= len("2025-03-14"):
        found += timedelta(days=1, microseconds=-1)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UsageError(f"{text!r} is no version; write STORY@7")
    return int(text)
