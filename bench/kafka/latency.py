"""How long an article takes from the raw topic to a subscriber's hands, hop by hop."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from bench.kafka.articles import Articles
from bench.kafka.rig import Meter, Site, pids, wait_until_idle
from bench.kafka.timing import Listener, Percentiles, Seen, feed, seen
from eventlog.base import EventLog
from eventlog.events import entry_of, read_all
from schemas.topics import CLEAN, FACTS, LOG, RAW, UPDATES, Naming

RATE = 20.0
WARM = 100
HOPS = (RAW, CLEAN, FACTS, LOG, UPDATES)


class Latency(NamedTuple):
    """Of one run; `hops` are between the moments at which the log took the records, by the topic they lead to."""

    whole: Percentiles
    hops: Mapping[str, Percentiles]
    share: float
    """Of a core that the workers used meanwhile."""
    broker_share: float


def measure(site: Site, articles: Articles, count: int) -> Latency:
    """Feeds articles at a steady rate to one worker process that is warm."""
    with site.open_log() as log, site.open_log() as listening, site.crew(1) as crew:
        with (
            Listener(listening, site.naming.of(UPDATES)) as listener,
            Meter(lambda: (pids(crew), [site.broker.pid])) as meter,
        ):
            warm_up(log, site.naming, articles)
            raw = [entry_of(event, site.naming.of(RAW)) for event in articles.take(count)]
            handed = feed(log, raw, RATE)
            site.wait_until_idle()
        begin, end = min(handed.values()), max(handed.values())
        used = [seconds / (end - begin) for seconds in meter.used(begin, end)]
        return Latency(*of_chains(log, site.naming, handed, listener.seen), *used)


def warm_up(log: EventLog, naming: Naming, articles: Articles, count: int = WARM) -> None:
    """Returns when the first articles have been worked off: workers are up, and have done everything once."""
    feed(log, [entry_of(event, naming.of(RAW)) for event in articles.take(count)], 5 * RATE)
    wait_until_idle(log, naming)


def of_chains(
    log: EventLog, naming: Naming, handed: Mapping[str, float], updates: Sequence[Seen]
) -> tuple[Percentiles, dict[str, Percentiles]]:
    """From handing over to the first update that followed from it, and what lies between."""
    topics = [[seen(record, 0.0) for record in read_all(log, naming.of(topic))] for topic in HOPS[:-1]]
    found = list(chains(handed, [*topics, updates]))
    moments = [[handed[chain[0].id], *(link.taken for link in chain), chain[-1].at] for chain in found]
    names = [*(topic.name for topic in HOPS), "subscriber"]
    hops = {
        name: Percentiles.of([max(0.0, each[at + 1] - each[at]) for each in moments]) for at, name in enumerate(names)
    }
    return Percentiles.of([each[-1] - each[0] for each in moments]), hops


def chains(handed: Collection[str], topics: Sequence[Sequence[Seen]]) -> Iterable[list[Seen]]:
    """For each raw record of these that led to an update: one record of each topic, each the cause of the next."""
    first = {record.id: record for record in topics[0] if record.id in handed}
    effects = [_first_effects(topic) for topic in topics[1:]]
    for record in first.values():
        chain = [record]
        for effect in effects:
            if chain[-1].id in effect:
                chain.append(effect[chain[-1].id])
        if len(chain) == len(topics):
            yield chain


def _first_effects(records: Iterable[Seen]) -> dict[str, Seen]:
    found: dict[str, Seen] = {}
    for record in sorted(records, key=lambda one: (one.taken, one.at)):
        found.setdefault(record.cause, record)
    return found
