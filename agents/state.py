"""Stage state that survives torn writes.

A stored record holds two slots: `(offset, value)` of the last change and of the one before it, each stamped with the
source offset that made it. One commit record, written last, says up to which offset the state is applied. A reader
takes the newest slot not beyond the commit record, so a write that was cut off is never seen. The protocol was proved
by kill -9 on real Kafka before it was built here; this class serves every runtime.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from schemas.errors import TornRecord

_COMMIT_KEY = b"\x00applied"
_HEAD = struct.Struct(">qqii")
_ABSENT = -1


class Table(Protocol):
    """The key-value store of one stage on one partition, owned by whoever opened it last."""

    def get(self, key: bytes) -> bytes | None:
        """The value under the key."""

    def put(self, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        """Sets all pairs, in order. Raises `StaleOwner` if the table has a newer owner."""

    def delete(self, keys: Sequence[bytes]) -> None:
        """Removes the keys. Raises `StaleOwner` if the table has a newer owner."""

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """All pairs whose key has the prefix, in key order."""

    def check_owner(self) -> None:
        """Raises `StaleOwner` if the table has a newer owner."""


class Tables(Protocol):
    """Where the tables of a runtime are kept."""

    def open(self, name: str, partition: int) -> Table:
        """The table of a stage's partition; from now on earlier owners of it are refused."""


class Slot(NamedTuple):
    """A value and the source offset that made it; `None` is a value that was removed or never was."""

    offset: int
    value: bytes | None


_NEVER = Slot(_ABSENT, None)


class PartitionState:
    """The state of one stage on one partition, valid up to the source offset `applied`.

    `begin`, then any `put`s of one event, then `keep` or `undo`; `write` makes what was kept durable.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        stored = table.get(_COMMIT_KEY)
        self.applied = int(stored) if stored else _ABSENT
        self._kept: dict[bytes, Slot] = {}
        self._pending: dict[bytes, Slot] = {}
        self._removed: list[bytes] = []
        self._absent: set[bytes] = set()
        self._offset = _ABSENT

    def begin(self, offset: int) -> None:
        """What is put from now on was caused by the event at this source offset."""
        self._offset = offset
        self._pending = {}

    def keep(self) -> None:
        """The event at hand was handled: its puts stand."""
        self._kept.update(self._pending)
        self._pending = {}

    def undo(self) -> None:
        """The event at hand failed: its puts never were."""
        self._pending = {}

    def get(self, key: str) -> bytes | None:
        """The value under the key, or `None`."""
        raw = key.encode()
        slot = self._pending.get(raw) or self._kept.get(raw)
        return slot.value if slot else self._committed(raw).value

    def put(self, key: str, value: bytes | None) -> None:
        """Sets the value under the key; `None` removes it."""
        self._pending[key.encode()] = Slot(self._offset, value)

    def scan(self, prefix: str) -> Iterator[tuple[str, bytes]]:
        """All pairs whose key has the prefix, in key order, as they stand now."""
        start = prefix.encode()
        found = {key: newest(stored, self.applied) for key, stored in self._table.scan(start) if key != _COMMIT_KEY}
        for changes in (self._kept, self._pending):
            found.update((key, slot) for key, slot in changes.items() if key.startswith(start))
        for key in sorted(found):
            value = found[key].value
            if value is not None:
                yield key.decode(), value

    def check_owner(self) -> None:
        """Raises `StaleOwner` if what was read may be somebody else's by now."""
        self._table.check_owner()

    def write(self, applied: int) -> None:
        """Makes all that was kept durable, then says so in the commit record."""
        dead = [key for key in self._removed if key not in self._kept]
        pairs = [(key, pack(slot, self._committed(key))) for key, slot in self._kept.items()]
        self._table.put(pairs)
        self._table.put([(_COMMIT_KEY, b"%d" % applied)])  # last: this makes the others valid
        self.applied = applied
        self._absent.clear()
        self._table.delete(dead)
        self._removed = [key for key, slot in self._kept.items() if slot.value is None]
        self._kept = {}

    def _committed(self, key: bytes) -> Slot:
        """What is new is asked for once, and not again to be stored: most keys are, and none comes but by a write."""
        if key in self._absent:
            return _NEVER
        stored = self._table.get(key)
        if not stored:
            self._absent.add(key)
            return _NEVER
        return newest(stored, self.applied)


def pack(slot: Slot, previous: Slot) -> bytes:
    """A record of two slots: both offsets and lengths (big-endian, length -1 for no value), then both values."""
    values = (slot.value, previous.value)
    lengths = [_ABSENT if value is None else len(value) for value in values]
    return _HEAD.pack(slot.offset, previous.offset, *lengths) + b"".join(value or b"" for value in values)


def newest(stored: bytes, applied: int) -> Slot:
    """The newer slot of a record whose offset is not beyond `applied`. Raises `TornRecord` if there is none."""
    offset, previous_offset, length, previous_length = _HEAD.unpack_from(stored)
    middle = _HEAD.size + max(length, 0)
    if offset <= applied:
        return Slot(offset, None if length == _ABSENT else stored[_HEAD.size : middle])
    if previous_offset <= applied:
        return Slot(previous_offset, None if previous_length == _ABSENT else stored[middle:])
    raise TornRecord(f"slots at offsets {offset} and {previous_offset}, but state is applied up to {applied}")
