"""Topics and records for tests on Kafka."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from kafka import KafkaAdminClient

from eventlog.base import Entry, TopicConfig
from eventlog.cluster import Cluster
from eventlog.kafka import KafkaLog
from schemas.topics import Cleanup


@contextmanager
def opened(address: str, *, patience: float = 60, record_limit: int = 10 * 2**20) -> Iterator[KafkaLog]:
    with KafkaLog(Cluster((address,)), patience=patience, record_limit=record_limit) as log:
        yield log


@contextmanager
def admin(address: str) -> Iterator[KafkaAdminClient]:
    client = KafkaAdminClient(bootstrap_servers=address)
    try:
        yield client
    finally:
        client.close()


def new_topic(log: KafkaLog, cleanup: Cleanup = "keep", partitions: int = 1) -> str:
    name = f"test.kafka.{uuid4().hex[:12]}"
    log.create_topic(name, TopicConfig(partitions, cleanup))
    return name


def numbered(topic: str, numbers: range, key: bytes = b"k", size: int = 0) -> list[Entry]:
    return [Entry(topic, key, b"%d" % n + bytes(size), (), 0) for n in numbers]


def until(seconds: float, true: Callable[[], bool]) -> None:
    """Waits for another process."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not so within {seconds} s"
        time.sleep(0.1)
