"""Lines of a file of any size, in bounded memory."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

KEPT = 65_536
"""What is kept of input that is too large: enough to see what it was."""
_CHUNK = 1 << 20


class Line(NamedTuple):
    """A line without its end. `cut` counts the bytes that were left out of one that is too long."""

    number: int
    body: bytes
    cut: int = 0


class BrokenFile(Exception):
    """The file ends or breaks in the middle; what stood before has been handed out."""


def read_lines(path: Path, limit: int) -> Iterator[Line]:
    """Lines, counted from 1. Raises `BrokenFile` where a gzip file breaks, `OSError` if it cannot be opened."""
    with open_bytes(path) as file:
        number = 0
        while first := _mended(file, limit + 1):
            number += 1
            yield _line(number, first, file, limit)


def open_bytes(path: Path) -> BinaryIO:
    """The file's bytes, unpacked if its name ends in `.gz`."""
    return cast(BinaryIO, gzip.open(path, "rb")) if path.name.lower().endswith(".gz") else path.open("rb")


def _line(number: int, first: bytes, file: BinaryIO, limit: int) -> Line:
    body = first.rstrip(b"\r\n")
    if len(body) <= limit:
        return Line(number, body)
    cut = len(body) - KEPT
    while not first.endswith(b"\n") and (first := _mended(file, _CHUNK)):
        cut += len(first.rstrip(b"\r\n"))
    return Line(number, body[:KEPT], cut)


def _mended(file: BinaryIO, size: int) -> bytes:
    try:
        return file.readline(size)
    except (EOFError, zlib.error, gzip.BadGzipFile) as reason:
        raise BrokenFile(str(reason) or type(reason).__name__) from reason
