"""A client that no broker answers leaves no thread and no file open: who tries again must be able to do so for days."""

import gc
import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, errors

from eventlog.cluster import Cluster
from eventlog.kafka_opening import opened


def held() -> tuple[int, set[threading.Thread]]:
    """How many files are open, and the threads that run."""
    return len(list(Path("/proc/self/fd").iterdir())), set(threading.enumerate())


@pytest.mark.parametrize("listens", [True, False], ids=["no answer", "refused"])
@pytest.mark.parametrize("kind", [KafkaAdminClient, KafkaConsumer, KafkaProducer])
def test_a_client_that_cannot_be_opened_leaves_nothing_behind(kind: Any, listens: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        if not listens:
            silent.close()
        gc.collect()
        files, threads = held()
        with pytest.raises(errors.KafkaTimeoutError):
            opened(kind, Cluster((f"127.0.0.1:{port}",)), bootstrap_timeout_ms=300)
        left, running = held()
        assert left <= files
        assert running <= threads
