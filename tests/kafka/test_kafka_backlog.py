"""A rebalance while more records wait than a worker holds in memory."""

from pathlib import Path

from kafka_run import Run, new_run

from agents.inprocess import Pipeline
from agents.tables import SqliteTables
from agents.topology import STAGES
from eventlog.base import Entry
from eventlog.events import read_all
from eventlog.sqlite import MEMORY, SqliteLog
from newsfold.wiring import create_topics
from samples.stream import stream
from schemas.topics import FACTS, LOG, RAW
from scrapers.publish import publish

ARTICLES = 900
"""Some 800 of them on the partition of English: a stage holds 400 records of a partition in memory."""


def test_a_worker_that_comes_while_much_waits_stalls_nobody(kafka: str, tmp_path: Path):
    with new_run(kafka, tmp_path, "assign", "fold", session=6, patience=20) as run:
        run.append(*facts(run))
        run.workers.add("w1")
        run.workers.until(lambda: decided(run) > 50, "w1 does not work")
        run.workers.add("w2")
        run.workers.until(lambda: "ready" in run.workers.said("w2"), "w2 does not come")
        run.workers.until(lambda: decided(run) > ARTICLES // 2, "nobody works")
        run.until_idle()
        assert run.check().violations == []
        said = "".join(map(run.workers.said, run.workers.names))
        assert "Stalled" not in said, said
        assert "OffsetGap" not in said, said


def decided(run: Run) -> int:
    return sum(run.log.end_offsets(run.naming.of(LOG)).values())


def facts(run: Run) -> list[Entry]:
    """What clean and extract make of the articles, without workers."""
    with SqliteLog(MEMORY) as log:
        create_topics(log, run.naming, RAW.partitions)
        publish(log, run.naming, stream(ARTICLES, seed=10))
        tables = SqliteTables(Path(MEMORY))
        Pipeline(log, tables, run.naming, stages=STAGES[:2]).run_until_idle()
        tables.close()
        found = list(read_all(log, run.naming.of(FACTS)))
    return [Entry(record.topic, record.key, record.value, record.headers, record.partition) for record in found]
