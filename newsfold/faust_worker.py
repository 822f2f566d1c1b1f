"""One worker process on Kafka: the settings become its options, and its folder is its own."""

import asyncio
import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from agents.faust_runtime.options import WorkerOptions
from agents.faust_runtime.worker import Worker
from agents.partition import Batch
from agents.topology import STAGES, Stage
from newsfold.opening import open_log
from newsfold.settings import Settings
from newsfold.wiring import relax_collector
from schemas.errors import UsageError


def run_worker(
    found: Settings, name: str, stages: Sequence[str], *, accept_gap: bool, hear: Callable[[Batch], None]
) -> None:
    """Runs the stages until SIGTERM. Raises `UsageError` if a worker of that name runs in this home."""
    cluster = found.cluster
    if cluster is None:
        raise UsageError('the setting "kafka" names no cluster')
    folder = found.home / "workers" / name / found.generation
    with _own(folder):
        relax_collector()
        options = WorkerOptions(
            cluster,
            found.naming,
            folder,
            name,
            lambda: open_log(found.home, cluster),
            batch=found.batch,
            session=found.session,
            patience=found.patience,
            accept_gap=accept_gap,
        )
        asyncio.run(Worker(chosen(stages), options, hear).run())


def chosen(names: Sequence[str]) -> list[Stage]:
    """The stages of these names in the order of the topology; all of them where none is named."""
    unknown = sorted(set(names) - {stage.name for stage in STAGES})
    if unknown:
        raise UsageError(f"there is no stage {unknown[0]!r}; there are: {', '.join(stage.name for stage in STAGES)}")
    return [stage for stage in STAGES if stage.name in names or not names]


@contextmanager
def _own(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"a worker runs in {folder} already; give this one another name with --name") from None
        yield
