"""`newsfold show STORY[@N]`."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from newsfold.commands.options import AsJson, Config, Generation, HomeFolder, Reading, reading, settings
from schemas.errors import UsageError

if TYPE_CHECKING:
    from newsfold.settings import Settings
    from schemas.story import Story

_MODEL_WORDS = 80
"""What a model is asked for where nobody says how long."""


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
    words: Annotated[
        int | None, typer.Option("--words", metavar="N", min=40, max=120, help="With a summary of at most N words.")
    ] = None,
    since: Annotated[
        int | None, typer.Option("--since", metavar="N", min=0, help="With what is new since version N as summary.")
    ] = None,
    model: Annotated[bool, typer.Option("--model", help="With a summary by the model of the settings.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="All claims, quotes, names and dates.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show one story: what is known, who says it, where they disagree."""
    from consumers.views.show import show_story
    from consumers.whole import whole_story

    with reading(home, generation, config) as source:
        found = _find(source, story, at)
        if all_ or as_json:
            found = whole_story(source.log, source.naming, found)
        found = _summed_up(source, found, words, since)
        if model:
            found = _by_model(source, found, settings(home, generation, config), words)
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


def _summed_up(source: Reading, found: "Story", words: int | None, since: int | None) -> "Story":
    """With the summary that was asked for in place of its own."""
    from consumers.reading import news_since, summary_of_length

    where = source.log, source.naming, found.story_id
    if since is not None:
        return found.model_copy(update={"summary": news_since(*where, since, found.version, words)})
    if words is not None:
        return found.model_copy(update={"summary": summary_of_length(*where, found.version, words)})
    return found


def _by_model(source: Reading, found: "Story", given: "Settings", words: int | None) -> "Story":
    """With what the model says and the articles bear out. Raises `UsageError` where no model is set."""
    from consumers.model import Model, model_summary
    from consumers.reading import story_state

    if not given.model_url:
        raise UsageError("no model is set: model_url names its address (docs/settings.md)")
    model = Model(given.model_url, given.model_name, given.model_key.get_secret_value(), given.model_timeout)
    state = story_state(source.log, source.naming, found.story_id, found.version)
    return found.model_copy(update={"summary": model_summary(state, model, words or _MODEL_WORDS)})


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
