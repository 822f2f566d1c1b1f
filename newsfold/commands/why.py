"""`newsfold why ARTICLE`."""

from typing import Annotated

import typer

from newsfold.commands.options import AsJson, Config, Generation, HomeFolder, reading


def why(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="The id of the input, or how the article's own id begins.")
    ],
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show why an article is in its story: the stories that were weighed, and what spoke for each."""
    from consumers.decisions import find_decisions
    from consumers.views.why import show_why

    with reading(home, generation, config) as source:
        decided = find_decisions(source.log, source.naming, article)
    show_why(decided, as_json=as_json)
