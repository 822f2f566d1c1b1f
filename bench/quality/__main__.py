"""The quality gate: scores on data that we wrote, against pinned floors; `python -m bench.quality [DATA_FOLDER]`.

With a folder of evaluation data the larger sets are measured too; they are told, not gated, since no checkout has them.
Exits with 1 if a score is below its floor, or if the data is not the one that the floors were pinned on.
"""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from bench.quality.world import Scores, run_world, score_world, standing_discrepancies

FLOORS = Path(__file__).parent / "floors.json"
SAMPLES = Path(__file__).parents[2] / "samples"


def main(arguments: Sequence[str]) -> int:
    """Measures, prints, and says whether all floors hold."""
    console = Console()
    pinned: dict[str, Any] = orjson.loads(FLOORS.read_bytes())
    run = run_world()
    scores = score_world(run)
    failing = [name for name, floor in pinned["floors"].items() if scores[name] < floor - pinned["epsilon"]]
    console.print(_table(scores, pinned["floors"]))
    for line in standing_discrepancies(run):
        console.print(f"  {line}", style="dim", highlight=False)
    for name in failing:
        console.print(f"[red]below its floor:[/] {name}")
    if pinned["digest"] != digest():
        console.print(f"[red]the sample world has changed[/]: look at the scores, then pin digest {digest()}")
        return 1
    return 1 if failing else 0


def digest() -> str:
    """Of all that the sample world is made of."""
    paths = sorted(it for it in SAMPLES.rglob("*") if it.suffix in (".md", ".toml", ".html"))
    return hashlib.sha256(b"\0".join(it.read_bytes() for it in paths)).hexdigest()[:16]


def _table(scores: Scores, floors: dict[str, float]) -> Table:
    table = Table(title="The sample world: what of its truth is found")
    for column in ("score", "floor", "measured"):
        table.add_column(column, justify="left" if column == "score" else "right")
    for name, value in scores.items():
        table.add_row(name, f"{floors[name]:.3f}", f"{value:.3f}")
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
