"""The quality gate: the sample world, labelled stories and hard cases of sentences, against pinned floors.

`python -m bench.quality [--missed] [--pin] [--lower]`. The whole pipeline over the sample world and hard cases of
sentences are always scored; what needs data that are not ours (`bench/quality/given.py`) only where they are at hand.

Exits with 1 if a score is below its floor, or if data is not what its floors were pinned on. `--missed` names what was
not found. `--pin` raises floors to what was measured and takes the data as it is; with `--lower` it lowers them, too,
each of which `CHOICES.md` must name ("floor of NAME") and give the reason for.
"""

import hashlib
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from rich.console import Console
from rich.table import Table

from bench.quality.given import GIVEN, Measured, data_folder, digest_of
from bench.quality.resolvable import score_own
from bench.quality.sentences import FOLDER as SENTENCES
from bench.quality.sentences import score_sentences
from bench.quality.stories import score_stories, tuned_and_held_out
from bench.quality.together import score_together
from bench.quality.world import score_world
from samples.score import Count

ROOT = Path(__file__).parents[2]
FLOORS = Path(__file__).parent / "floors.json"
SAMPLES = ROOT / "samples"
OWN = "sample world and cases"


class Result(NamedTuple):
    """What was measured, on which data by its digest, and what could not be."""

    scores: dict[str, Measured]
    digests: dict[str, str]
    absent: tuple[str, ...]


def main(arguments: Sequence[str]) -> int:
    """Measures, prints, and says by the exit code whether all floors hold."""
    console = Console(highlight=False)
    pinned: dict[str, Any] = orjson.loads(FLOORS.read_bytes())
    result = measure(data_folder())
    console.print(_table(result.scores, pinned))
    for name in result.absent:
        console.print(f"skipped: {name} is not in {data_folder()} (NEWSFOLD_DATA names another folder)")
    if "--missed" in arguments:
        _print_missed(console, result.scores)
    if "--pin" in arguments:
        lowered = _lowered(result.scores, pinned) if "--lower" in arguments else []
        unexplained = [name for name in lowered if f"floor of {name}" not in (ROOT / "CHOICES.md").read_text("utf-8")]
        for name in unexplained:
            console.print(f'[red]not lowered:[/] CHOICES.md gives no reason for a lower "floor of {name}"')
        pinned = pin(result, pinned, [name for name in lowered if name not in unexplained])
        FLOORS.write_bytes(orjson.dumps(pinned, option=orjson.OPT_INDENT_2) + b"\n")
    failures = list(failing(result, pinned))
    for failure in failures:
        console.print(failure, style="red")
    return 1 if failures else 0


def measure(folder: Path) -> Result:
    """All scores whose data are at hand."""
    scores: dict[str, Measured] = {**score_world(), "sentence boundaries": score_sentences(), **_stories()}
    scores["stories: what is said is in the article"] = score_own()
    digests = {OWN: digest()}
    present = {name: folder / name for name in GIVEN if (folder / name).exists()}
    for name, path in present.items():
        scores |= GIVEN[name](path)
        digests[name] = digest_of(path)
    return Result(scores, digests, tuple(name for name in GIVEN if name not in present))


def _stories() -> dict[str, Measured]:
    scores: dict[str, Measured] = {}
    for name, told in zip(("tuned stories", "stories"), tuned_and_held_out(), strict=True):
        scores |= {f"{name}: {row}": found for row, found in (score_stories(told) | score_together(told)).items()}
    return scores


def digest() -> str:
    """Of all texts, templates and truths that the sample world is made of, and of the cases of sentences."""
    paths = sorted(it for it in SAMPLES.rglob("*") if it.suffix in (".md", ".toml", ".html", ".rss", ".atom"))
    paths += sorted(SENTENCES.glob("*.txt"))
    return hashlib.sha256(b"\0".join(it.read_bytes() for it in paths)).hexdigest()[:16]


def failing(result: Result, pinned: Mapping[str, Any]) -> Iterable[str]:
    """What keeps the gate shut, in words."""
    for name, score in result.scores.items():
        if share_of(score) < pinned["floors"].get(name, math.inf) - pinned["epsilon"]:
            yield f"below its floor, or without one: {name}"
    for name, found in result.digests.items():
        if pinned["digests"].get(name) != found:
            yield f"data have changed: {name}; look at the scores, then pin the digest {found} (--pin)"


def pin(result: Result, pinned: Mapping[str, Any], lowered: Sequence[str]) -> dict[str, Any]:
    """The floors raised to what was measured, in thousandths; lower ones only for the names in `lowered`."""
    floors = dict(pinned["floors"])
    for name, score in result.scores.items():
        found = math.floor(share_of(score) * 1000) / 1000
        floors[name] = found if name in lowered else max(found, floors.get(name, 0.0))
    return {**pinned, "digests": pinned["digests"] | result.digests, "floors": floors}


def _lowered(scores: Mapping[str, Measured], pinned: Mapping[str, Any]) -> list[str]:
    floors = pinned["floors"]
    return [name for name, score in scores.items() if share_of(score) < floors.get(name, 0.0) - pinned["epsilon"]]


def share_of(score: Measured) -> float:
    """Right ones of all; of none, 1."""
    if isinstance(score, float):
        return score
    return score.right / score.total if score.total else 1.0


def _print_missed(console: Console, scores: Mapping[str, Measured]) -> None:
    for name, score in scores.items():
        for what in score.missed if isinstance(score, Count) else ():
            console.print(f"  {name}: {what}", style="dim", markup=False)


def _table(scores: Mapping[str, Measured], pinned: Mapping[str, Any]) -> Table:
    table = Table(title="What is found of what is known to be true")
    for column in ("score", "right", "of", "measured", "floor", "aim"):
        table.add_column(column, justify="left" if column == "score" else "right")
    for name, score in scores.items():
        counted = (str(score.right), str(score.total)) if isinstance(score, Count) else ("", "")
        bounds = (pinned[which].get(name) for which in ("floors", "aims"))
        shown = ("-" if bound is None else f"{bound:.3f}" for bound in bounds)
        table.add_row(name, *counted, f"{share_of(score):.3f}", *shown)
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
