"""Runs `newsfold fold` and reads what it wrote."""

from pathlib import Path
from typing import Any

import orjson

from newsfold.main import main

Rows = dict[str, list[dict[str, Any]]]
FILES = ("articles", "assignments", "stories", "updates", "rejected")


def fold(out: Path, *inputs: Path) -> Rows:
    """The rows of each file that a run writes; the run must end well."""
    assert main(["fold", *map(str, inputs), "--out", str(out)]) == 0
    return {name: [orjson.loads(line) for line in (out / f"{name}.jsonl").read_bytes().splitlines()] for name in FILES}
