"""The file under the embedded log: opening, checking, transactions, and SQLite's errors in plain words."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from schemas.errors import Fatal, Retry, UsageError

MEMORY = ":memory:"
SHIFT = 40
"""A record's position is its partition's id shifted by this, plus its offset: one integer key for all partitions."""

_APPLICATION_ID = 0x4E464C44  # "NFLD": tells our file from anybody else's database
_VERSION = 1
_BUSY_SECONDS = 30.0
_WAL_LIMIT = 64 * 2**20
_CHECKPOINT_PAGES = 4_000  # with SQLite's 1,000, waiting for the disk took a third of the time of appends by 20
_SCHEMA = f"""
CREATE TABLE topics (name TEXT PRIMARY KEY, first INTEGER NOT NULL, partitions INTEGER NOT NULL, cleanup TEXT NOT NULL);
CREATE TABLE partitions (id INTEGER PRIMARY KEY, next_offset INTEGER NOT NULL, newest INTEGER NOT NULL);
CREATE TABLE records (
    position INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL,
    key BLOB NOT NULL, headers TEXT NOT NULL, value BLOB NOT NULL
);
CREATE INDEX records_by_key ON records (key);
CREATE TABLE commits (
    consumer TEXT NOT NULL, partition INTEGER NOT NULL, next_offset INTEGER NOT NULL, PRIMARY KEY (consumer, partition)
) WITHOUT ROWID;
CREATE VIEW log AS
    SELECT name AS topic, (position >> {SHIFT}) - first AS "partition", position & {(1 << SHIFT) - 1} AS "offset",
        strftime('%Y-%m-%dT%H:%M:%fZ', timestamp / 1000.0, 'unixepoch') AS taken_at,
        CAST(key AS TEXT) AS "key", headers, value
    FROM topics JOIN records
        ON position >= first << {SHIFT} AND position < (first + partitions) << {SHIFT};
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_VERSION};
"""
# one statement, so that it cannot see half of what another process is making at that moment
_IDENTITY = """
SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)
FROM pragma_application_id, pragma_user_version
"""
_TROUBLE = {
    sqlite3.SQLITE_NOTADB: "is no SQLite database",
    sqlite3.SQLITE_CORRUPT: "is damaged: restore it from a copy",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full",
    sqlite3.SQLITE_READONLY: "may not be written by this user",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check that the folder exists and may be written",
}


class Store:
    """One connection, shared by the threads of one process under a lock."""

    def __init__(self, path: Path | str, *, durable: bool = False, busy_seconds: float = _BUSY_SECONDS) -> None:
        self._path = str(path)
        self._lock = RLock()
        self._process = os.getpid()
        self._commits = 0
        with self._plain_errors():
            self._db = _connect(self._path, busy_seconds)
            try:
                _prepare(self._db, self._path, durable)
            except BaseException:
                self._db.close()
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for queries."""
        self._refuse_forked()
        with self._lock, self._plain_errors():
            yield self._db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection inside a transaction that no other process or thread can write beside."""
        with self.reading() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise
            self._commits += 1

    def state(self) -> tuple[int, int]:
        """Differs from an earlier answer if anything was written since, by this process or another."""
        with self.reading() as db:
            return self._commits, db.execute("PRAGMA data_version").fetchone()[0]

    def close(self) -> None:
        """Closes the file; twice is harmless."""
        with self._lock:
            self._db.close()

    def _refuse_forked(self) -> None:
        # SQLite: a connection carried over a fork corrupts the file (sqlite.org/howtocorrupt.html, 2.6)
        if os.getpid() != self._process:
            raise Fatal(f"log {self._path} was opened before a fork; each process must open its own")

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _in_words(self._path, error) from error


def _connect(path: str, busy_seconds: float) -> sqlite3.Connection:
    if path != MEMORY:
        if Path(path).is_dir():
            raise UsageError(f"log {path} is a folder; name a file")
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"log {path}: its folder cannot be made ({error.strerror})") from error
    return sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)


def _prepare(db: sqlite3.Connection, path: str, durable: bool) -> None:
    if _is_new(db, path):
        _enter_wal(db)
        db.execute("BEGIN IMMEDIATE")
        if _is_new(db, path):
            for statement in _SCHEMA.split(";\n"):
                db.execute(statement)
        db.execute("COMMIT")
    db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    db.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")
    db.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")


def _is_new(db: sqlite3.Connection, path: str) -> bool:
    identity, version, tables = db.execute(_IDENTITY).fetchone()
    if identity == _APPLICATION_ID and version == _VERSION:
        return False
    if identity == _APPLICATION_ID:
        raise Fatal(
            f"log {path} has format {version}; this program reads format {_VERSION}: use the newsfold that wrote it"
        )
    if version or identity or tables:
        raise Fatal(f"log {path} is a SQLite database, but of another program")
    return True


def _enter_wal(db: sqlite3.Connection) -> None:
    # the switch needs the file to itself and does not always wait for it, as other statements do
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _is_busy(error: sqlite3.Error) -> bool:
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the upper bits only refine it


def _in_words(path: str, error: sqlite3.Error) -> Exception:
    if _is_busy(error):
        return Retry(f"log {path} is kept busy by another process that does not end its write")
    return Fatal(f"log {path} {_TROUBLE.get(_code(error), f'cannot be used: {error}')}")
