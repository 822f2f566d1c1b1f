"""The in-process runtime on the same articles: what it is all compared with."""

import threading
import time
from contextlib import closing
from pathlib import Path

from agents.inprocess import Pipeline
from agents.tables import SqliteTables
from bench.kafka.articles import Articles
from bench.kafka.latency import RATE, Latency, of_chains, warm_up
from bench.kafka.rig import in_chunks
from bench.kafka.throughput import WARM, Throughput
from bench.kafka.timing import Listener, feed
from eventlog.events import entry_of
from eventlog.sqlite import SqliteLog
from newsfold.wiring import create_topics, relax_collector
from schemas.topics import RAW, UPDATES, Naming

NAMING = Naming()


def latency(folder: Path, articles: Articles, count: int) -> Latency:
    """Feeds articles at a steady rate to a pipeline in a thread of this process."""
    relax_collector()
    folder.mkdir()
    stop = threading.Event()
    with SqliteLog(folder / "log") as log, closing(SqliteTables(folder / "state")) as tables:
        create_topics(log, NAMING)
        worker = threading.Thread(target=Pipeline(log, tables, NAMING).follow, args=(stop,))
        worker.start()
        with Listener(log, NAMING.of(UPDATES)) as listener:
            warm_up(log, NAMING, articles)
            raw = [entry_of(event, NAMING.of(RAW)) for event in articles.take(count)]
            began = time.process_time()
            handed = feed(log, raw, RATE)
            share = (time.process_time() - began) / (max(handed.values()) - min(handed.values()))
            stop.set()
            worker.join()
            Pipeline(log, tables, NAMING).run_until_idle()
        return Latency(*of_chains(log, NAMING, handed, listener.seen), share, 0.0)


def throughput(folder: Path, articles: Articles, count: int) -> Throughput:
    """All articles are on the log before it begins, and as many as on Kafka have gone before."""
    relax_collector()
    folder.mkdir()
    with SqliteLog(folder / "log") as log, closing(SqliteTables(folder / "state")) as tables:
        create_topics(log, NAMING)
        pipeline = Pipeline(log, tables, NAMING)
        for some in (WARM, count):
            pipeline.run_until_idle()
            in_chunks(log, [entry_of(event, NAMING.of(RAW)) for event in articles.take(some)])
        began, used = time.time(), time.process_time()
        pipeline.run_until_idle()
        return Throughput(count, time.time() - began, time.process_time() - used, 0.0)
