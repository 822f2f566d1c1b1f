"""The terminal's common colours, dates and counts; and the plain JSON that every view can give instead."""

import os
import re
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text
from rich.theme import Theme

from schemas.base import Model

THEME = Theme(
    {
        "head": "bold",
        "label": "bold cyan",
        "id": "cyan",
        "quiet": "bright_black",
        "count": "green",
        "alarm": "bold red",
        "value": "bold yellow",
        "source": "magenta",
        "new": "green",
        "changed": "yellow",
    }
)
STEERING = dict.fromkeys((code for code in (*range(0x20), *range(0x7F, 0xA0)) if code != ord("\n")), " ")
"""Control characters of ASCII and ISO 6429, but for the line break."""
_STEERING_BYTES = re.compile(rb"\x7f|\xc2[\x80-\x9f]")
"""Those of them that JSON lets stand, in UTF-8."""
UNBROKEN = 100_000
"""Columns where nobody looks: a line stays a line, for grep."""
KINDS = {"person": "persons", "organization": "organizations", "place": "places", "event": "events", "other": "others"}


class Output(Console):
    """A console that no text from outside can steer, and that leaves a closed pipe to its caller."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What is printed, without characters that the terminal would obey: whatever view it comes from."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=segment.text.translate(STEERING))

    def on_broken_pipe(self) -> None:
        """The reader has gone. Rich would end the process with an error code."""
        raise BrokenPipeError


def console() -> Console:
    """Standard output: coloured and as wide as the terminal; plain and unbroken when it is no terminal."""
    own = Output(theme=THEME, highlight=False, soft_wrap=False)
    if not own.is_terminal and "COLUMNS" not in os.environ:
        own.width = UNBROKEN
    return own


def one_line(text: str) -> str:
    """Text from outside in one line."""
    return " ".join(text.translate(STEERING).split())


def print_json(values: Iterable[Model | dict[str, Any]]) -> None:
    """One JSON object a line on standard output, each flushed as it comes."""
    for value in values:
        line = value.encoded() if isinstance(value, Model) else orjson.dumps(value)
        sys.stdout.buffer.write(_STEERING_BYTES.sub(_escaped, line) + b"\n")
        sys.stdout.buffer.flush()


def _escaped(found: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(found[0].decode())


def when(moment: datetime | None, precision: str | None = "minute") -> str:
    """`2025-03-14 16:05`; only the date where no more is known; a dash where nothing is."""
    if moment is None:
        return "-"
    if precision == "day" or (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.strftime("%Y-%m-%d")
    return moment.strftime("%Y-%m-%d %H:%M")


def number(count: int, one: str, many: str | None = None) -> str:
    """`1 article`, `2 articles`, `1,204 stories`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def section(title: str, count: int | None = None) -> Text:
    """The heading of a part of a view."""
    line = Text("\n").append(title.upper(), style="label")
    return line.append(f"  {count:,}", style="quiet") if count is not None else line


def meter(significance: float, width: int = 5) -> Text:
    """Significance from 0 to 1 as a bar of dots."""
    full = min(width, max(0, round(significance * width)))
    return Text("●" * full, style="changed").append("·" * (width - full), style="quiet")
