"""The state of a stage, cut off between any two writes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.state import PartitionState, Slot, newest, pack
from agents.tables import SqliteTables
from schemas.errors import Fatal, StaleOwner, TornRecord

Change = tuple[str, bytes | None]


class Power(BaseException):
    """It went out."""


class DictTable:
    """A table in memory whose power goes out after some writes."""

    def __init__(self) -> None:
        self.pairs: dict[bytes, bytes] = {}
        self.writes_left: int | None = None
        self.asked: list[bytes] = []

    def get(self, key: bytes) -> bytes | None:
        self.asked.append(key)
        return self.pairs.get(key)

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        return iter(sorted(pair for pair in self.pairs.items() if pair[0].startswith(prefix)))

    def put(self, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        for key, value in pairs:
            self._write()
            self.pairs[key] = value

    def delete(self, keys: Sequence[bytes]) -> None:
        for key in keys:
            self._write()
            self.pairs.pop(key, None)

    def check_owner(self) -> None:
        return None

    def _write(self) -> None:
        if self.writes_left is not None:
            self.writes_left -= 1
            if self.writes_left < 0:
                raise Power


keys = st.sampled_from(["a", "a/1", "a/2", "b"])
changes = st.tuples(keys, st.one_of(st.none(), st.binary(max_size=3)))
events = st.lists(st.lists(changes, max_size=4), max_size=12)


def apply(state: PartitionState, offset: int, event: Sequence[Change]) -> None:
    state.begin(offset)
    for key, value in event:
        state.put(key, value)
    state.keep()


def expected(log: Sequence[Sequence[Change]]) -> dict[str, bytes]:
    result: dict[str, bytes | None] = {}
    for event in log:
        result.update(event)
    return {key: value for key, value in sorted(result.items()) if value is not None}


@given(events, st.data())
def test_power_cuts_anywhere_lose_and_invent_nothing(log: list[list[Change]], data: st.DataObject):
    table = DictTable()
    state = PartitionState(table)
    offset = 0
    while offset < len(log):
        size = data.draw(st.integers(1, len(log) - offset))
        table.writes_left = data.draw(st.one_of(st.none(), st.integers(0, 8)))
        for at in range(offset, offset + size):
            apply(state, at, log[at])
        try:
            state.write(offset + size - 1)
        except Power:
            table.writes_left = None
            state = PartitionState(table)
            assert dict(state.scan("")) == expected(log[: state.applied + 1])
        offset = state.applied + 1
    table.writes_left = None
    assert dict(PartitionState(table).scan("")) == expected(log)
    for key in ("a", "a/1", "a/2", "b"):
        assert PartitionState(table).get(key) == expected(log).get(key)


@given(events)
def test_removed_keys_leave_the_table(log: list[list[Change]]):
    table = DictTable()
    state = PartitionState(table)
    for offset, event in enumerate(log):
        apply(state, offset, event)
        state.write(offset)
    for offset in (len(log), len(log) + 1):
        state.write(offset)
    assert {key.decode() for key in table.pairs if not key.startswith(b"\x00")} == set(expected(log))


def test_what_an_event_put_is_undone_with_it():
    state = PartitionState(DictTable())
    apply(state, 0, [("a", b"1")])
    state.begin(1)
    state.put("a", b"2")
    state.put("b", b"2")
    assert list(state.scan("")) == [("a", b"2"), ("b", b"2")]
    state.undo()
    assert list(state.scan("")) == [("a", b"1")]


def test_what_is_absent_is_asked_for_once_until_it_is_written():
    table = DictTable()
    state = PartitionState(table)
    assert state.get("a") is None
    assert state.get("a") is None
    apply(state, 0, [("a", b"1")])
    state.write(0)
    assert table.asked.count(b"a") == 1
    assert state.get("a") == b"1"
    assert table.asked.count(b"a") == 2


def test_a_key_with_the_prefix_only():
    state = PartitionState(DictTable())
    apply(state, 0, [("a/1", b"1"), ("a/2", b"2"), ("b", b"3")])
    state.write(0)
    apply(state, 1, [("a/2", b"4")])
    assert list(state.scan("a/")) == [("a/1", b"1"), ("a/2", b"4")]


def test_a_record_that_the_commit_record_does_not_cover_is_an_error():
    stored = pack(Slot(9, b"new"), Slot(7, b"old"))
    assert newest(stored, 9) == Slot(9, b"new")
    assert newest(stored, 8) == Slot(7, b"old")
    with pytest.raises(TornRecord):
        newest(stored, 6)


@given(st.integers(0, 2**40), st.one_of(st.none(), st.binary()), st.one_of(st.none(), st.binary()))
def test_both_slots_come_back(offset: int, value: bytes | None, previous: bytes | None):
    stored = pack(Slot(offset + 1, value), Slot(offset, previous))
    assert newest(stored, offset + 1) == Slot(offset + 1, value)
    assert newest(stored, offset) == Slot(offset, previous)


def test_sqlite_tables_keep_stages_and_partitions_apart(tmp_path: Path):
    tables = SqliteTables(tmp_path / "state.sqlite")
    first, other = tables.open("fold", 0), tables.open("fold", 1)
    first.put([(b"k", b"1"), (b"k2", b"2")])
    other.put([(b"k", b"other")])
    assert first.get(b"k") == b"1"
    assert list(first.scan(b"k")) == [(b"k", b"1"), (b"k2", b"2")]
    first.delete([b"k"])
    assert (first.get(b"k"), other.get(b"k")) == (None, b"other")
    tables.close()


def test_a_former_owner_can_write_nothing(tmp_path: Path):
    old = SqliteTables(tmp_path / "state.sqlite")
    stale = old.open("fold", 0)
    stale.put([(b"k", b"before")])
    new = SqliteTables(tmp_path / "state.sqlite")
    owner = new.open("fold", 0)
    with pytest.raises(StaleOwner, match="taken over"):
        stale.put([(b"k", b"late")])
    with pytest.raises(StaleOwner):
        stale.delete([b"k"])
    with pytest.raises(StaleOwner):
        stale.check_owner()
    owner.put([(b"k2", b"fine")])
    assert owner.get(b"k") == b"before"
    old.close()
    new.close()


def test_a_store_that_breaks_stops_the_stage_and_blames_no_input(tmp_path: Path):
    tables = SqliteTables(tmp_path / "state.sqlite")
    table = tables.open("fold", 0)
    tables.close()
    for use in (lambda: table.get(b"k"), lambda: list(table.scan(b"")), lambda: table.put([(b"k", b"v")])):
        with pytest.raises(Fatal, match="cannot be used"):
            use()


def test_a_state_file_that_is_no_database_is_a_clear_error(tmp_path: Path):
    path = tmp_path / "state.sqlite"
    path.write_bytes(b"this is not a database, and never was one" * 30)
    with pytest.raises(Fatal, match="cannot be used"):
        SqliteTables(path)
