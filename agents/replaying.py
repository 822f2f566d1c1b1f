"""Deriving a generation in a given order of the raw articles."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from agents.inprocess import OnBatch, Pipeline, ignore
from agents.worker import PartitionWorker


def replay(pipeline: Pipeline, order: Iterable[int], on_batch: OnBatch = ignore) -> None:
    """Takes the raw articles in an order of their partitions (agents/order.py), and works until idle.

    A replay that was broken off is gone on with: what it took then is left out of the order. What has come in since the
    order was told is taken at the end.
    """
    clean, extract = pipeline.by_stage["clean"], pipeline.by_stage["extract"]
    later = [worker for name, workers in pipeline.by_stage.items() for worker in workers if name != "clean"]
    _drain(later, pipeline.batch, on_batch)
    since = 0
    for at, count in _to_do(order, [worker.position for worker in clean]):
        # Clean articles have the key of their raw ones, so with as many partitions they are in the same one.
        next_ones = [extract[at]] if len(extract) == len(clean) else extract
        for size in _parts(count, pipeline.batch):
            on_batch(clean[at].run(size))
            _drain(next_ones, pipeline.batch, on_batch)
        since += count
        if since >= pipeline.batch:
            _drain(later, pipeline.batch, on_batch)
            since = 0
    pipeline.run_until_idle(on_batch)


def _to_do(order: Iterable[int], taken: list[int]) -> Iterator[tuple[int, int]]:
    """Partition and number of records, for each run of the same partition; without what was taken before."""
    for at, run in groupby(order):
        count = sum(1 for _ in run)
        skipped = min(count, taken[at])
        taken[at] -= skipped
        if count > skipped:
            yield at, count - skipped


def _parts(count: int, largest: int) -> Iterator[int]:
    for start in range(0, count, largest):
        yield min(largest, count - start)


def _drain(workers: Iterable[PartitionWorker], batch: int, on_batch: OnBatch) -> None:
    """Works until none of them has anything to do; in the order of the stages, so that one pass is enough."""
    for worker in workers:
        while (done := worker.run(batch)).inputs:
            on_batch(done)
