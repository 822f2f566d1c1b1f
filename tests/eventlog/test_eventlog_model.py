"""The embedded log does what a few lists and dictionaries would do, whatever is done in whatever order."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from eventlog.base import Entry, Record, TopicConfig
from eventlog.events import read_all
from eventlog.sqlite import SqliteLog

PARTITIONS = 2
TOPICS = {"kept": "keep", "newest": "compact", "aged": "time"}
topics = st.sampled_from(sorted(TOPICS))
partitions = st.integers(0, PARTITIONS - 1)
keys = st.sampled_from([b"", b"a", b"b", b"\xff\x00"])
headers = st.lists(st.tuples(st.text(max_size=3), st.binary(max_size=3)), max_size=3).map(tuple)
batches = st.lists(st.tuples(topics, keys, st.binary(max_size=5), headers, partitions), max_size=8)


class Model(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.folder = TemporaryDirectory()
        self.seconds = 0
        self.records: dict[tuple[str, int], list[Record]] = {(t, p): [] for t in TOPICS for p in range(PARTITIONS)}
        self.ends = dict.fromkeys(self.records, 0)
        self.commits: dict[tuple[str, str], dict[int, int]] = {}
        self.log = self.open()
        for topic, cleanup in TOPICS.items():
            self.log.create_topic(topic, TopicConfig(PARTITIONS, cleanup))

    def open(self) -> SqliteLog:
        return SqliteLog(Path(self.folder.name) / "log.db", clock=lambda: self.seconds)

    def teardown(self) -> None:
        self.log.close()
        self.folder.cleanup()

    @rule(batch=batches, later=st.integers(0, 3))
    def append(self, batch: list[tuple], later: int) -> None:
        self.seconds += later
        places = self.log.append([Entry(*parts) for parts in batch])
        for (topic, key, value, heads, partition), place in zip(batch, places, strict=True):
            home = (topic, partition)
            assert place == (topic, partition, self.ends[home])
            self.records[home].append(Record(*place, key, value, heads, self.seconds * 1000))
            self.ends[home] += 1

    @rule()
    def reopen(self) -> None:
        self.log.close()
        self.log = self.open()

    @rule()
    def compact(self) -> None:
        self.log.compact("newest")
        for partition in range(PARTITIONS):
            newest = {record.key: record for record in self.records["newest", partition]}
            self.records["newest", partition] = sorted(newest.values())

    @rule(age=st.integers(0, 6))
    def expire(self, age: int) -> None:
        before = self.seconds - age
        self.log.expire("aged", datetime.fromtimestamp(max(before, 0), UTC))
        for partition in range(PARTITIONS):
            kept = [record for record in self.records["aged", partition] if record.timestamp >= max(before, 0) * 1000]
            self.records["aged", partition] = kept

    @rule(group=st.sampled_from("xy"), topic=topics, offsets=st.dictionaries(partitions, st.integers(0, 9)))
    def commit(self, group: str, topic: str, offsets: dict[int, int]) -> None:
        self.log.commit(group, topic, offsets)
        self.commits.setdefault((group, topic), {}).update(offsets)

    @rule(topic=topics, partition=partitions, offset=st.integers(0, 20), limit=st.integers(1, 20))
    def read(self, topic: str, partition: int, offset: int, limit: int) -> None:
        expected = [record for record in self.records[topic, partition] if record.offset >= offset]
        assert list(self.log.read(topic, partition, offset, limit)) == expected[:limit]

    @rule(topic=topics, partition=partitions, offset=st.integers(0, 20), key=keys)
    def read_key(self, topic: str, partition: int, offset: int, key: bytes) -> None:
        expected = [r for r in self.records[topic, partition] if r.offset >= offset and r.key == key]
        assert list(self.log.read(topic, partition, offset, 100, key=key)) == expected

    @rule(topic=topics, partition=partitions, second=st.integers(0, 30))
    def find_by_time(self, topic: str, partition: int, second: int) -> None:
        later = [r.offset for r in self.records[topic, partition] if r.timestamp >= second * 1000]
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
        assert self.log.offset_at(topic, partition, moment) == min(later, default=self.ends[topic, partition])

    @rule(topic=topics, offsets=st.dictionaries(partitions, st.integers(0, 20)))
    def follow(self, topic: str, offsets: dict[int, int]) -> None:
        expected = [r for p in range(PARTITIONS) for r in self.records[topic, p] if r.offset >= offsets.get(p, 0)]
        assert sorted(self.log.follow(topic, offsets, wait=0)) == sorted(expected)

    @precondition(lambda self: hasattr(self, "log"))
    @invariant()
    def same(self) -> None:
        for topic in TOPICS:
            homes = [(topic, partition) for partition in range(PARTITIONS)]
            assert list(read_all(self.log, topic, batch=3)) == [r for home in homes for r in self.records[home]]
            assert self.log.end_offsets(topic) == {partition: self.ends[topic, partition] for _, partition in homes}
        for (group, topic), offsets in self.commits.items():
            assert self.log.committed(group, topic) == offsets


TestModel = Model.TestCase
TestModel.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
