"""The command line: one line a command, and the one place where errors become a sentence and an exit code."""

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from newsfold import __version__
from newsfold.commands import (
    atom,
    broker,
    compare,
    doctor,
    explain,
    export,
    fold,
    hooks,
    publish,
    quarantine,
    replay,
    schemas,
    scrape,
    show,
    stories,
    tail,
    up,
    why,
    worker,
)
from newsfold.failures import EXIT_INTERRUPTED
from newsfold.failures import explain as explain_failure

app = typer.Typer(
    name="newsfold",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
schema_app = typer.Typer(help="The formats of all topics.")

PANELS: dict[str, tuple[Callable[..., None], ...]] = {
    "Take in": (fold.fold, up.up, scrape.scrape, publish.publish, worker.worker),
    "Look": (stories.stories, show.show, tail.tail, explain.explain, why.why, quarantine.quarantine),
    "Run": (broker.broker, doctor.doctor),
    "Give out": (export.export, atom.atom, hooks.hooks),
    "Do again": (replay.replay, compare.compare),
}
for panel, commands in PANELS.items():
    for command in commands:
        app.command(rich_help_panel=panel)(command)
schema_app.command(name="export")(schemas.export)
app.add_typer(schema_app, name="schemas", rich_help_panel="Give out")


def print_version(wanted: bool) -> None:
    """Prints the version and ends, if that is wanted."""
    if wanted:
        typer.echo(f"newsfold {__version__}")
        raise typer.Exit


@app.callback()
def newsfold(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.", is_eager=True, callback=print_version)
    ] = False,
) -> None:
    """Folds a live stream of news articles into versioned stories, every line traced to who said it."""


def main(arguments: Sequence[str]) -> int:
    """Runs one command line and gives its exit code: 0, 1 (failed), 2 (cannot be done as asked) or 130 (Ctrl-C)."""
    try:
        code = app(args=list(arguments) or ["--help"], prog_name="newsfold", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except (KeyboardInterrupt, typer.Abort):
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough: `newsfold stories | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as reason:
        sentence, code = explain_failure(reason)
        sys.stderr.write(f"newsfold: {sentence}\n")
        return code


def run() -> None:
    """Entry point of the `newsfold` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter is no reason to stop
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
