"""Brokers that are killed, and that come back or do not."""

import threading
import time
from itertools import islice

import kafka_brokers
import pytest
from kafka_logs import new_topic, numbered, opened

from eventlog.events import read_all
from eventlog.kafka import KafkaLog
from schemas.errors import Retry

pytestmark = pytest.mark.kafka
BATCH = 20


def test_a_broker_that_is_killed_and_comes_back_costs_nothing(own_broker: kafka_brokers.OwnBrokers) -> None:
    broker = own_broker()
    with opened(broker.address, patience=120) as log:
        topic = new_topic(log)
        enough = threading.Event()
        sent: list[int] = []
        failures: list[BaseException] = []

        def append() -> None:
            try:
                while not enough.is_set():
                    log.append(numbered(topic, range(len(sent), len(sent) + BATCH), size=1_000))
                    sent.extend(range(len(sent), len(sent) + BATCH))
            except BaseException as error:
                failures.append(error)
                raise

        appender = threading.Thread(target=append)
        appender.start()
        follower = log.follow(topic, {}, wait=120)
        live = list(islice(follower, 5 * BATCH))
        broker.kill()
        own_broker(again=broker)
        live += islice(follower, 20 * BATCH)
        enough.set()
        appender.join(120)
        assert not failures
        live += islice(follower, len(sent) - len(live))
        follower.close()
        stored = list(read_all(log, topic))
        log.commit("readers", topic, {0: 7})
        assert log.committed("readers", topic) == {0: 7}
    assert [int(record.value.rstrip(b"\0")) for record in stored] == sent
    assert live == stored


def test_what_was_given_up_is_not_sent_later(own_broker: kafka_brokers.OwnBrokers) -> None:
    broker = own_broker()
    with opened(broker.address, patience=2) as log:
        topic = new_topic(log)
        log.append(numbered(topic, range(3)))
        broker.kill()
        assert_retry(log, topic)
        own_broker(again=broker)
        with opened(broker.address) as other:
            other.append(numbered(topic, range(6, 9)))
        assert log.append(numbered(topic, range(9, 10)))[0].offset == 6
        assert [record.value for record in log.read(topic, 0, 0, 100)] == [b"0", b"1", b"2", b"6", b"7", b"8", b"9"]


def assert_retry(log: KafkaLog, topic: str) -> None:
    begin = time.monotonic()
    with pytest.raises(Retry, match=r"^Kafka at 127.0.0.1:\d+ did not take 3 records within 2 seconds(: .+)?$"):
        log.append(numbered(topic, range(3, 6)))
    assert time.monotonic() - begin < 30
    with pytest.raises(Retry, match="within 2 seconds"):
        log.end_offsets(topic)
    with pytest.raises(Retry, match="within 2 seconds"):
        log.topics()
