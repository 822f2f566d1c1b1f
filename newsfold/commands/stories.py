"""`newsfold stories`."""

from typing import Annotated

import typer

from newsfold.commands.options import AsJson, Config, Generation, HomeFolder, reading

SCREEN = 40
"""Stories that are listed without `--all` in a terminal."""


def stories(
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    all_: Annotated[bool, typer.Option("--all", help="All of them, also merged and empty ones.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the stories, newest news first."""
    from consumers.reading import newest_stories
    from consumers.reading import stories as read_stories
    from consumers.views.stories import ordered, show_stories

    with reading(home, generation, config) as source:
        found = ordered(story for _, story in read_stories(source.log, source.naming))
        ids = list(newest_stories(source.log, source.naming))
    living = found if all_ else [story for story in found if story.status in ("active", "closed")]
    shown = living if all_ or as_json else living[:SCREEN]
    show_stories(shown, ids, as_json=as_json, left_out=len(living) - len(shown))
