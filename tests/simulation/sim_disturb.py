"""A log and tables on which crash, take-over and redelivery are data: every single write burns down a fuse."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from eventlog.base import Entry, Place
from eventlog.sqlite import SqliteLog
from schemas.errors import StaleOwner


class Crash(BaseException):
    """The process died here. No handler of the code under test may catch it."""


class Fuse:
    """Does something at the n-th write from now: raises `Crash`, or lets somebody else run in between."""

    def __init__(self) -> None:
        self._left: int | None = None
        self._bang: Callable[[], None] = self.crash

    def light(self, writes: int, bang: Callable[[], None]) -> None:
        self._left, self._bang = writes, bang

    def put_out(self) -> None:
        self._left = None

    def burn(self) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left < 0:
            self._left = None
            self._bang()

    @staticmethod
    def crash() -> None:
        raise Crash


class FusedLog:
    """A log that may crash between any two records of a batch, and before a commit."""

    def __init__(self, log: SqliteLog, fuse: Fuse) -> None:
        self._log, self._fuse = log, fuse

    def append(self, entries: Sequence[Entry]) -> Sequence[Place]:
        places: list[Place] = []
        for entry in entries:
            self._fuse.burn()
            places.extend(self._log.append([entry]))
        return places

    def commit(self, *args: Any) -> None:
        self._fuse.burn()
        self._log.commit(*args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


class FusedTables:
    """Tables in memory that may crash between any two pairs of a write."""

    def __init__(self, fuse: Fuse) -> None:
        self.fuse = fuse
        self.pairs: dict[tuple[str, int], dict[bytes, bytes]] = {}
        self.epochs: dict[tuple[str, int], int] = {}

    def open(self, name: str, partition: int) -> "FusedTable":
        at = (name, partition)
        self.epochs[at] = self.epochs.get(at, 0) + 1
        return FusedTable(self, at, self.epochs[at])


class FusedTable:
    def __init__(self, tables: FusedTables, at: tuple[str, int], epoch: int) -> None:
        self._tables, self._at, self._epoch = tables, at, epoch
        self._pairs = tables.pairs.setdefault(at, {})

    def get(self, key: bytes) -> bytes | None:
        return self._pairs.get(key)

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        return iter(sorted(pair for pair in self._pairs.items() if pair[0].startswith(prefix)))

    def put(self, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        for key, value in pairs:
            self._tables.fuse.burn()
            self.check_owner()
            self._pairs[key] = value

    def delete(self, keys: Sequence[bytes]) -> None:
        for key in keys:
            self._tables.fuse.burn()
            self.check_owner()
            self._pairs.pop(key, None)

    def check_owner(self) -> None:
        if self._tables.epochs[self._at] != self._epoch:
            raise StaleOwner(str(self._at))
