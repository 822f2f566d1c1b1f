"""Web archives as input."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.articles import Fetched
from schemas.quarantine import Quarantined
from scrapers.files import Item, read_inputs

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def record(url: str, body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    answer = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers, "", ""]).encode() + body
    named = {
        "WARC-Type": "response",
        "WARC-Target-URI": url,
        "WARC-Date": "2026-03-02T08:00:00Z",
        "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000000>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(answer)),
    }
    head = "\r\n".join(["WARC/1.0", *(f"{name}: {value}" for name, value in named.items()), "", ""])
    return head.encode() + answer + b"\r\n\r\n"


def read(path: Path, limit: int = 100_000) -> list[Item]:
    return list(read_inputs([path], now=NOW, limit=limit))


RECORDS = [
    record("https://www.dale.test/a?utm_source=x", b"<p>The mill burned.</p>", kind="text/html; charset=ISO-8859-1"),
    record("https://dale.test/b", gzip.compress(b"<p>The ferry runs.</p>"), "Content-Encoding: gzip"),
    record("https://dale.test/logo", b"\x89PNG", kind="image/png"),
    record("https://dale.test/old", b"Gone.", status="404 Not Found"),
    record("https://dale.test/c", b"Plain words.", kind="text/plain"),
]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_taken_and_other_records_are_no_input(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("in.warc.gz" if packed else "in.warc")
    path.write_bytes(b"".join(gzip.compress(each) if packed else each for each in RECORDS))
    items = read(path)
    assert all(isinstance(item, Fetched) for item in items)
    assert [item.input_id for item in items] == [
        f"https://{page}" for page in ("www.dale.test/a", "dale.test/b", "dale.test/c")
    ]
    first = items[0]
    assert isinstance(first, Fetched)
    assert first.source == "dale.test"
    assert first.content_type == "text/html; charset=iso-8859-1"
    assert first.fetched_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert [item.body for item in items] == [b"<p>The mill burned.</p>", b"<p>The ferry runs.</p>", b"Plain words."]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_before_the_break_go_through(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("in.warc.gz" if packed else "in.warc")
    data = b"".join(gzip.compress(each) if packed else each for each in RECORDS)
    path.write_bytes(data[:-20])
    *pages, broken = read(path)
    assert [page.input_id for page in pages] == ["https://www.dale.test/a", "https://dale.test/b"]
    assert isinstance(broken, Quarantined)
    assert broken.reason.startswith("the file breaks off")


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_over_the_limit_is_cut(tmp_path: Path, packed: bool) -> None:
    body, headers = b"0" * 300_000, ["Content-Encoding: gzip"] if packed else []
    large = record("https://dale.test/large", gzip.compress(body) if packed else body, *headers)
    (tmp_path / "in.warc").write_bytes(large + RECORDS[1])
    cut, page = read(tmp_path / "in.warc")
    assert isinstance(cut, Quarantined)
    assert cut.input_id == "https://dale.test/large"
    assert cut.reason.startswith("too large: ")
    assert len(cut.body) <= 65_536
    assert isinstance(page, Fetched)


@pytest.mark.parametrize("data", [b"", b"no archive at all\n" * 50, RECORDS[2]])
def test_an_archive_without_a_page_is_one_rejected_input(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "in.warc").write_bytes(data)
    [item] = read(tmp_path / "in.warc")
    assert isinstance(item, Quarantined)
    assert item.input_id.startswith("in.warc")
