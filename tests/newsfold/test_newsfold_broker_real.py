"""A real broker: what it holds through kill -9 and restarts, and `newsfold broker` as a person uses it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from kafka_brokers import OwnBrokers

from eventlog.base import RECORD_LIMIT, Entry, TopicConfig
from eventlog.cluster import Cluster
from eventlog.kafka import KafkaLog
from newsfold.broker import Broker, answers, free_port
from newsfold.broker.owner import owner
from newsfold.broker.process import DATA
from newsfold.broker.ways import with_java
from schemas.errors import Fatal, UsageError

PATIENCE = 120.0
"""Seconds after which a process is taken to hang, on however slow a machine."""
TOPIC = "broker.news"


def write(address: str, *values: bytes) -> None:
    with KafkaLog(Cluster((address,))) as log:
        log.create_topic(TOPIC, TopicConfig(1, "keep"))
        log.append([Entry(TOPIC, b"key", value, ()) for value in values])


def read(address: str) -> list[bytes]:
    with KafkaLog(Cluster((address,))) as log:
        return [record.value for record in log.read(TOPIC, 0, 0, 100)]


def test_what_was_acknowledged_outlives_kill_9(own_broker: OwnBrokers) -> None:
    first = own_broker()
    largest = os.urandom(RECORD_LIMIT - len(b"key"))
    write(first.address, b"one", largest)
    first.kill()
    assert not first.running
    assert not answers(first.address)
    second = own_broker(again=first)
    assert second.address == first.address
    assert second.pid != first.pid
    assert read(second.address) == [b"one", largest]


def test_a_folder_has_one_broker(own_broker: OwnBrokers) -> None:
    first = own_broker()
    with pytest.raises(UsageError, match=rf"runs in .* already \(process {first.pid}\)"):
        Broker.start(first.folder, free_port(), way=with_java)
    assert answers(first.address)


def test_a_broker_that_cannot_run_says_why(own_broker: OwnBrokers) -> None:
    first = own_broker()
    first.stop()
    (first.folder / DATA / "meta.properties").write_text("version=9\n", encoding="ascii")
    with pytest.raises(Fatal, match=r"ended before it answered; .*broker\.log says: .* ERROR .*meta\.properties"):
        own_broker(again=first)


def start(home: Path, port: int) -> "subprocess.Popen[str]":
    line = [sys.executable, "-W", "error", "-m", "newsfold", "broker", "--home", str(home), "--port", str(port)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def first_answer(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if "answers" in line:
            return line
    assert process.stderr is not None
    raise AssertionError(process.stderr.read())


def test_the_command_from_start_to_end(own_brokers_folder: Path) -> None:
    home, port = own_brokers_folder / "home", free_port()
    address = f"127.0.0.1:{port}"
    first = start(home, port)
    assert first_answer(first) == (
        f"Apache Kafka answers on {address}, its data are in {home / 'kafka'}; Ctrl-C ends it\n"
    )
    write(address, b"one")

    second = start(home, port)
    said = second.communicate(timeout=PATIENCE)
    assert (second.returncode, *said) == (0, f"Apache Kafka answers on {address} already; nothing was started\n", "")

    first.send_signal(signal.SIGINT)
    assert first.communicate(timeout=PATIENCE)[1] == ""
    assert first.returncode == 130
    assert owner(home / "kafka") is None
    assert "Kafka Server started" in (home / "kafka" / "broker.log").read_text(encoding="utf-8")

    third = start(home, port)
    first_answer(third)
    assert read(address) == [b"one"]
    third.send_signal(signal.SIGTERM)
    assert third.communicate(timeout=PATIENCE)[1] == ""
    assert third.returncode == 0
    assert owner(home / "kafka") is None


def test_the_command_ends_when_its_broker_does(own_brokers_folder: Path) -> None:
    home = own_brokers_folder / "ends"
    process = start(home, free_port())
    first_answer(process)
    broker = owner(home / "kafka")
    assert broker is not None
    os.kill(broker, signal.SIGKILL)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert err.startswith("newsfold: Apache Kafka has ended; ")
