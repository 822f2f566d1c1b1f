"""What only the embedded log has: its file, its clock, its cleaning up."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eventlog.base import Entry, TopicConfig
from eventlog.events import read_all
from eventlog.sqlite import MEMORY, SqliteLog
from eventlog.sqlite_store import Store
from schemas.errors import Fatal, NewsfoldError, RecordTooLarge, Retry, UsageError

START = datetime(2025, 3, 14, 12, tzinfo=UTC)


class Clock:
    """Time goes on by a minute at each look, unless it is put elsewhere."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        self.now += timedelta(minutes=1)
        return self.now.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def log(clock: Clock) -> Iterator[SqliteLog]:
    with SqliteLog(MEMORY, clock=clock) as log:
        log.create_topic("latest", TopicConfig(2, "compact"))
        log.create_topic("facts", TopicConfig(1, "time"))
        log.create_topic("raw", TopicConfig(1, "keep"))
        yield log


def append(log: SqliteLog, topic: str, *pairs: tuple[bytes, bytes], partition: int = 0) -> None:
    for key, value in pairs:
        log.append([Entry(topic, key, value, (), partition)])


# the file


def refusal(path: Path) -> NewsfoldError:
    with pytest.raises(NewsfoldError) as caught:
        SqliteLog(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    path.write_bytes(b"Dear reader, this is a letter. " * 100)
    error = refusal(path)
    assert isinstance(error, Fatal)
    assert "is no SQLite database" in str(error)
    assert path.read_bytes() == b"Dear reader, this is a letter. " * 100


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipes (name)")
    other.close()
    error = refusal(path)
    assert isinstance(error, Fatal)
    assert "another program" in str(error)


def test_a_format_of_the_future_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    SqliteLog(path).close()
    later = sqlite3.connect(path)
    later.execute("PRAGMA user_version = 99")
    later.close()
    error = refusal(path)
    assert isinstance(error, Fatal)
    assert "format 99" in str(error)


def test_a_damaged_file_is_fatal(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog(path) as log:
        log.create_topic("raw", TopicConfig(1, "keep"))
        log.append([Entry("raw", b"k", bytes(200_000), (), 0)])
    with path.open("r+b") as file:
        file.truncate(20_000)
    with pytest.raises(Fatal, match=r"is damaged|cannot be used"):  # noqa: SIM117
        with SqliteLog(path) as log:
            list(read_all(log, "raw"))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert isinstance(refusal(tmp_path), UsageError)


def test_a_place_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert isinstance(refusal(tmp_path / "file" / "log.db"), UsageError)


def test_missing_folders_are_made(tmp_path: Path) -> None:
    SqliteLog(tmp_path / "a" / "b" / "log.db").close()
    assert (tmp_path / "a" / "b" / "log.db").exists()


def test_a_new_file_may_be_opened_by_many_at_the_same_moment(tmp_path: Path) -> None:
    def open_and_append(path: Path, barrier: threading.Barrier) -> None:
        barrier.wait()
        with SqliteLog(path) as log:
            log.create_topic("raw", TopicConfig(1, "keep"))
            log.append([Entry("raw", b"k", b"", ())])

    with ThreadPoolExecutor(4) as pool:
        for number in range(25):
            path, barrier = tmp_path / f"{number}.db", threading.Barrier(4)
            for done in [pool.submit(open_and_append, path, barrier) for _ in range(4)]:
                done.result()
            with SqliteLog(path) as log:
                assert log.end_offsets("raw") == {0: 4}


def test_a_closed_log_says_so(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "log.db")
    log.close()
    log.close()
    with pytest.raises(Fatal, match="closed"):
        log.topics()


@pytest.mark.parametrize(("durable", "level"), [(False, 1), (True, 2)])
def test_durable_waits_for_the_disk(tmp_path: Path, durable: bool, level: int) -> None:
    store = Store(tmp_path / "log.db", durable=durable)
    with store.reading() as db:
        assert db.execute("PRAGMA synchronous").fetchone() == (level,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()


def test_a_full_disk_is_fatal_and_the_log_goes_on_when_there_is_room(tmp_path: Path) -> None:
    store = Store(tmp_path / "log.db")
    insert = "INSERT INTO records VALUES (?, 0, x'', '', zeroblob(100000))"
    with store.reading() as db:
        db.execute("PRAGMA max_page_count = 20")
    with pytest.raises(Fatal, match="the disk is full"), store.writing() as db:
        db.execute(insert, (1,))
    with store.reading() as db:
        db.execute("PRAGMA max_page_count = 2000")
    with store.writing() as db:
        db.execute(insert, (1,))
        assert db.execute("SELECT count(*) FROM records").fetchone() == (1,)
    store.close()


def test_a_writer_that_holds_the_file_too_long_asks_for_another_try(tmp_path: Path) -> None:
    first, second = Store(tmp_path / "log.db"), Store(tmp_path / "log.db", busy_seconds=0.01)
    with first.writing(), pytest.raises(Retry, match="busy"), second.writing():
        pass
    with second.writing() as db:
        db.execute("DELETE FROM records")
    first.close()
    second.close()


def test_any_sqlite_tool_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog(path, clock=lambda: START.timestamp()) as log:
        log.create_topic("other", TopicConfig(3, "keep"))
        log.create_topic("raw", TopicConfig(2, "keep"))
        log.append([Entry("raw", "Ærø".encode(), b'{"title": "Ferry late"}', (("ce_type", b"t.v1"),), 1)])
    tool = sqlite3.connect(path)
    query = """SELECT topic, "partition", "offset", taken_at, "key", headers ->> '$.ce_type',
               CAST(value AS TEXT) ->> '$.title' FROM log WHERE topic = 'raw'"""
    assert tool.execute(query).fetchall() == [("raw", 1, 0, "2025-03-14T12:00:00.000Z", "Ærø", "t.v1", "Ferry late")]
    tool.close()


# limits


def test_the_size_limit_counts_key_value_and_headers() -> None:
    with SqliteLog(MEMORY, record_limit=100) as log:
        log.create_topic("raw", TopicConfig(1, "keep"))
        log.append([Entry("raw", b"k" * 10, b"v" * 80, (("name", b"h" * 6),))])
        with pytest.raises(RecordTooLarge) as caught:
            log.append([Entry("raw", b"k" * 10, b"v" * 81, (("name", b"h" * 6),))])
    expected = (
        "record for topic raw with key 'kkkkkkkkkk' has 101 bytes (key 10, value 81, headers 10); the limit is 100"
    )
    assert str(caught.value) == expected


def test_a_read_stops_early_rather_than_fill_the_memory(log: SqliteLog) -> None:
    for _ in range(5):
        append(log, "raw", (b"k", bytes(9 * 2**20)))
    assert len(log.read("raw", 0, 0, 100)) == 4
    assert [record.offset for record in read_all(log, "raw")] == [0, 1, 2, 3, 4]


def test_a_topic_without_partitions_is_refused(log: SqliteLog) -> None:
    with pytest.raises(UsageError, match="at least one partition"):
        log.create_topic("none", TopicConfig(0, "keep"))


def test_negative_places_do_not_reach_into_another_partition(log: SqliteLog) -> None:
    append(log, "latest", (b"a", b"other"), partition=0)
    append(log, "latest", (b"a", b"own"), partition=1)
    assert [record.value for record in log.read("latest", 1, -5, 10)] == [b"own"]
    assert list(log.read("latest", 1, 0, -1)) == []


# time


def test_offsets_by_time_to_the_millisecond(log: SqliteLog) -> None:
    append(log, "raw", *((b"k", b"") for _ in range(100)))
    for n in (0, 1, 57, 99):
        taken = START + timedelta(minutes=n + 1)
        assert log.offset_at("raw", 0, taken) == n
        assert log.offset_at("raw", 0, taken + timedelta(milliseconds=1)) == n + 1
    assert log.offset_at("raw", 0, START.replace(tzinfo=None) + timedelta(minutes=3)) == 2


def test_a_clock_that_is_put_back_does_not_upset_the_order_of_time(log: SqliteLog, clock: Clock) -> None:
    append(log, "raw", (b"k", b"0"), (b"k", b"1"))
    clock.now = START - timedelta(days=1)
    append(log, "raw", (b"k", b"2"))
    clock.now = START + timedelta(days=1)
    append(log, "raw", (b"k", b"3"))
    times = [record.timestamp for record in log.read("raw", 0, 0, 10)]
    assert times == sorted(times)
    assert log.offset_at("raw", 0, START + timedelta(hours=1)) == 3


def test_following_sleeps_longer_and_longer_and_gives_up_after_the_wait() -> None:
    naps: list[float] = []
    with SqliteLog(MEMORY, sleep=naps.append) as log:
        log.create_topic("raw", TopicConfig(1, "keep"))
        assert list(log.follow("raw", {}, wait=1.0)) == []
    assert sum(naps) == pytest.approx(1.0)
    assert naps[:3] == [0.002, 0.004, 0.008]
    assert max(naps) == 0.1


def test_following_wakes_for_news_and_starts_waiting_anew() -> None:
    naps: list[float] = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) in (5, 10):
            append(log, "raw", (b"k", b"%d" % len(naps)))

    with SqliteLog(MEMORY, sleep=sleep) as log:
        log.create_topic("raw", TopicConfig(1, "keep"))
        assert [record.value for record in log.follow("raw", {}, wait=0.2)] == [b"5", b"10"]
    assert naps[5] == naps[10] == 0.002
    assert sum(naps[10:]) == pytest.approx(0.2)


def test_following_with_no_wait_ends_though_the_reader_appends_all_the_time(log: SqliteLog) -> None:
    append(log, "raw", (b"k", b"first"))
    for _ in log.follow("raw", {}, wait=0):
        append(log, "raw", (b"k", b"more"))
    assert log.end_offsets("raw") == {0: 2}


# cleaning up


def test_compaction_keeps_the_newest_of_each_key_in_its_place(log: SqliteLog) -> None:
    append(log, "latest", (b"a", b"a1"), (b"b", b"b1"), (b"a", b"a2"), (b"c", b"c1"), (b"a", b"a3"), (b"b", b"b2"))
    append(log, "latest", (b"a", b"elsewhere"), partition=1)
    assert log.compact("latest") == 3
    assert [(r.offset, r.value) for r in log.read("latest", 0, 0, 10)] == [(3, b"c1"), (4, b"a3"), (5, b"b2")]
    assert [r.value for r in log.read("latest", 1, 0, 10)] == [b"elsewhere"]
    assert log.compact("latest") == 0


def test_compaction_of_more_than_one_stretch(log: SqliteLog) -> None:
    log.append([Entry("latest", b"k%d" % (n % 7), b"%d" % n, (), 0) for n in range(12_000)])
    assert log.compact("latest") == 12_000 - 7
    assert [record.offset for record in log.read("latest", 0, 0, 100)] == list(range(11_993, 12_000))


def test_readers_pass_over_holes(log: SqliteLog) -> None:
    append(log, "latest", *((b"k", b"%d" % n) for n in range(5)))
    append(log, "latest", (b"other", b"5"))
    log.compact("latest")
    assert [record.offset for record in log.read("latest", 0, 1, 1)] == [4]
    assert [record.offset for record in log.follow("latest", {0: 2}, wait=0)] == [4, 5]
    assert [record.offset for record in read_all(log, "latest", batch=1)] == [4, 5]
    assert log.offset_at("latest", 0, START) == 4


def test_old_records_expire_and_their_offsets_are_not_given_again(log: SqliteLog) -> None:
    append(log, "facts", *((b"en", b"%d" % n) for n in range(6)))
    assert log.expire("facts", START + timedelta(minutes=5)) == 4
    assert [record.value for record in read_all(log, "facts")] == [b"4", b"5"]
    assert log.expire("facts", START + timedelta(days=1)) == 2
    assert list(log.follow("facts", {}, wait=0)) == []
    assert log.offset_at("facts", 0, START) == 6
    append(log, "facts", (b"en", b"new"))
    assert [(record.offset, record.value) for record in read_all(log, "facts")] == [(6, b"new")]


def test_only_topics_with_that_rule_are_cleaned(log: SqliteLog) -> None:
    with pytest.raises(UsageError, match="raw is kept by the rule 'keep'"):
        log.expire("raw", START)
    with pytest.raises(UsageError, match="facts is kept by the rule 'time'"):
        log.compact("facts")
