"""The quality gate: the sample world, labelled stories and hard cases of sentences, against pinned floors.

`python -m bench.quality [--missed]`, with `--missed` also naming what was not found.

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

from bench.quality.sentences import FOLDER as SENTENCES
from bench.quality.sentences import score_sentences
from bench.quality.stories import score_stories, tuned_and_held_out
from bench.quality.world import Counts, score_world
from samples.score import Count

FLOORS = Path(__file__).parent / "floors.json"
SAMPLES = Path(__file__).parents[2] / "samples"


def main(arguments: Sequence[str]) -> int:
    """Measures, prints, and says by the exit code whether all floors hold."""
    console = Console(highlight=False)
    pinned: dict[str, Any] = orjson.loads(FLOORS.read_bytes())
    counts = {**score_world(), "sentence boundaries": score_sentences(), **_unseen_stories()}
    console.print(_table(counts, pinned))
    if "--missed" in arguments:
        for name, count in counts.items():
            for what in count.missed:
                console.print(f"  {name}: {what}", style="dim", markup=False)
    failing = [name for name, floor in pinned["floors"].items() if _share(counts[name]) < floor - pinned["epsilon"]]
    for name in failing:
        console.print(f"[red]below its floor:[/] {name}")
    if pinned["digest"] != digest():
        console.print(
            f"[red]the sample world or the cases have changed:[/] look at the scores, then pin the digest {digest()}"
        )
    return 1 if failing or pinned["digest"] != digest() else 0


def _unseen_stories() -> Counts:
    _, held_out = tuned_and_held_out()
    return {f"stories: {row}": count for row, count in score_stories(held_out).items()}


def digest() -> str:
    """Of all texts, templates and truths that the sample world is made of, and of the cases of sentences."""
    paths = sorted(it for it in SAMPLES.rglob("*") if it.suffix in (".md", ".toml", ".html", ".rss", ".atom"))
    paths += sorted(SENTENCES.glob("*.txt"))
    return hashlib.sha256(b"\0".join(it.read_bytes() for it in paths)).hexdigest()[:16]


def _share(count: Count) -> float:
    return count.right / count.total if count.total else 1.0


def _table(counts: Counts, pinned: dict[str, Any]) -> Table:
    table = Table(title="What is found of what is known to be true")
    for column in ("score", "right", "of", "measured", "floor", "aim"):
        table.add_column(column, justify="left" if column == "score" else "right")
    for name, count in counts.items():
        shares = (_share(count), pinned["floors"][name], pinned["aims"][name])
        table.add_row(name, str(count.right), str(count.total), *(f"{share:.3f}" for share in shares))
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
