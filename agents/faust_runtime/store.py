"""The local store of a stage: RocksDB, one database for all partitions, whose numbers begin the keys."""

import asyncio
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import faust
import rocksdict
from faust.stores.rocksdb import Store as FaustStore
from faust.types import TP

from agents.changelog import CLAIM_KEY, Change, claim_of, restored

Pair = tuple[bytes, bytes | None]
"""A key and its value; `None` removes the key."""

OPTIONS = {"write_buffer_size": 16 * 2**20, "block_cache_size": 64 * 2**20, "max_open_files": 512}
"""A worker has a database for each stage: Faust's own sizes are made for one."""
_PARTITION = struct.Struct(">I")


class Store(FaustStore):
    """Never ahead of the changelog: what is in it was acknowledged there first, by its owner of that time.

    Faust has a database for each partition. Opening 32 of them, one after another, took a second of each start.
    """

    _opened: rocksdict.Rdict | None = None

    async def assign_partitions(self, table: Any, tps: set[TP], generation_id: int = 0) -> None:  # noqa: ARG002
        """Opens the database if this is the first time; not in the loop, because the disk may be slow."""
        await asyncio.to_thread(lambda: self._db)

    def revoke_partitions(self, table: Any, tps: set[TP]) -> None:
        """What is known of a partition is kept: it may come back."""

    async def stop(self) -> None:
        """Lets go of the files."""
        self._opened = None

    def persisted_offset(self, tp: TP) -> int | None:
        """Offset of the newest record of the changelog that is in here, if there is one."""
        offset = self.restored_to(tp.partition)
        return offset if offset >= 0 else None

    def restore(self, partition: int, changes: Sequence[Change]) -> None:
        """Takes over records of the changelog, in order, but for those of owners that had lost the partition."""
        since = self.restored_to(partition)
        new = [change for change in changes if change.offset > since]
        if new:
            claim = claim_of(self.read(partition, CLAIM_KEY))
            self.write(partition, restored(new, claim), new[-1].offset)

    def read(self, partition: int, key: bytes) -> bytes | None:
        """The value under the key."""
        value: bytes | None = self._db.get(_PARTITION.pack(partition) + key)
        return value

    def restored_to(self, partition: int) -> int:
        """Offset of the newest record of the changelog that is in here, or was left out; -1 if there is none."""
        offset = self.read(partition, self.offset_key)
        return int(offset) if offset is not None else -1

    def scan(self, partition: int, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """All pairs whose key has the prefix, in key order."""
        own = _PARTITION.pack(partition)
        pairs: Iterable[tuple[Any, Any]] = self._db.items(from_key=own + prefix)
        for key, value in pairs:
            if not key.startswith(own + prefix):
                return
            if key != own + self.offset_key:
                yield key[_PARTITION.size :], value

    def write(self, partition: int, pairs: Iterable[Pair], offset: int) -> None:
        """Sets all pairs and the changelog offset they are from, at once or not at all."""
        own = _PARTITION.pack(partition)
        batch = rocksdict.WriteBatch(raw_mode=True)
        for key, value in pairs:
            if value is None:
                batch.delete(own + key)
            else:
                batch.put(own + key, value)
        batch.put(own + self.offset_key, b"%d" % offset)
        self._db.write(batch)

    @property
    def _db(self) -> rocksdict.Rdict:
        if self._opened is None:
            self._opened = self.rocksdb_options.open(self.path / f"{self.basename}.db")
        return self._opened


class StateTable(faust.Table[bytes, bytes]):
    """A Faust table over our store. Faust says when it is ours; lanes restore, read and write it."""

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
