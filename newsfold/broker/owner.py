"""One broker a folder: a lock that the broker itself holds, so that it lasts as long as the broker and no longer."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from schemas.errors import UsageError

PID = "broker.pid"


@contextmanager
def own(folder: Path) -> Iterator[TextIO]:
    """The folder's lock file, emptied, for the process id of its owner.

    A process that inherits it holds the lock until it ends, whoever else is killed. Raises `UsageError` if a broker
    runs in the folder.
    """
    with (folder / PID).open("a+", encoding="ascii") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            raise UsageError(f"a broker runs in {folder} already (process {held.read() or 'unknown'})") from None
        held.truncate(0)
        yield held


def owner(folder: Path) -> int | None:
    """The process id of the broker that runs in this folder, if one does."""
    try:
        with own(folder):
            return None
    except UsageError:
        text = (folder / PID).read_text(encoding="ascii")
        return int(text) if text else None
