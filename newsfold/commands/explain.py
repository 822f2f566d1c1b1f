"""`newsfold explain NAME [CLAIM]`."""

from typing import Annotated

import typer

from newsfold.commands.options import AsJson, Config, Generation, HomeFolder, Reading, reading


def explain(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="An input's id, or how an article's id or, with CLAIM, a story's begins."),
    ],
    claim: Annotated[
        str | None, typer.Argument(metavar="CLAIM", help="The claim of the story, or how its id begins.")
    ] = None,
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show what became of each line of one article, or why each sentence supports a claim of a story."""
    with reading(home, generation, config) as source:
        if claim is None:
            _explain_article(source, name, as_json=as_json)
        else:
            _explain_claim(source, name, claim, as_json=as_json)


def _explain_article(source: Reading, name: str, *, as_json: bool) -> None:
    from consumers.raw_articles import find_raw, seen_lines
    from consumers.views.explain import show_article

    fetched = find_raw(source.log, source.naming, name)
    show_article(fetched, seen_lines(source.log, source.naming, fetched), as_json=as_json)


def _explain_claim(source: Reading, name: str, claim: str, *, as_json: bool) -> None:
    from consumers.reading import find_story, story_state
    from consumers.views.explain_claim import show_claim

    story_id = find_story(source.log, source.naming, name)
    show_claim(story_state(source.log, source.naming, story_id), claim, as_json=as_json)
