"""Pages out of a web archive (WARC, ISO 28500): answers of status 200 that hold text; other records are no input."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecordType

from schemas.articles import Fetched
from scrapers.identity import article_id, host_of, stem_of
from scrapers.lines import KEPT, BrokenFile
from scrapers.urls import normalise

_TEXTS = ("text/html", "application/xhtml+xml", "text/plain")
_HEAD = (
    "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n"
)


class TooLarge(NamedTuple):
    """A page over the limit: its first bytes, and how many there are in all."""

    name: str
    body: bytes
    size: int


def read_archive(path: Path, name: str, limit: int) -> Iterator[Fetched | TooLarge]:
    """The pages of an archive, packed or not. The address, in its one spelling, is the input id.

    Raises `BrokenFile` where the archive breaks off.
    """
    with path.open("rb") as file:
        number = 0
        for record in _records(file):
            number += 1
            fallback = f"{name}#{number}"
            url = normalise(record.headers.get("WARC-Target-URI", "").strip("<>"))
            if record.content_length > limit:
                yield TooLarge(url or fallback, record.reader.read(KEPT), record.content_length)
                continue
            content = record.reader.read()
            if len(content) < record.content_length:
                raise BrokenFile(f"record {number} is incomplete")
            yield from _page(content, record, url, fallback, limit)


def _records(file: Any) -> Iterator[Any]:
    try:
        yield from ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False)
    except (OSError, EOFError, ValueError) as reason:
        raise BrokenFile(str(reason)) from reason


def _page(content: bytes, record: Any, url: str | None, fallback: str, limit: int) -> Iterator[Fetched | TooLarge]:
    """Reads the answer out of a record of its own: so it is known to be whole before it is unpacked."""
    whole = io.BytesIO(_HEAD.format(len(content)).encode() + content + b"\r\n\r\n")
    for answer in ArchiveIterator(whole, parse_http=True, auto_decode="all"):
        media_type = answer.http_content_type or "text/html"
        if answer.http_headers is None or answer.http_headers.status_code != 200 or media_type not in _TEXTS:
            return
        body = answer.reader.read(limit + 1)
        if len(body) > limit:
            yield TooLarge(url or fallback, body[:KEPT], len(body))
            return
        yield _fetched(body, _type(media_type, answer.http_charset), record, url, url or fallback)


def _fetched(body: bytes, content_type: str, record: Any, url: str | None, input_id: str) -> Fetched:
    source = host_of(url) or stem_of(input_id)
    return Fetched(
        article_id=article_id(source, input_id),
        source=source,
        input_id=input_id,
        content_type=content_type,
        body=body,
        url=url,
        fetched_at=record.record_date,
    )


def _type(media_type: str, charset: str | None) -> str:
    plain = "text/plain" if media_type == "text/plain" else "text/html"
    return f"{plain}; charset={charset.lower()}" if charset and charset.isascii() else plain
