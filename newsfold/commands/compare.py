"""`newsfold compare`."""

from typing import Annotated

import typer

from newsfold.commands.options import AsJson, Config, HomeFolder, settings


def compare(
    first: Annotated[str, typer.Argument(metavar="GENERATION", help="The one to compare, for example g1.")],
    second: Annotated[str, typer.Argument(metavar="GENERATION", help="The one to compare it with.")],
    home: HomeFolder = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Say how two generations differ: stories that moved, split, merged or changed."""
    from consumers.compare import compare as find_differences
    from consumers.views.differences import show_comparison
    from newsfold.opening import open_log

    found = settings(home, None, config)
    log = open_log(found.home, found.cluster)
    try:
        one, two = (found.naming._replace(generation=name) for name in (first, second))
        show_comparison(find_differences(log, one, two), as_json=as_json)
    finally:
        log.close()
