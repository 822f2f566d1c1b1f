"""What the facts of a run make when they are folded again, in one calm process: the run must have made the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from agents.inprocess import Pipeline
from agents.tables import SqliteTables
from agents.topology import STAGES
from bench.chaos.ledger import Ledger, content, identity, quarantined, read_ledger
from eventlog.base import Entry, EventLog, Record
from eventlog.events import header, read_partition
from eventlog.sqlite import MEMORY, SqliteLog
from newsfold.wiring import create_topics, relax_collector
from schemas.topics import FACTS, LATEST, LOG, UPDATES, Naming

FOLDING = tuple(stage for stage in STAGES if stage.name in ("assign", "fold"))


def replay(log: EventLog, naming: Naming) -> Ledger:
    """Copies the facts, offset by offset, to a log in memory and runs assign and fold over them."""
    relax_collector()
    partitions = log.topics()[naming.of(FACTS)].partitions
    with SqliteLog(MEMORY) as own:
        create_topics(own, naming, partitions)
        for partition, end in log.end_offsets(naming.of(FACTS)).items():
            own.append([_copy(record) for record in read_partition(log, naming.of(FACTS), partition, 0, end)])
        tables = SqliteTables(Path(MEMORY))
        Pipeline(own, tables, naming, stages=FOLDING).run_until_idle()
        tables.close()
        return read_ledger(own, naming)


def differences(run: Ledger, calm: Ledger) -> Iterator[str]:
    """Where a run and its replay are not the same, byte for byte; repeats do not count."""
    yield from _unlike("newest state of story", _newest(run), _newest(calm))
    yield from _unlike("update", _updates(run), _updates(calm))
    yield from _unlike("events of story", _events(run), _events(calm))
    yield from _unlike("facts refused as", _refused(run), _refused(calm))
    for event_id in sorted(_unanswered(run) - _unanswered(calm)):
        yield f"facts {event_id} led to nothing"


def _copy(record: Record) -> Entry:
    return Entry(record.topic, record.key, record.value, record.headers, record.partition)


def _unlike(what: str, run: Mapping[str, object], calm: Mapping[str, object]) -> Iterator[str]:
    for name in sorted(run.keys() | calm.keys()):
        if run.get(name) != calm.get(name):
            where = "differs" if name in run and name in calm else "is missing" if name in calm else "is too many"
            yield f"{what} {name} {where}"


def _newest(ledger: Ledger) -> Mapping[str, object]:
    return {record.key.decode(): content(record) for record in ledger.of(LATEST)}


def _updates(ledger: Ledger) -> Mapping[str, object]:
    return {event_id: content(record) for event_id, record in ledger.once(UPDATES).items()}


def _events(ledger: Ledger) -> Mapping[str, object]:
    refused = {header(record, "ce_cause") for record in quarantined(ledger, "fold")}
    found: dict[str, list[object]] = defaultdict(list)
    for event_id, record in ledger.once(LOG).items():
        if event_id not in refused:
            found[record.key.decode()].append(content(record))
    return dict(found)


def _refused(ledger: Ledger) -> Mapping[str, object]:
    return {identity(record): content(record) for record in quarantined(ledger, "assign")}


def _unanswered(ledger: Ledger) -> set[str]:
    answered = {header(record, "ce_cause") for record in (*ledger.of(LOG), *quarantined(ledger, "assign"))}
    return ledger.once(FACTS).keys() - answered
