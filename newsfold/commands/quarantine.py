"""`newsfold quarantine`."""

from newsfold.commands.options import AsJson, Config, Generation, HomeFolder, reading


def quarantine(
    home: HomeFolder = None, generation: Generation = None, config: Config = None, as_json: AsJson = False
) -> None:
    """List what could not be processed, and why."""
    from consumers.export import rejected_rows
    from consumers.views.rejected import show_rejected

    with reading(home, generation, config) as source:
        rows = rejected_rows(source.log, source.naming)
    show_rejected(rows, as_json=as_json)
