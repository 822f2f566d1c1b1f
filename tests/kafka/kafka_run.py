"""A generation of its own on a broker, workers for it, and the checks of all that they wrote."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.chaos.ledger import Ledger, read_ledger
from bench.chaos.rounds import Findings, check
from bench.chaos.workers import Workers, settings_for
from eventlog.base import Entry, Record
from eventlog.cluster import Cluster
from eventlog.events import header
from eventlog.kafka import KafkaLog
from newsfold.wiring import create_topics
from schemas.topics import QUARANTINE, RAW, Naming
from scrapers.publish import Publishable, publish


class Run:
    """Topics, a log and workers; `address` is the broker's."""

    def __init__(self, address: str, folder: Path, log: KafkaLog, naming: Naming, workers: Workers) -> None:
        self.address, self.folder, self.log, self.naming, self.workers = address, folder, log, naming, workers

    def publish(self, items: Iterable[Publishable]) -> None:
        publish(self.log, self.naming, items)

    def append(self, *entries: Entry) -> None:
        self.log.append(entries)

    def until_idle(self) -> None:
        self.workers.until_idle(self.log, self.naming)

    def ledger(self) -> Ledger:
        return read_ledger(self.log, self.naming)

    def check(self) -> Findings:
        return check(self.log, self.naming)

    def quarantine(self) -> list[Record]:
        return list(self.ledger().once(QUARANTINE).values())


@contextmanager
def new_run(address: str, folder: Path, *options: str, **settings: object) -> Iterator[Run]:
    """A run with names of its own. `options` are those of a worker; all workers are gone at the end."""
    naming = Naming(f"t{uuid.uuid4().hex[:10]}.", "g1")
    with KafkaLog(Cluster((address,)), patience=180) as log:
        create_topics(log, naming, RAW.partitions)
        with Workers(folder, settings_for(address, naming, **settings), *options) as workers:
            yield Run(address, folder, log, naming, workers)


def reasons(records: Iterable[Record]) -> list[tuple[str, str]]:
    """Stage and reason of quarantined records."""
    return [(header(record, "ce_xstage"), header(record, "ce_xreason")) for record in records]
