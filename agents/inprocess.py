"""The in-process runtime: all stages over one log, single-threaded and deterministic."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from agents.handover import Handover
from agents.partition import Batch
from agents.state import Tables
from agents.topology import STAGES, Stage
from agents.worker import PartitionWorker
from eventlog.base import EventLog
from schemas.topics import Naming

OnBatch = Callable[[Batch], Any]


def ignore(_batch: Batch) -> None:
    """For runs that nobody watches."""


class Pipeline:
    """The stages of one generation, each partition of each stage with a worker of its own.

    Opening it takes over from whoever ran the same generation before on the same tables.
    """

    def __init__(
        self, log: EventLog, tables: Tables, naming: Naming, *, batch: int = 200, stages: Sequence[Stage] = STAGES
    ) -> None:
        self.batch = batch
        known = log.topics()
        handover = Handover(naming.of(stage.source) for stage in stages)
        self.by_stage = {
            stage.name: [
                PartitionWorker(stage, partition, log, tables.open(stage.name, partition), naming, handover)
                for partition in range(known[naming.of(stage.source)].partitions)
            ]
            for stage in stages
        }
        self.workers = [worker for workers in self.by_stage.values() for worker in workers]

    def round(self, on_batch: OnBatch = ignore) -> int:
        """One batch of every worker, first stage first. Gives the number of records taken."""
        taken = 0
        for worker in self.workers:
            done = worker.run(self.batch)
            if done.inputs:
                taken += done.inputs
                on_batch(done)
        return taken

    def run_until_idle(self, on_batch: OnBatch = ignore) -> None:
        """Works until every stage stands at the end of its source."""
        while self.round(on_batch):
            pass

    def follow(self, stop: threading.Event, on_batch: OnBatch = ignore, *, idle: float = 0.05) -> None:
        """Works until told to stop, looking for new records every `idle` seconds."""
        while not stop.is_set():
            if not self.round(on_batch):
                stop.wait(idle)
