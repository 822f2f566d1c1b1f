"""Ends the brokers of a test run when all who use them are gone, however they went: done, Ctrl-C or kill -9.

A process of its own: `kafka_keeper.py FOLDER [--shared]`. Users hold a shared lock on FOLDER/users, which the system
lets go of when they end. With `--shared` it first starts the broker that they share and prints its address.
"""

import fcntl
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newsfold.broker import Broker, free_port
from newsfold.broker.owner import PID, owner
from newsfold.broker.process import DATA, STOP_SECONDS
from newsfold.broker.ways import with_java

USERS, ADDRESS = "users", "address"


@contextmanager
def using(folder: Path) -> Iterator[None]:
    """Keeps the brokers of this folder alive."""
    with (folder / USERS).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        yield


def main(folder: Path, shared: bool) -> None:
    if shared:
        address = start(Path(tempfile.mkdtemp(dir=folder, prefix="broker-")))
        (folder / ADDRESS).write_text(address, encoding="ascii")
        with suppress(BrokenPipeError):  # the one who asked has gone; others may have come
            print(address, flush=True)
    with (folder / USERS).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        (folder / ADDRESS).unlink(missing_ok=True)
        for left in folder.glob(f"*/{PID}"):  # not deeper: brokers of one process's own have a keeper of their own
            end(left.parent)
        for data in list(folder.glob(f"*/{DATA}")):
            shutil.rmtree(data, ignore_errors=True)


def start(folder: Path) -> str:
    broker = Broker.start(folder, free_port(), way=with_java)
    try:
        broker.wait_until_it_answers()
    except BaseException:
        broker.stop()
        raise
    return broker.address


def end(folder: Path) -> None:
    """As `Broker.stop` does, for one that may be nobody's child any more."""
    deadline = time.monotonic() + STOP_SECONDS
    number = signal.SIGTERM
    while (pid := owner(folder)) is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        time.sleep(0.1)
        number = signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--shared" in sys.argv)
