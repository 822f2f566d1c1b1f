"""`newsfold tail`."""

from typing import Annotated

import typer

from newsfold.commands.options import AsJson, Config, Generation, HomeFolder, reading


def tail(
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    story: Annotated[
        list[str] | None, typer.Option("--story", metavar="STORY", help="Only this story; may be given several times.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="Also what came since then; `beginning` for all.")
    ] = None,
    min_significance: Annotated[
        float,
        typer.Option("--min-significance", metavar="N", min=0.0, max=1.0, help="Only updates of this weight."),
    ] = 0.0,
    once: Annotated[bool, typer.Option("--once", help="End when all that is there has been shown.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show updates as they come: which story, and what is new in it."""
    from consumers.reading import find_story
    from consumers.subscribe import Start, Subscription
    from consumers.views.tail import show_updates
    from newsfold.commands.show import moment

    start: Start = "end" if since is None and not once else "beginning"
    if since not in (None, "beginning"):
        start = moment(since)
    with reading(home, generation, config) as source:
        ids = [find_story(source.log, source.naming, prefix) for prefix in story or ()]
        updates = Subscription(
            source.log, source.naming, start=start, stories=ids, min_significance=min_significance, follow=not once
        )
        show_updates(updates, as_json=as_json)
