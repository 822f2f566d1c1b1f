"""Records that nobody should have written, in the middle of every topic that a stage reads."""

from collections.abc import Iterator

import pytest
from kafka import KafkaProducer
from kafka_run import Run, reasons

from eventlog.base import Entry, Record
from eventlog.events import read_all
from samples.stream import stream
from schemas.cloudevents import Headers
from schemas.topics import CLEAN, FACTS, LOG, RAW

STAGES = {"clean": RAW, "extract": CLEAN, "assign": FACTS, "fold": LOG}
GOOD = 40


@pytest.fixture
def poisoned(run: Run) -> Run:
    """Some good articles, then poison of every kind on every topic, then good articles again."""
    items = list(stream(2 * GOOD, seed=6))
    run.publish(items[:GOOD])
    run.workers.add("w")
    run.until_idle()
    for topic in STAGES.values():
        model = next(iter(read_all(run.log, run.naming.of(topic))))
        run.append(*poison(model))
        append_null(run, model)
    run.publish(items[GOOD:])
    run.until_idle()
    return run


def test_poison_is_put_aside_and_the_rest_goes_on(poisoned: Run):
    told = reasons(one for one in poisoned.quarantine() if b"poison" in one.value + dict(one.headers)["ce_cause"])
    for stage in STAGES:
        mine = [reason for own, reason in told if own == stage]
        assert len(mine) == 4, told
        assert any("no CloudEvent" in reason for reason in mine)
        assert any("unknown type" in reason for reason in mine)
        assert all(mine)
    assert poisoned.check().violations == []
    assert len(poisoned.ledger().once(RAW)) == 2 * GOOD + 4
    assert poisoned.workers.exits == 0


def poison(model: Record) -> Iterator[Entry]:
    """No CloudEvent, a type that nobody knows, a payload that breaks off; each on the partition of the model."""
    yield entry(model, b"poison and no event", ())
    yield entry(model, b"{}", with_headers(model, "unknown", ce_type="example.thing.happened.v1"))
    if model.topic.endswith(RAW.name):  # its value is no JSON, so its attributes are broken instead
        yield entry(model, b"poison", with_headers(model, "broken", ce_xarticleid=None))
    else:
        yield entry(model, model.value[: len(model.value) // 2], with_headers(model, "broken"))


def with_headers(model: Record, name: str, **changed: str | None) -> Headers:
    """The headers of the model, but for an id of its own and what is to be changed; `None` takes a header out."""
    mine = {"ce_id": f"poison-{name}-{model.topic}", "ce_cause": "poison", **changed}
    kept = [(own, value) for own, value in model.headers if own not in mine]
    return (*kept, *((own, value.encode()) for own, value in mine.items() if value is not None))


def entry(model: Record, value: bytes, headers: Headers) -> Entry:
    return Entry(model.topic, model.key, value, headers, model.partition)


def append_null(run: Run, model: Record) -> None:
    """A null is no empty value: only a client of Kafka's own can write it."""
    producer = KafkaProducer(bootstrap_servers=run.address, acks="all")
    headers = list(with_headers(model, "null"))
    producer.send(model.topic, None, model.key, headers, model.partition).get(30)
    producer.close()
