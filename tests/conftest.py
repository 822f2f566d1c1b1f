"""What holds for all tests."""

from collections.abc import Iterator
from pathlib import Path

import kafka_brokers
import pytest
from hypothesis import HealthCheck, settings

# A slow or crowded machine is no failure: what a test asserts is what its code does, never how fast.
settings.register_profile("newsfold", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newsfold")

NEED_KAFKA = {"kafka", "own_broker", "own_brokers_folder"}


def pytest_configure(config: pytest.Config) -> None:
    """Makes our markers known."""
    config.addinivalue_line("markers", "kafka: needs a real Kafka broker, which is started if need be")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that need a real broker, so that `-m "not kafka"` leaves them out."""
    for item in items:
        if isinstance(item, pytest.Function) and NEED_KAFKA.intersection(item.fixturenames):
            item.add_marker("kafka")


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`host:port` of a real Kafka broker that all tests share: take topic names of your own, and never stop it."""
    with kafka_brokers.shared(kafka_brokers.run_folder(tmp_path_factory)) as address:
        yield address


@pytest.fixture(scope="session")
def own_brokers_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where brokers that tests may kill live."""
    with kafka_brokers.own(kafka_brokers.run_folder(tmp_path_factory)) as folder:
        yield folder


@pytest.fixture
def own_broker(own_brokers_folder: Path) -> Iterator[kafka_brokers.OwnBrokers]:
    """Makes brokers of the test's own: `own_broker()` gives a `newsfold.broker.Broker` that answers and may be killed;
    `own_broker(again=broker)` starts one on the folder and the port of one that was."""
    brokers = kafka_brokers.OwnBrokers(own_brokers_folder)
    yield brokers
    brokers.end()
