"""Updates as they come: which story, which version, and what is new."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from consumers.views.paint import console, meter, number, print_json, when
from schemas.story import Alteration, Update

SHOWN = {
    "discrepancy": 3,
    "contested": 3,
    "resolved": 3,
    "superseded": 3,
    "withdrawn": 3,
    "corroborated": 2,
    "claim": 3,
    "quote": 2,
    "copy": 1,
}
"""How many lines of each kind, in the order in which a reader wants them; all else is only counted."""
TOLD = ("article", "source", "retitled")
"""What the headline and the summary tell already."""
NOUNS = {
    "claim": ("claim",),
    "quote": ("quote",),
    "entity": ("name",),
    "discrepancy": ("discrepancy", "discrepancies"),
}
SHORT = 40
"""Characters up to which `before` and `after` are worth a line."""


def show_updates(updates: Iterable[Update], *, as_json: bool = False) -> None:
    """Prints each update the moment it comes."""
    if as_json:
        print_json(updates)
        return
    out = console()
    for update in updates:
        print_update(out, update)


def print_update(out: Console, update: Update) -> None:
    """One headline, what it is about in a sentence or two, and under that what is new and what changed."""
    out.print(headline(update), no_wrap=True, overflow="ellipsis")
    if update.summary:
        out.print(Padding(Text(update.summary), (0, 0, 0, 2), expand=False))
    details = Table.grid(padding=(0, 2, 0, 0))
    details.add_column(no_wrap=True)
    details.add_column()
    for line in details_of(update):
        details.add_row(*line)
    out.print(Padding(details, (0, 0, 0, 2), expand=False))


def headline(update: Update) -> Text:
    """`3fa2b1c0@4  ●●···  joined  2025-03-14 16:05  Title`."""
    line = Text(f"{update.story_id[:8]}@{update.version}", style="id").append("  ")
    line.append_text(meter(update.significance)).append(f"  {update.kind:<9}", style="label")
    return line.append(f"  {when(update.at)}  ", style="quiet").append(update.title, style="head")


def details_of(update: Update) -> list[tuple[Text, Text]]:
    """What is new and what changed, the weightiest first, and how much else there is."""
    by_kind: dict[str, list[tuple[Text, Text]]] = {}
    for line in _lines(update):
        by_kind.setdefault(line.kind, []).append((line.label, line.text))
    shown = [line for kind, limit in SHOWN.items() for line in by_kind.get(kind, [])[:limit]]
    rest = {kind: len(lines) - SHOWN.get(kind, 0) for kind, lines in by_kind.items()}
    more = ", ".join(_counted(count, kind) for kind, count in rest.items() if count > 0 and kind not in TOLD)
    return [*shown, (Text("  more", style="quiet"), Text(more, style="quiet"))] if more else shown


def _counted(count: int, kind: str) -> str:
    return number(count, *NOUNS[kind]) if kind in NOUNS else f"{count:,} {kind}"


class _Line(NamedTuple):
    kind: str
    label: Text
    text: Text


def _lines(update: Update) -> Iterator[_Line]:
    for new in update.new:
        style = "alarm" if new.kind == "discrepancy" else "new"
        yield _Line(new.kind, Text(f"+ {new.kind}", style=style), Text(new.text))
    told = {new.text for new in update.new if new.kind == "discrepancy"}
    for changed in update.changed:
        if changed.kind == "contested" and changed.text in told:
            continue
        yield _Line(changed.kind, Text(f"~ {changed.kind}", style="changed"), _changed(changed))


def _changed(changed: Alteration) -> Text:
    text = Text(changed.text)
    values = (changed.before or "-", changed.after or "-")
    if changed.kind != "copy" and values != ("-", "-") and max(map(len, values)) <= SHORT:
        text.append(f"  {values[0]} → {values[1]}", style="value")
    return text
