"""`newsfold publish INPUT...`: files of articles onto the log, for the workers to fold."""

import typer

from newsfold.commands.fold import Inputs
from newsfold.commands.options import Config, Generation, HomeFolder, settings, working
from newsfold.progress import Progress
from newsfold.taking_in import take_in


def publish(
    inputs: Inputs,
    home: HomeFolder = None,
    generation: Generation = None,
    config: Config = None,
) -> None:
    """Put files of articles on the log; `newsfold worker` folds them."""
    with working(settings(home, generation, config), create=True) as target, Progress() as progress:
        published = take_in(target, inputs, progress)
    typer.echo(
        f"{published.total:,} published: {published.total - published.quarantined:,} articles and "
        f"{published.quarantined:,} quarantined"
    )
