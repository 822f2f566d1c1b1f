"""The local store of a stage's tables: RocksDB, one database a partition."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import faust
import rocksdict
from faust.stores.rocksdb import Store as FaustStore

from agents.changelog import CLAIM_KEY, TAG_HEADER, Change, claim_of, restored

Pair = tuple[bytes, bytes | None]
"""A key and its value; `None` removes the key."""

OPTIONS = {"write_buffer_size": 8 * 2**20, "block_cache_size": 32 * 2**20, "max_open_files": 256}
"""A worker has a database for each partition of each stage: Faust's own sizes are made for one."""


class Store(FaustStore):
    """Never ahead of the changelog: what is in it was acknowledged there first, by its owner of that time."""

    def apply_changelog_batch(
        self,
        batch: Iterable[Any],
        to_key: Callable[[Any], Any],  # noqa: ARG002
        to_value: Callable[[Any], Any],  # noqa: ARG002
    ) -> None:
        """Takes over records of the changelog, in order, but for those of owners that had lost the partition."""
        messages = sorted((event.message for event in batch), key=lambda message: message.partition)
        for partition, own in groupby(messages, key=lambda message: message.partition):
            self.restore(partition, [_change(message) for message in own])

    def restore(self, partition: int, changes: Sequence[Change]) -> None:
        """Takes over records of the changelog, in order. Those that came before what is here are left out.

        Faust hands over what it has buffered at times of its own, and lanes may have written meanwhile.
        """
        since = self.restored_to(partition)
        new = [change for change in changes if change.offset > since]
        if new:
            claim = claim_of(self.read(partition, CLAIM_KEY))
            self.write(partition, restored(new, claim), new[-1].offset)

    def read(self, partition: int, key: bytes) -> bytes | None:
        """The value under the key."""
        value: bytes | None = self._db_for_partition(partition).get(key)
        return value

    def restored_to(self, partition: int) -> int:
        """Offset of the newest record of the changelog that is in here, or was left out; -1 if there is none."""
        offset = self._db_for_partition(partition).get(self.offset_key)
        return int(offset) if offset is not None else -1

    def scan(self, partition: int, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """All pairs whose key has the prefix, in key order."""
        for key, value in self._db_for_partition(partition).items(from_key=prefix):
            if not key.startswith(prefix):
                return
            if key != self.offset_key:
                yield key, value

    def write(self, partition: int, pairs: Iterable[Pair], offset: int) -> None:
        """Sets all pairs and the changelog offset they are from, at once or not at all."""
        batch = rocksdict.WriteBatch(raw_mode=True)
        for key, value in pairs:
            if value is None:
                batch.delete(key)
            else:
                batch.put(key, value)
        batch.put(self.offset_key, b"%d" % offset)
        self._db_for_partition(partition).write(batch)


def _change(message: Any) -> Change:
    return Change(message.offset, message.key, message.value, dict(message.headers or ()).get(TAG_HEADER))


class StateTable(faust.Table[bytes, bytes]):
    """A Faust table over our store. Faust restores it and hands it over; lanes read and write it."""

    def _new_store(self) -> Store:
        return Store(
            self.app.conf.store,
            self.app,
            self,
            table_name=self.name,
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
            options=dict(OPTIONS),
            driver="rocksdict",
        )
