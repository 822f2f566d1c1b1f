"""What was quarantined, and why."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from consumers.views.paint import console, number, one_line, print_json


def show_rejected(rows: Sequence[dict[str, Any]], *, as_json: bool = False) -> None:
    """Prints one line an input, then how many failed at which stage."""
    if as_json:
        print_json(rows)
        return
    out = console()
    if not rows:
        out.print(Text("Nothing is quarantined.", style="quiet"))
        return
    table = Table(box=None, header_style="label", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("input", style="id", overflow="fold", ratio=2)
    table.add_column("stage", no_wrap=True)
    table.add_column("reason", ratio=3)
    for row in rows:
        table.add_row(Text(one_line(row["input_id"])), row["stage"], Text(one_line(row["reason"])))
    out.print(table)
    stages = Counter(row["stage"] for row in rows)
    parts = ", ".join(f"{count:,} at {stage}" for stage, count in sorted(stages.items()))
    out.print(Text(f"{number(len(rows), 'input')}: {parts}", style="quiet"))
