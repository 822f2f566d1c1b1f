"""Tables of the in-process runtime: one SQLite file, each table owned by who opened it last."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import Fatal, StaleOwner

_SCHEMA = """
CREATE TABLE IF NOT EXISTS owner (name TEXT, partition INT, epoch INT, PRIMARY KEY (name, partition)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pair (
    name TEXT, partition INT, key BLOB, value BLOB, PRIMARY KEY (name, partition, key)
) WITHOUT ROWID;
"""
_CLAIM = """
INSERT INTO owner VALUES (?, ?, 1)
ON CONFLICT (name, partition) DO UPDATE SET epoch = epoch + 1 RETURNING epoch
"""


@contextmanager
def _fatal_errors() -> Iterator[None]:
    """A store that fails is no fault of the input at hand: the stage must stop, not quarantine it."""
    try:
        yield
    except sqlite3.Error as reason:
        raise Fatal(f"the state of the stages cannot be used: {reason}") from reason


class SqliteTables:
    """A file of tables. Survives kill -9; what a power cut takes is derived again from the log."""

    def __init__(self, path: Path) -> None:
        with _fatal_errors():
            self.connection = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=NORMAL")
            self.connection.executescript(_SCHEMA)

    def open(self, name: str, partition: int) -> "SqliteTable":
        """Claims the table; its former owner gets `StaleOwner` at its next write."""
        with _fatal_errors():
            (epoch,) = self.connection.execute(_CLAIM, (name, partition)).fetchone()
        return SqliteTable(self.connection, name, partition, epoch)

    def close(self) -> None:
        """Lets go of the file."""
        self.connection.close()


class SqliteTable:
    """One table, as the owner of one epoch sees it."""

    def __init__(self, connection: sqlite3.Connection, name: str, partition: int, epoch: int) -> None:
        self._connection = connection
        self._at = (name, partition)
        self._epoch = epoch

    def get(self, key: bytes) -> bytes | None:
        """The value under the key."""
        query = "SELECT value FROM pair WHERE name = ? AND partition = ? AND key = ?"
        with _fatal_errors():
            row = self._connection.execute(query, (*self._at, key)).fetchone()
        return row[0] if row else None

    def put(self, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        """Sets all pairs, in one transaction in which the ownership is checked."""
        with self._owned():
            self._connection.executemany(
                "INSERT INTO pair VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                [(*self._at, *pair) for pair in pairs],
            )

    def delete(self, keys: Sequence[bytes]) -> None:
        """Removes the keys, if the table is still ours."""
        if keys:
            with self._owned():
                self._connection.executemany(
                    "DELETE FROM pair WHERE name = ? AND partition = ? AND key = ?", [(*self._at, key) for key in keys]
                )

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """All pairs whose key has the prefix, in key order."""
        query = "SELECT key, value FROM pair WHERE name = ? AND partition = ? AND key >= ? AND key < ? ORDER BY key"
        with _fatal_errors():
            yield from self._connection.execute(query, (*self._at, prefix, prefix + b"\xff"))

    def check_owner(self) -> None:
        """Raises `StaleOwner` if the table was opened again since."""
        query = "SELECT epoch FROM owner WHERE name = ? AND partition = ?"
        with _fatal_errors():
            (epoch,) = self._connection.execute(query, self._at).fetchone()
        if epoch != self._epoch:
            name, partition = self._at
            raise StaleOwner(f"partition {partition} of {name} has been taken over by another worker")

    @contextmanager
    def _owned(self) -> Iterator[None]:
        with _fatal_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self.check_owner()
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.rollback()
                raise
