"""Files and folders -> articles as fetched, or what is wrong with them. Streams: memory holds one article."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from schemas.articles import Fetched
from schemas.errors import Quarantine
from schemas.quarantine import Quarantined
from scrapers.folders import InputFile, find_files
from scrapers.identity import article_id, stem_of
from scrapers.lines import KEPT, BrokenFile, Line, read_lines
from scrapers.rows import JSON, id_of, read_row
from scrapers.warc import TooLarge, read_archive

__all__ = ["LIMIT", "STAGE", "Item", "read_inputs"]

LIMIT = 10_000_000
"""Bytes of one article. The log's own limit is a little higher, so that headers fit."""
STAGE = "scrape"

Item = Fetched | Quarantined


def read_inputs(
    paths: Sequence[Path], *, now: datetime, limit: int = LIMIT, on_skip: Callable[[Path], None] | None = None
) -> Iterator[Item]:
    """Every article of the files and folders, file by file in the order of their names.

    Bad input comes out as `Quarantined`, never as an error. `on_skip` gets each file of a folder that has
    another suffix. Raises `UsageError` at once for a path that is not there or cannot be read by its suffix.
    """
    found = find_files(paths)
    if on_skip:
        for path in found.skipped:
            on_skip(path)
    return (item for file in found.files for item in _read(file, now, limit))


def _read(file: InputFile, now: datetime, limit: int) -> Iterator[Item]:
    try:
        if _is_archive(file):
            yield from _archive(file, limit)
        elif _is_rows(file):
            yield from _rows(file, now, limit)
        else:
            yield _document(file, limit)
    except OSError as reason:
        yield _rejected(file.name, b"", f"the file cannot be read: {reason.strerror or reason}", _type_of(file))


def _rows(file: InputFile, now: datetime, limit: int) -> Iterator[Item]:
    """Blank lines are no rows. A file without a row is one rejected input."""
    number = rows = 0
    try:
        for line in read_lines(file.path, limit):
            number = line.number
            if line.body.strip():
                rows += 1
                yield _row(file, line, now)
        if not rows:
            yield _rejected(file.name, b"", "the file is empty", JSON)
    except BrokenFile as reason:
        yield _rejected(f"{file.name}#{number + 1}", b"", f"the file breaks off after line {number}: {reason}", JSON)


def _row(file: InputFile, line: Line, now: datetime) -> Item:
    place = f"{file.name}#{line.number}"
    if line.cut:
        return _rejected(place, line.body, _too_large(len(line.body) + line.cut), JSON, line.cut)
    try:
        return read_row(line.body, place, now)
    except Quarantine as reason:
        return _rejected(id_of(line.body) or place, line.body, str(reason), JSON)


def _archive(file: InputFile, limit: int) -> Iterator[Item]:
    pages = 0
    try:
        for found in read_archive(file.path, file.name, limit):
            pages += 1
            yield found if isinstance(found, Fetched) else _cut_page(found)
        if not pages:
            yield _rejected(file.name, b"", "no page in the archive", _type_of(file))
    except BrokenFile as reason:
        yield _rejected(f"{file.name}#{pages + 1}", b"", f"the file breaks off: {reason}", _type_of(file))


def _cut_page(page: TooLarge) -> Quarantined:
    return _rejected(page.name, page.body, _too_large(page.size), "text/html", page.size - len(page.body))


def _document(file: InputFile, limit: int) -> Item:
    with file.path.open("rb") as opened:
        body = opened.read(limit + 1)
    if len(body) > limit:
        size = max(file.path.stat().st_size, len(body))
        return _rejected(file.name, body[:KEPT], _too_large(size), _type_of(file), size - KEPT)
    if not body.strip():
        return _rejected(file.name, body, "the file is empty", _type_of(file))
    source = stem_of(file.name)
    return Fetched(
        article_id=article_id(source, file.name),
        source=source,
        input_id=file.name,
        content_type=_type_of(file),
        body=body,
    )


def _rejected(input_id: str, body: bytes, reason: str, content_type: str, truncated: int = 0) -> Quarantined:
    return Quarantined(
        input_id=input_id,
        source=stem_of(input_id),
        stage=STAGE,
        reason=reason,
        content_type=content_type,
        body=body,
        truncated=truncated,
    )


def _too_large(size: int) -> str:
    return f"too large: {size} bytes"


def _is_rows(file: InputFile) -> bool:
    return file.path.name.lower().endswith((".jsonl", ".jsonl.gz"))


def _is_archive(file: InputFile) -> bool:
    return file.path.name.lower().endswith((".warc", ".warc.gz"))


def _type_of(file: InputFile) -> str:
    if _is_archive(file):
        return "application/warc"
    if _is_rows(file):
        return JSON
    return "text/plain" if file.path.name.lower().endswith(".txt") else "text/html"
