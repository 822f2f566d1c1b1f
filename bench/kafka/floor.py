"""What no stage can be faster than: Faust that only copies, and our lanes with a step that only copies."""

import time
from typing import Literal, NamedTuple

from bench.kafka.latency import RATE
from bench.kafka.rig import Meter, Site, in_chunks, pids
from bench.kafka.timing import Listener, Percentiles, feed
from eventlog.base import Entry
from eventlog.events import entry_of
from schemas.articles import Gone
from schemas.topics import CLEAN, RAW, Naming
from scrapers.publish import gone_event

SOURCES = 50
WARM = 40
PATIENCE = 120.0
URL = "https://newsfold.example/" + "a" * 300

Way = Literal["faust", "lane"]


class Floor(NamedTuple):
    """Of one way of copying."""

    latency: Percentiles
    rate: float
    """Records a second by the clock."""
    per_core: float
    """Records for each second of processor time."""
    size: int
    """Bytes of a record."""


def measure(site: Site, way: Way, slow: int, fast: int) -> Floor:
    """Copies `slow` records at a steady rate, then `fast` records as they come."""
    records = _records(site.naming, WARM + slow + fast)
    with (
        site.open_log() as log,
        site.open_log() as listening,
        site.crew(1, "bench.kafka.copier", way, spare=False) as crew,
    ):
        with Listener(listening, site.naming.of(CLEAN)) as listener, Meter(lambda: [pids(crew)]) as meter:
            feed(log, records[:WARM], 2 * RATE)
            listener.wait_for(WARM, PATIENCE)
            handed = feed(log, records[WARM : WARM + slow], RATE)
            listener.wait_for(WARM + slow, PATIENCE)
            copies = {one.cause: one.at for one in listener.seen}
            begin = time.time()
            in_chunks(log, records[WARM + slow :])
            listener.wait_for(len(records), PATIENCE)
            end = max(one.taken for one in listener.seen)
        (used,) = meter.used(begin, end)
    latency = Percentiles.of([copies[name] - at for name, at in handed.items()])
    return Floor(latency, fast / (end - begin), fast / used, records[0].size)


def _records(naming: Naming, count: int) -> list[Entry]:
    items = (
        Gone(article_id=f"article-{number}", source=f"source-{number % SOURCES}", input_id=f"{number}", url=URL)
        for number in range(count)
    )
    return [entry_of(gone_event(item), naming.of(RAW)) for item in items]
