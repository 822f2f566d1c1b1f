"""One round: a broker of its own, articles, troubles, the end of all work, and the checks."""

import random
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bench.chaos.feed import Feed
from bench.chaos.ledger import conflicts, gaps, lost, read_ledger, unpublished
from bench.chaos.replay import differences, replay
from bench.chaos.troubles import Plan, Troubles
from bench.chaos.workers import Workers, settings_for, waiting, written
from consumers.subscribe import Subscription
from eventlog.base import EventLog
from eventlog.cluster import Cluster
from eventlog.kafka import KafkaLog
from newsfold.broker import Broker, free_port
from newsfold.wiring import create_topics
from samples.stream import stream
from schemas.events import Event
from schemas.topics import RAW, Naming
from scrapers.publish import event_of

NAMING = Naming("chaos.", "g1")
SHOWN = 5
"""Violations of a kind that are told."""


class Findings(NamedTuple):
    """What the checks found."""

    repeats: int
    lost: list[str]
    conflicts: list[str]
    gaps: list[str]
    unlike: list[str]

    @property
    def violations(self) -> list[str]:
        """All that is wrong."""
        return [*self.lost, *self.conflicts, *self.gaps, *self.unlike]

    def line(self) -> str:
        """For example `repeats 31, conflicts 0, lost 0, gaps 0, replay identical`."""
        same = f"differs {len(self.unlike)} times" if self.unlike else "identical"
        counts = f"conflicts {len(self.conflicts)}, lost {len(self.lost)}, gaps {len(self.gaps)}"
        return f"repeats {self.repeats}, {counts}, replay {same}"


def check(log: EventLog, naming: Naming, published: Iterable[Event] = ()) -> Findings:
    """Everything that must hold of a generation on whose topics nothing moves any more."""
    ledger = read_ledger(log, naming)
    subscription = Subscription(log, naming, follow=False)
    return Findings(
        ledger.repeats,
        [*unpublished(ledger, published), *lost(ledger)],
        list(conflicts(ledger)),
        list(gaps(ledger, subscription)),
        list(differences(ledger, replay(log, naming))),
    )


def run_round(plan: Plan, seed: int) -> bool:
    """Runs and prints a round; whether all held."""
    began, chance = time.monotonic(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="newsfold-chaos-") as name:
        folder = Path(name)
        broker = Broker.start(folder / "kafka", free_port())
        try:
            broker.wait_until_it_answers()
            with Workers(folder, settings_for(broker.address, NAMING, session=plan.session)) as workers:
                troubles = Troubles(plan, workers, broker, chance, start_again)
                try:
                    findings = _disturbed(plan, seed, troubles, workers)
                finally:
                    broker = troubles.broker
                reasons = workers.reasons()
        finally:
            broker.stop()
    told = f"{troubles.line()}, {workers.exits} exits of their own ({reasons or 'none'})"
    print(f"seed {seed}: {plan.line()}; {told}; {findings.line()}; {time.monotonic() - began:.0f} s", flush=True)
    for kind in (findings.lost, findings.conflicts, findings.gaps, findings.unlike):
        for sentence in kind[:SHOWN]:
            print(f"  {sentence}", flush=True)
    return not findings.violations


def start_again(broker: Broker) -> Broker:
    """A broker on what another left."""
    again = Broker.start(broker.folder, broker.port)
    again.wait_until_it_answers()
    return again


def _disturbed(plan: Plan, seed: int, troubles: Troubles, workers: Workers) -> Findings:
    items = list(stream(plan.articles, seed))
    address = troubles.broker.address
    with KafkaLog(Cluster((address,)), patience=300) as log:
        create_topics(log, NAMING, RAW.partitions)
        feed = Feed(address, NAMING, items, random.Random(seed))
        feed.start()
        for number in range(plan.workers):
            workers.add(f"w{number + 1}")
        troubles.run(feed.allow, lambda: written(log, NAMING), lambda: feed.behind + waiting(log, NAMING))
        feed.finish()
        workers.until_idle(log, NAMING)
        return check(log, NAMING, map(event_of, items))
