"""One worker process of a crew: `python -m newsfold.member [--accept-gap] [STAGE...]`, settings in the environment.

`newsfold worker` starts it, and starts it again when it ends. With `--wait` it gets ready, and reads a line from its
standard input, in which its environment stands.
"""

import asyncio
import fcntl
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from agents.faust_runtime.options import STORE_DAYS, WorkerOptions
from agents.faust_runtime.worker import Worker
from agents.topology import STAGES, Stage
from newsfold.client_logs import be_sparing
from newsfold.counts import Counts
from newsfold.crew import PARENT, WAIT
from newsfold.failures import explain
from newsfold.opening import open_log
from newsfold.settings import Settings, load
from newsfold.wiring import relax_collector
from schemas.errors import UsageError

GAP = "--accept-gap"
LOCK = "lock"


def run(found: Settings, stages: Sequence[str], *, accept_gap: bool) -> Counts:
    """Runs the stages until SIGTERM. Raises `UsageError` if a worker of that name runs in this home."""
    counts = Counts()
    folder = found.home / "workers" / found.worker / found.generation
    with _own(folder):
        relax_collector()
        options = _options(found, folder, accept_gap)
        asyncio.run(Worker(chosen(stages), options, counts).run())
    return counts


def _options(found: Settings, folder: Path, accept_gap: bool) -> WorkerOptions:
    cluster = found.cluster
    if cluster is None:
        raise UsageError("a worker process of its own needs Kafka, and the setting 'kafka' names none")
    return WorkerOptions(
        cluster,
        found.naming,
        folder,
        found.worker,
        lambda: open_log(found.home, cluster),
        batch=found.batch,
        session=found.session,
        patience=found.patience,
        accept_gap=accept_gap,
        parent=int(os.environ.get(PARENT, os.getppid())),
    )


def chosen(names: Sequence[str]) -> list[Stage]:
    """The stages of these names in the order of the topology; all of them where none is named."""
    unknown = sorted(set(names) - {stage.name for stage in STAGES})
    if unknown:
        raise UsageError(f"there is no stage {unknown[0]!r}; there are: {', '.join(stage.name for stage in STAGES)}")
    return [stage for stage in STAGES if stage.name in names or not names]


@contextmanager
def _own(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"a worker runs in {folder} already; give this one another name with --name") from None
        _forget_if_old(folder, time.time())
        yield


def _forget_if_old(folder: Path, now: float) -> None:
    """Removes stores of stages that nobody used for so long that removals may be gone from the changelogs."""
    for stage in [path for path in folder.iterdir() if path.is_dir()]:
        last = max((path.stat().st_mtime for path in stage.rglob("*") if path.is_file()), default=now)
        if now - last > (STORE_DAYS - 1) * 24 * 3600:
            shutil.rmtree(stage)


def main(arguments: Sequence[str]) -> int:
    """Runs one process and gives its exit code."""
    if WAIT in arguments:
        import_module("eventlog.kafka")  # which is imported late where no Kafka may be meant
        told = sys.stdin.buffer.readline()
        if not told:  # it is not needed
            return 0
        os.environ.update(json.loads(told))
    found = load()
    be_sparing()
    try:
        counts = run(found, [name for name in arguments if name not in (GAP, WAIT)], accept_gap=GAP in arguments)
    except Exception as reason:
        sentence, code = explain(reason)
        sys.stderr.write(f"newsfold worker {found.worker}: {sentence}\n")
        return code
    sys.stdout.write(f"{found.worker}: {counts.line()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
