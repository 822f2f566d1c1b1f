"""How many articles go through all stages in a second, and what that costs."""

import time
from typing import NamedTuple

from bench.kafka.articles import Articles
from bench.kafka.latency import warm_up
from bench.kafka.rig import Meter, Site, in_chunks, pids
from bench.kafka.timing import Listener
from eventlog.events import entry_of
from schemas.topics import RAW, UPDATES

WARM = 50


class Throughput(NamedTuple):
    """Of one run; processor times are in seconds."""

    articles: int
    seconds: float
    workers: float
    broker: float

    @property
    def rate(self) -> float:
        """Articles a second by the clock."""
        return self.articles / self.seconds

    @property
    def per_core(self) -> float:
        """Articles for each second of the workers' processor time."""
        return self.articles / self.workers


def measure(site: Site, articles: Articles, count: int, processes: int) -> Throughput:
    """All articles are put on the raw topic at once, for workers that are warm."""
    with site.open_log() as log, site.open_log() as listening, site.crew(processes) as crew:
        with (
            Listener(listening, site.naming.of(UPDATES)) as listener,
            Meter(lambda: (pids(crew), [site.broker.pid])) as meter,
        ):
            warm_up(log, site.naming, articles, WARM)
            raw = [entry_of(event, site.naming.of(RAW)) for event in articles.take(count)]
            begin = time.time()
            in_chunks(log, raw)
            site.wait_until_idle()
        end = listener.seen[-1].taken
        return Throughput(count, end - begin, *meter.used(begin, end))
