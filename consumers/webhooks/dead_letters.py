"""Updates that were given up: one JSON Lines file a hook, until they are tried again.

A line is written and on the disk before the hook's place moves on, so an update is on the log, with its receiver, or
here. After a crash it may be here twice, under one id.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from schemas.errors import UsageError


class DeadLetters:
    """The dead letters of one hook in a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._name = name
        self.path = folder / f"{name}.dead.jsonl"
        self._taken = folder / f"{name}.retrying.jsonl"
        self._lock = folder / f"{name}.lock"

    def add(self, events: Iterable[tuple[str, bytes]], reason: str, moment: str) -> None:
        """Keeps events (id and JSON), the reason and the time. They are on the disk when it returns."""
        rows = [
            {"hook": self._name, "id": event_id, "at": moment, "reason": reason, "event": orjson.Fragment(told)}
            for event_id, told in events
        ]
        self._append(b"".join(orjson.dumps(row) + b"\n" for row in rows))

    def count(self) -> int:
        """How many different updates are kept."""
        return len({row["id"] for path in (self._taken, self.path) for row in _rows(path)})

    @contextmanager
    def taken(self) -> Iterator[list[dict[str, Any]]]:
        """All that are kept, each once, the oldest first; they are forgotten when the block ends without an error.

        What is not to be forgotten has to be added again meanwhile. Raises `UsageError` if somebody else has them.
        """
        with self._locked("taken"):
            with self._locked("written"):
                if self.path.exists():
                    self._take()
            yield list({row["id"]: row for row in _rows(self._taken)}.values())
            self._taken.unlink(missing_ok=True)

    def _take(self) -> None:
        """Puts the new ones behind those that an earlier try did not finish. Broken off, it leaves some twice."""
        kept = self._taken.read_bytes() if self._taken.exists() else b""
        part = self._taken.with_suffix(".part")
        _write(part, "wb", kept + self.path.read_bytes())
        part.replace(self._taken)
        self.path.unlink()

    def _append(self, lines: bytes) -> None:
        with self._locked("written"):
            torn = self.path.exists() and not self.path.read_bytes().endswith(b"\n")
            _write(self.path, "ab", b"\n" * torn + lines)

    @contextmanager
    def _locked(self, what: str) -> Iterator[None]:
        """Between processes. Those that write wait for each other; only one takes."""
        with self._lock.with_suffix(f".{what}").open("a") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | (fcntl.LOCK_NB if what == "taken" else 0))
            except BlockingIOError:
                raise UsageError(f"the dead letters of hook {self._name!r} are being tried again already") from None
            yield


def _write(path: Path, mode: str, content: bytes) -> None:
    with path.open(mode) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines that are whole: a crash may have left a part of one, whose update is still on the log."""
    if not path.exists():
        return
    for line in path.read_bytes().splitlines():
        try:
            yield orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
