"""The two runtimes as a user has them: the same commands, with and without a Kafka cluster in the settings."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from eventlog.base import EventLog
from eventlog.cluster import Cluster
from newsfold.opening import open_log
from schemas.topics import Naming

Rows = dict[str, list[dict[str, Any]]]
FILES = ("articles", "assignments", "stories", "updates", "rejected")
NEWSFOLD = (sys.executable, "-m", "newsfold")
PATIENCE = 300.0


class Runtime:
    """Settings of one runtime, as environment variables."""

    def __init__(self, kafka: str = "", partitions: int = 1) -> None:
        """`kafka`: `host:port` of a broker; empty for the embedded log. Topics get a prefix of their own."""
        self.kafka = kafka
        cluster = {"NEWSFOLD_KAFKA": kafka, "NEWSFOLD_PARTITIONS": str(partitions)} if kafka else {}
        self.naming = Naming(f"w{uuid4().hex[:8]}.")
        self.environment: Mapping[str, str] = {**cluster, "NEWSFOLD_PREFIX": self.naming.prefix}

    def run(self, *arguments: object) -> str:
        """Runs a command that must end well; gives what it printed."""
        done = subprocess.run(
            [*NEWSFOLD, *map(str, arguments)],
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"{arguments} ended with {done.returncode}"
        return done.stdout

    def open_log(self, home: Path) -> EventLog:
        """The log to look at from outside. Raises `UsageError` while there is none."""
        return open_log(home, Cluster((self.kafka,)) if self.kafka else None)

    def fold(self, home: Path, out: Path, *inputs: Path) -> Rows:
        """Files onto the log, the log folded, the result written: the rows of each file that is written."""
        if self.kafka:
            self.run("publish", *inputs, "--home", home)
            self.run("worker", "--once", "--home", home)
            self.run("export", "--out", out, "--home", home)
        else:
            self.run("fold", *inputs, "--out", out)
        return rows_in(out)


def rows_in(out: Path) -> Rows:
    """The rows of each file that a run writes."""
    return {name: [orjson.loads(line) for line in (out / f"{name}.jsonl").read_bytes().splitlines()] for name in FILES}
