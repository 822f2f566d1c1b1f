"""A worker process that notes when what happened, in `phases.jsonl` of its home: `python -m bench.kafka.timed`."""

import sys
import time
from typing import Any

import orjson

from agents.faust_runtime import worker
from agents.faust_runtime.app import StageApp
from newsfold.member import main
from newsfold.settings import load

NAME = "phases.jsonl"


def note(phase: str) -> None:
    """Adds a line."""
    with (load().home / NAME).open("ab") as file:
        file.write(orjson.dumps({"phase": phase, "at": time.time()}, option=orjson.OPT_APPEND_NEWLINE))


class TimedApp(StageApp):
    """Notes when it was made, when partitions were assigned, when Faust handed them over, and when all was ready."""

    async def on_partitions_assigned_noted(self, *_: Any, **__: Any) -> None:
        """The group has given us our partitions."""
        note("joined")

    def __init__(self, *arguments: Any) -> None:
        note("started")
        super().__init__(*arguments)
        self.on_partitions_assigned.connect(self.on_partitions_assigned_noted)

    async def _take_over(self, *arguments: Any, **named: Any) -> None:
        note("handed over")
        await super()._take_over(*arguments, **named)
        note("loaded")


if __name__ == "__main__":
    setattr(worker, "StageApp", TimedApp)  # noqa: B010 - what the worker makes its apps of
    sys.exit(main(sys.argv[1:]))
