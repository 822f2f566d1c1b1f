"""`newsfold explain ARTICLE`."""

from typing import Annotated

import typer

from newsfold.commands.options import AsJson, Config, Generation, HomeFolder, reading


def explain(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="The id of the input, or how the article's own id begins.")
    ],
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show what became of each line of one article, and what was read from it."""
    from consumers.raw_articles import find_raw, seen_lines
    from consumers.views.explain import show_article

    with reading(home, generation, config) as source:
        fetched = find_raw(source.log, source.naming, article)
        seen = seen_lines(source.log, source.naming, fetched)
    show_article(fetched, seen, as_json=as_json)
