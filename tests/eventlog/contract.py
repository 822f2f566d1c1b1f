"""What every log must do. An implementation's test subclasses `LogContract` and says how to open one.

It assumes nothing about when the log takes a record, how fast it is, or whether other topics are there.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from uuid import uuid4

import pytest

from eventlog.base import Entry, EventLog, Place, Record, TopicConfig
from eventlog.events import entry_of, event_of, read_all
from eventlog.partition import partition_of
from schemas.articles import Gone
from schemas.errors import Fatal, RecordTooLarge, UsageError
from schemas.events import Event

OpenLog = Callable[[], EventLog]


class LogContract:
    """Subclass it as `Test...` with a fixture `open_log` that gives a function: each call opens the same log anew."""

    patience: float = 0
    """Seconds that `follow` is given to see what is there."""

    @pytest.fixture
    def log(self, open_log: OpenLog) -> Iterator[EventLog]:
        with closing(open_log()) as log:
            yield log

    @pytest.fixture
    def topic(self, log: EventLog) -> str:
        return made_topic(log, 3)

    def all_of(self, log: EventLog, topic: str, offsets: dict[int, int] | None = None) -> list[Record]:
        return list(log.follow(topic, offsets or {}, wait=self.patience))

    # topics

    def test_a_new_topic_is_listed_with_its_config(self, log: EventLog) -> None:
        name = unique("listed")
        log.create_topic(name, TopicConfig(4, "compact"))
        assert log.topics()[name] == TopicConfig(4, "compact")
        assert log.end_offsets(name) == {0: 0, 1: 0, 2: 0, 3: 0}

    def test_creating_a_topic_again_keeps_its_records(self, log: EventLog, topic: str) -> None:
        log.append([entry(topic, 0, b"kept")])
        log.create_topic(topic, TopicConfig(3, "keep"))
        assert values(log.read(topic, 0, 0, 10)) == [b"kept"]

    def test_another_partition_count_is_fatal(self, log: EventLog, topic: str) -> None:
        with pytest.raises(Fatal, match=f"{topic}.* 3 .* 5 "):
            log.create_topic(topic, TopicConfig(5, "keep"))

    def test_a_topic_made_by_one_client_is_known_to_another(self, log: EventLog, open_log: OpenLog) -> None:
        with closing(open_log()) as other:
            name = made_topic(other, 2)
        log.append([entry(name, 1, b"x")])
        assert log.end_offsets(name) == {0: 0, 1: 1}

    @pytest.mark.parametrize(
        "use",
        [
            lambda log, topic: log.append([entry(topic, 0, b"")]),
            lambda log, topic: log.read(topic, 0, 0, 1),
            lambda log, topic: list(log.follow(topic, {}, wait=0)),
            lambda log, topic: log.offset_at(topic, 0, datetime(2025, 1, 1, tzinfo=UTC)),
            lambda log, topic: log.end_offsets(topic),
            lambda log, topic: log.commit("group", topic, {0: 1}),
            lambda log, topic: log.committed("group", topic),
        ],
        ids=["append", "read", "follow", "offset_at", "end_offsets", "commit", "committed"],
    )
    def test_an_unknown_topic_is_named_in_the_error(self, log: EventLog, use: Callable[..., object]) -> None:
        unknown = unique("unknown")
        with pytest.raises(UsageError, match=unknown):
            use(log, unknown)

    # append and read

    def test_a_record_comes_back_as_it_was_given(self, log: EventLog, topic: str) -> None:
        headers = (
            ("ce_id", "Ωµ".encode()),
            ("twice", b"1"),
            ("twice", b"2"),
            ("raw", bytes(range(256))),
            ("none", b""),
        )
        log.append([Entry(topic, b"\x00\xff key", bytes(range(256)), headers, 2)])
        (record,) = log.read(topic, 2, 0, 10)
        assert record[:6] == (topic, 2, 0, b"\x00\xff key", bytes(range(256)), headers)
        assert record.timestamp > 0

    def test_empty_key_value_and_headers_are_kept(self, log: EventLog, topic: str) -> None:
        log.append([Entry(topic, b"", b"", (), 0)])
        (record,) = log.read(topic, 0, 0, 10)
        assert (record.key, record.value, record.headers) == (b"", b"", ())

    def test_offsets_count_from_0_in_each_partition(self, log: EventLog, topic: str) -> None:
        places = log.append([entry(topic, partition, b"") for partition in (0, 1, 0, 2, 0, 1)])
        assert [(place.partition, place.offset) for place in places] == [(0, 0), (1, 0), (0, 1), (2, 0), (0, 2), (1, 1)]
        assert log.append([entry(topic, 0, b"")]) in ([Place(topic, 0, 3)], (Place(topic, 0, 3),))
        assert log.end_offsets(topic) == {0: 4, 1: 2, 2: 1}

    def test_one_append_may_go_to_several_topics(self, log: EventLog, topic: str) -> None:
        other = made_topic(log, 1)
        places = log.append([entry(topic, 0, b"a"), entry(other, 0, b"b"), entry(topic, 0, b"c")])
        assert list(places) == [Place(topic, 0, 0), Place(other, 0, 0), Place(topic, 0, 1)]
        assert values(log.read(topic, 0, 0, 10)) == [b"a", b"c"]
        assert values(log.read(other, 0, 0, 10)) == [b"b"]

    def test_appending_nothing_does_nothing(self, log: EventLog, topic: str) -> None:
        assert list(log.append([])) == []
        assert set(log.end_offsets(topic).values()) == {0}

    def test_the_key_decides_the_partition_as_in_kafka(self, log: EventLog, topic: str) -> None:
        keys = [f"outlet-{n}.example".encode() for n in range(40)]
        places = log.append([Entry(topic, key, key, ()) for key in keys])
        assert [place.partition for place in places] == [partition_of(key, 3) for key in keys]
        for partition in range(3):
            expected = [key for key in keys if partition_of(key, 3) == partition]
            assert values(log.read(topic, partition, 0, 100)) == expected

    def test_reading_starts_and_stops_where_it_is_told(self, log: EventLog, topic: str) -> None:
        log.append([entry(topic, 1, b"%d" % n) for n in range(10)])
        assert values(log.read(topic, 1, 4, 3)) == [b"4", b"5", b"6"]
        assert values(log.read(topic, 1, 8, 100)) == [b"8", b"9"]
        assert list(log.read(topic, 1, 10, 100)) == []
        assert list(log.read(topic, 0, 0, 100)) == []

    def test_a_partition_that_is_not_there_is_refused(self, log: EventLog, topic: str) -> None:
        with pytest.raises(UsageError, match=topic):
            log.append([entry(topic, 3, b"")])

    def test_reading_one_key(self, log: EventLog, topic: str) -> None:
        log.append([Entry(topic, b"key%d" % (n % 3), b"%d" % n, (), 0) for n in range(12)])
        assert values(log.read(topic, 0, 0, 100, key=b"key1")) == [b"1", b"4", b"7", b"10"]
        assert values(log.read(topic, 0, 2, 2, key=b"key1")) == [b"4", b"7"]
        assert list(log.read(topic, 0, 0, 100, key=b"absent")) == []

    def test_many_records_keep_their_order(self, log: EventLog, topic: str) -> None:
        log.append([entry(topic, 2, b"%d" % n) for n in range(2_500)])
        assert values(self.all_of(log, topic)) == [b"%d" % n for n in range(2_500)]

    def test_another_client_reads_what_was_acknowledged(self, log: EventLog, topic: str, open_log: OpenLog) -> None:
        log.append([entry(topic, 0, b"said")])
        with closing(open_log()) as other:
            assert values(other.read(topic, 0, 0, 10)) == [b"said"]
            other.append([entry(topic, 0, b"answered")])
        assert values(log.read(topic, 0, 0, 10)) == [b"said", b"answered"]

    def test_a_large_record_passes_and_a_larger_one_is_refused_before_anything_is_written(
        self, log: EventLog, topic: str
    ) -> None:
        log.append([entry(topic, 0, bytes(9 * 2**20))])
        assert len(log.read(topic, 0, 0, 10)[0].value) == 9 * 2**20
        with pytest.raises(RecordTooLarge, match=rf"{topic}.*'big'.*\d"):
            log.append([entry(topic, 0, b"fits"), Entry(topic, b"big", bytes(11 * 2**20), (), 0)])
        assert log.end_offsets(topic)[0] == 1

    def test_two_threads_may_append_at_once(self, log: EventLog, topic: str) -> None:
        places: list[Place] = []

        def work(name: bytes) -> None:
            for n in range(20):
                places.extend(log.append([entry(topic, 0, b"%s%d" % (name, n))]))

        threads = [threading.Thread(target=work, args=(name,)) for name in (b"a", b"b")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(place.offset for place in places) == list(range(40))
        read = values(log.read(topic, 0, 0, 100))
        assert [value for value in read if value.startswith(b"a")] == [b"a%d" % n for n in range(20)]

    # follow

    def test_following_gives_all_partitions_each_in_order(self, log: EventLog, topic: str) -> None:
        log.append([entry(topic, n % 3, b"%d" % n) for n in range(30)])
        seen = self.all_of(log, topic)
        assert Counter(record.partition for record in seen) == {0: 10, 1: 10, 2: 10}
        for partition in range(3):
            own = [record for record in seen if record.partition == partition]
            assert [record.offset for record in own] == list(range(10))
            assert values(own) == [b"%d" % n for n in range(partition, 30, 3)]

    def test_following_starts_at_the_given_offsets(self, log: EventLog, topic: str) -> None:
        log.append([entry(topic, n % 3, b"") for n in range(30)])
        seen = self.all_of(log, topic, {0: 8, 2: 10})
        assert Counter(record.partition for record in seen) == {0: 2, 1: 10}

    def test_following_an_empty_topic_ends(self, log: EventLog, topic: str) -> None:
        assert self.all_of(log, topic) == []

    def test_following_sees_what_another_client_appends_meanwhile(
        self, log: EventLog, topic: str, open_log: OpenLog
    ) -> None:
        with closing(open_log()) as other:
            other.append([entry(topic, 0, b"0")])
            seen = []
            for record in islice(log.follow(topic, {}, wait=10), 50):
                seen.append(record)
                other.append([entry(topic, record.offset % 3, b"%d" % len(seen))])
        assert values(seen) == [b"%d" % n for n in range(50)]

    # offsets by time

    def test_offsets_by_time(self, log: EventLog, topic: str) -> None:
        for n in range(5):
            log.append([entry(topic, 0, b"%d" % n)])
        taken = [record.timestamp for record in log.read(topic, 0, 0, 10)]
        assert taken == sorted(taken)
        for timestamp in taken:
            assert log.offset_at(topic, 0, moment(timestamp)) == taken.index(timestamp)
        assert log.offset_at(topic, 0, moment(taken[0]) - timedelta(days=1)) == 0
        assert log.offset_at(topic, 0, moment(taken[-1]) + timedelta(days=1)) == 5
        assert log.offset_at(topic, 1, moment(taken[0])) == 0

    # groups

    def test_commits_are_kept_by_group_and_partition(self, log: EventLog, topic: str, open_log: OpenLog) -> None:
        group, other_group = unique("readers"), unique("others")
        assert log.committed(group, topic) == {}
        log.append([entry(topic, n % 3, b"") for n in range(9)])
        log.commit(group, topic, {0: 1, 2: 3})
        log.commit(group, topic, {0: 2})
        log.commit(other_group, topic, {1: 1})
        with closing(open_log()) as other:
            assert other.committed(group, topic) == {0: 2, 2: 3}
            assert other.committed(other_group, topic) == {1: 1}

    def test_a_commit_may_go_back(self, log: EventLog, topic: str) -> None:
        group = unique("replay")
        log.append([entry(topic, 0, b"") for _ in range(3)])
        log.commit(group, topic, {0: 3})
        log.commit(group, topic, {0: 0})
        assert log.committed(group, topic) == {0: 0}

    # events

    def test_an_event_goes_through_the_log(self, log: EventLog, topic: str) -> None:
        gone = Gone(article_id="a1", source="harbour.example", input_id="Årstal–7")
        event = Event(id="e1", key="harbour.example", subject="a1", data=gone, time=datetime(2025, 3, 14, tzinfo=UTC))
        log.append([entry_of(event, topic)])
        (record,) = read_all(log, topic)
        assert event_of(record) == event

    def test_read_all_gives_everything_in_small_batches(self, log: EventLog, topic: str) -> None:
        log.append([Entry(topic, b"k%d" % (n % 4), b"%d" % n, (), n % 3) for n in range(24)])
        expected = [b"%d" % n for partition in range(3) for n in range(partition, 24, 3)]
        assert values(list(read_all(log, topic, batch=2))) == expected

    def test_read_all_gives_one_key_in_order(self, log: EventLog, topic: str) -> None:
        log.append([Entry(topic, b"k%d" % (n % 4), b"%d" % n, ()) for n in range(24)])
        assert values(list(read_all(log, topic, batch=2, key=b"k1"))) == [b"%d" % n for n in range(1, 24, 4)]


_numbers = count()


def unique(name: str) -> str:
    """A name that no other test, and no earlier run on the same broker, has used."""
    return f"test.{name}.{next(_numbers)}.{uuid4().hex[:8]}"


def made_topic(log: EventLog, partitions: int) -> str:
    """The name of a new topic."""
    name = unique("topic")
    log.create_topic(name, TopicConfig(partitions, "keep"))
    return name


def entry(topic: str, partition: int, value: bytes) -> Entry:
    """An entry whose key does not matter."""
    return Entry(topic, b"key", value, (("ce_type", b"test"),), partition)


def values(records: Sequence[Record]) -> list[bytes]:
    """Their values, in order."""
    return [record.value for record in records]


def moment(timestamp: int) -> datetime:
    """The timestamp of a record as a point in time."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=timestamp)
