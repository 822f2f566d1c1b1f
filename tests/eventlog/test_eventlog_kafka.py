"""The log on a real Apache Kafka: what holds for every log, and what is special about this one."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import uuid4

import pytest
from contract import LogContract
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource
from kafka_logs import admin, new_topic, numbered, opened, until

from eventlog.base import Entry, TopicConfig
from eventlog.cluster import Cluster, Security
from eventlog.events import read_all
from eventlog.kafka import KafkaLog
from eventlog.kafka_reader import close
from schemas.errors import Fatal, RecordTooLarge, UsageError

pytestmark = pytest.mark.kafka
ROOT = Path(__file__).parents[2]


class TestKafkaLog(LogContract):
    @pytest.fixture
    def open_log(self, kafka: str) -> Callable[[], KafkaLog]:
        return lambda: KafkaLog(Cluster((kafka,)))


@pytest.fixture
def log(kafka: str) -> Iterator[KafkaLog]:
    with opened(kafka) as log:
        yield log


def test_a_reader_that_the_garbage_collector_ends_in_its_own_thread_is_closed(kafka: str) -> None:
    consumer = KafkaConsumer(bootstrap_servers=kafka)
    consumer._net.run(lambda: close(consumer))
    until(30, lambda: consumer._net._closed)


# where offsets have gaps


def test_reading_goes_on_behind_records_that_compaction_took(kafka: str, log: KafkaLog) -> None:
    topic = new_topic(log, "compact")
    eager = {"segment.ms": "50", "min.cleanable.dirty.ratio": "0.0", "max.compaction.lag.ms": "50"}
    with admin(kafka) as client:
        client.alter_configs([ConfigResource("TOPIC", topic, eager)])
    log.append([Entry(topic, b"k%d" % (n % 3), b"%d" % n, (), 0) for n in range(10)])

    def compacted() -> bool:
        log.append([Entry(topic, b"news", b"", (), 0)])  # the cleaner leaves the newest segment alone
        return log.read(topic, 0, 0, 1)[0].offset == 7

    until(90, compacted)
    assert [(r.offset, r.value) for r in log.read(topic, 0, 0, 3)] == [(7, b"7"), (8, b"8"), (9, b"9")]
    assert [record.offset for record in log.read(topic, 0, 2, 1)] == [7]
    assert [record.offset for record in log.read(topic, 0, 8, 1)] == [8]
    assert [record.value for record in log.read(topic, 0, 0, 100, key=b"k1")] == [b"7"]
    assert [record.offset for record in islice(read_all(log, topic, batch=1), 3)] == [7, 8, 9]
    assert [record.offset for record in islice(log.follow(topic, {0: 3}, wait=0), 3)] == [7, 8, 9]


def test_what_was_deleted_is_passed_over(kafka: str, log: KafkaLog) -> None:
    topic = new_topic(log)
    log.append(numbered(topic, range(20)))
    with admin(kafka) as client:
        client.delete_records({TopicPartition(topic, 0): 15})
        assert [record.offset for record in log.read(topic, 0, 3, 2)] == [15, 16]
        assert [record.offset for record in log.follow(topic, {}, wait=0)] == [15, 16, 17, 18, 19]
        assert log.offset_at(topic, 0, datetime(2020, 1, 1, tzinfo=UTC)) == 15
        client.delete_records({TopicPartition(topic, 0): 20})
    with opened(kafka) as other:
        assert list(other.read(topic, 0, 3, 10)) == []
        assert list(other.follow(topic, {}, wait=0.1)) == []
        assert other.offset_at(topic, 0, datetime(2020, 1, 1, tzinfo=UTC)) == 20


def test_offsets_that_transactions_use_up_are_passed_over(kafka: str, log: KafkaLog) -> None:
    topic = new_topic(log)
    producer = KafkaProducer(bootstrap_servers=kafka, transactional_id=topic)
    producer.init_transactions()
    for value in (b"a", b"b"):
        producer.begin_transaction()
        producer.send(topic, value, partition=0)
        producer.commit_transaction()
    producer.close()
    assert log.end_offsets(topic) == {0: 4}
    assert [(record.offset, record.value) for record in log.read(topic, 0, 0, 10)] == [(0, b"a"), (2, b"b")]
    assert [record.offset for record in log.read(topic, 0, 1, 10)] == [2]
    assert list(log.read(topic, 0, 3, 10)) == []
    assert [record.value for record in read_all(log, topic, batch=1)] == [b"a", b"b"]
    assert [record.value for record in log.follow(topic, {}, wait=0.2)] == [b"a", b"b"]


def test_following_from_beyond_the_end_waits_for_that_offset(log: KafkaLog) -> None:
    topic = new_topic(log)
    log.append(numbered(topic, range(3)))
    appender = threading.Timer(0.5, lambda: log.append(numbered(topic, range(3, 9))))
    appender.start()
    assert [record.offset for record in islice(log.follow(topic, {0: 5}, wait=30), 2)] == [5, 6]
    appender.join()


# reading


def test_readers_may_jump_about_and_take_turns(log: KafkaLog) -> None:
    topic = new_topic(log, partitions=3)
    log.append([Entry(topic, b"k", b"%d" % n, (), n % 3) for n in range(900)])
    positions = dict.fromkeys(range(3), 0)
    for limit in (1, 7, 50, 3, 100, 200, 500):
        for partition, position in positions.items():
            found = log.read(topic, partition, position, limit)
            assert [record.offset for record in found] == list(range(position, min(300, position + limit)))
            positions[partition] = min(300, position + limit)
    for partition, offset in ((2, 299), (0, 0), (0, 150), (0, 149), (1, 3), (2, 0)):
        assert log.read(topic, partition, offset, 1)[0].offset == offset
    assert len(list(read_all(log, topic))) == len(list(read_all(log, topic, batch=1))) == 900


def test_one_key_is_found_in_a_long_partition(log: KafkaLog) -> None:
    topic = new_topic(log)
    for begin in range(0, 6_000, 1_000):
        log.append(numbered(topic, range(begin, begin + 1_000), size=500))
    log.append(numbered(topic, range(6_000, 6_002), key=b"rare"))
    log.append(numbered(topic, range(6_002, 6_100)))
    assert [record.offset for record in log.read(topic, 0, 0, 1, key=b"rare")] == [6_000]
    assert [record.offset for record in log.read(topic, 0, 6_001, 5, key=b"rare")] == [6_001]
    assert list(log.read(topic, 0, 6_002, 5, key=b"rare")) == []


def test_large_records_come_a_few_at_a_time(log: KafkaLog) -> None:
    topic = new_topic(log)
    for n in range(6):
        log.append(numbered(topic, range(n, n + 1), size=9 * 2**20))
    few = log.read(topic, 0, 0, 100)
    assert 1 <= len(few) < 6
    assert [record.value[:1] for record in read_all(log, topic)] == [b"%d" % n for n in range(6)]


def test_what_other_programs_leave_out_is_empty(kafka: str, log: KafkaLog) -> None:
    topic = new_topic(log)
    producer = KafkaProducer(bootstrap_servers=kafka)
    producer.send(topic, key=b"gone", partition=0).get(30)
    producer.send(topic, value=b"no key", partition=0).get(30)
    producer.close()
    gone, keyless = log.read(topic, 0, 0, 10)
    assert (gone.key, gone.value, gone.headers) == (b"gone", b"", ())
    assert (keyless.key, keyless.value) == (b"", b"no key")


def test_other_programs_read_what_we_wrote(kafka: str, log: KafkaLog) -> None:
    topic = new_topic(log)
    log.append([Entry(topic, b"", b"", (("ce_id", b"1"), ("none", b"")), 0)])
    consumer = KafkaConsumer(topic, bootstrap_servers=kafka, auto_offset_reset="earliest")
    record = next(consumer)
    consumer.close()
    assert (record.key, record.value, list(record.headers)) == (b"", b"", [("ce_id", b"1"), ("none", b"")])


# appending


def test_many_appends_of_many_threads_keep_their_order(log: KafkaLog) -> None:
    topic = new_topic(log)

    def work(name: int) -> None:
        for begin in range(0, 1_000, 100):
            places = log.append(numbered(topic, range(begin, begin + 100), key=b"%d" % name, size=200))
            assert [place.offset for place in places] == sorted(place.offset for place in places)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    for name in range(4):
        own = list(read_all(log, topic, key=b"%d" % name))
        mine = [record for record in own if record.key == b"%d" % name]
        assert [record.value.rstrip(b"\0") for record in mine] == [b"%d" % n for n in range(1_000)]


def test_the_largest_record_that_we_allow_fits_the_topic(log: KafkaLog) -> None:
    topic = new_topic(log)
    headers = tuple((f"h{n}", bytes(7)) for n in range(1_000))
    entry = Entry(topic, b"k", b"", headers, 0)
    entry = entry._replace(value=bytes(10 * 2**20 - entry.size))
    assert entry.size == 10 * 2**20
    log.append([entry])
    (record,) = log.read(topic, 0, 0, 1)
    assert (record.value, record.headers) == (entry.value, headers)
    with pytest.raises(RecordTooLarge, match="the limit is 10,485,760"):
        log.append([entry._replace(key=b"kk")])


def test_a_broker_that_allows_less_refuses_with_a_sentence(kafka: str, log: KafkaLog) -> None:
    with opened(kafka, record_limit=1_000) as small:
        topic = new_topic(small)
    incompressible = b"".join(uuid4().bytes for _ in range(2**17))
    with pytest.raises(RecordTooLarge, match=f"{topic}.*'big'.*2,097,155 bytes.*topic is 1,049,576"):
        log.append([*numbered(topic, range(1)), Entry(topic, b"big", incompressible, (), 0)])
    log.append(numbered(topic, range(1, 3)))
    assert [record.value for record in log.read(topic, 0, 0, 10)] == [b"0", b"1", b"2"]


# topics


def test_topics_carry_their_settings_on_the_broker(kafka: str) -> None:
    wanted = {
        "keep": {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"},
        "compact": {"cleanup.policy": "compact"},
        "time": {"cleanup.policy": "delete", "retention.ms": str(36 * 3_600_000), "retention.bytes": "-1"},
    }
    all_have = {"max.message.bytes": str(11 * 2**20), "min.insync.replicas": "1"}
    with KafkaLog(Cluster((kafka,), retention=timedelta(hours=36))) as log, admin(kafka) as client:
        names = {new_topic(log, cleanup): (cleanup, more) for cleanup, more in wanted.items()}
        found = client.describe_configs([ConfigResource("TOPIC", name) for name in names], config_filter="all")
        listed = log.topics()
    for name, (cleanup, more) in names.items():
        values = {setting: given["value"] for setting, given in found["topic"][name].items()}
        assert values | all_have | more == values
        assert values["message.timestamp.type"] == "LogAppendTime"
        assert listed[name] == TopicConfig(1, cleanup)


def test_kafkas_own_topics_are_not_listed(log: KafkaLog) -> None:
    topic = new_topic(log)
    log.commit(topic, topic, {0: 0})
    assert not [name for name in log.topics() if name.startswith("__")]


def test_several_may_create_a_topic_at_once(kafka: str) -> None:
    name = f"test.race.{uuid4().hex[:12]}"

    def create(_: int) -> int:
        with opened(kafka) as log:
            log.create_topic(name, TopicConfig(2, "keep"))
            return len(log.append([Entry(name, b"k", b"", (), 1)]))

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(create, range(6))) == [1] * 6


def test_topics_that_cannot_be_made_are_refused(kafka: str, log: KafkaLog) -> None:
    with pytest.raises(UsageError, match="at least one partition"):
        log.create_topic("test.none", TopicConfig(0, "keep"))
    with pytest.raises(UsageError, match="no good name"):
        log.create_topic("no good name", TopicConfig(1, "keep"))
    with KafkaLog(Cluster((kafka,), replication=3)) as three, pytest.raises(UsageError, match="eplication"):
        new_topic(three)


# groups


def test_offsets_of_a_group_with_members_are_left_alone(kafka: str, log: KafkaLog) -> None:
    topic = new_topic(log)
    log.append(numbered(topic, range(3)))
    member = KafkaConsumer(topic, bootstrap_servers=kafka, group_id=topic, auto_offset_reset="earliest")
    until(30, lambda: bool(member.poll(1_000)))
    with pytest.raises(UsageError, match=f"group {topic} is in use"):
        log.commit(topic, topic, {0: 1})
    member.close()
    log.commit(topic, topic, {0: 1})
    assert log.committed(topic, topic) == {0: 1}


# opening and closing


def test_no_broker_is_said_in_one_sentence() -> None:
    with pytest.raises(
        UsageError, match=r'no Kafka broker answers at 127\.0\.0\.1:9; start one with "newsfold broker"'
    ):
        KafkaLog(Cluster(("127.0.0.1:9",)), patience=1)


def test_security_that_does_not_fit_is_said_in_one_sentence(kafka: str) -> None:
    with pytest.raises(UsageError, match=f"no Kafka broker answers at {kafka} by SASL_PLAINTEXT; start one"):
        KafkaLog(Cluster((kafka,), Security("SASL_PLAINTEXT", "PLAIN", "desk", "secret")), patience=1)
    with pytest.raises(UsageError, match="there is no file absent-authorities"):
        KafkaLog(Cluster((kafka,), Security("SSL", cafile="absent-authorities")))


def test_closing_twice_is_harmless_and_then_it_is_closed(kafka: str) -> None:
    log = KafkaLog(Cluster((kafka,)))
    topic = new_topic(log)
    log.append(numbered(topic, range(2)))
    following = log.follow(topic, {}, wait=60)
    next(following), next(following)
    log.close()
    log.close()
    with pytest.raises(Fatal, match="closed"):
        next(following)
    for use in (lambda: log.append(numbered(topic, range(1))), lambda: log.read(topic, 0, 0, 1), log.topics):
        with pytest.raises(Fatal, match="closed"):
            use()


def test_nothing_is_said_on_stderr_and_nothing_is_left_open(kafka: str) -> None:
    program = """
import sys, threading
from eventlog.base import Entry, TopicConfig
from eventlog.cluster import Cluster, Security
from eventlog.kafka import KafkaLog
with KafkaLog(Cluster((sys.argv[1],))) as log:
    log.create_topic(sys.argv[2], TopicConfig(1, "keep"))
    log.append([Entry(sys.argv[2], b"k", b"v", ())])
    print(len(list(log.follow(sys.argv[2], {}, wait=0.1))))
    log.commit(sys.argv[2], sys.argv[2], {0: 1})
print([thread.name for thread in threading.enumerate() if thread.is_alive()])
"""
    command = [sys.executable, "-X", "dev", "-W", "ignore::DeprecationWarning", "-c", program, kafka]
    command.append(f"test.quiet.{uuid4().hex[:8]}")
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": "."}, check=False)
    assert (done.stdout.splitlines(), done.stderr) == (["1", "['MainThread']"], "")
