"""Files and folders as input: what goes through, what is repaired, what is quarantined; counts add up."""

import gzip
import json
import os
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.articles import Fetched
from schemas.errors import UsageError
from schemas.quarantine import Quarantined
from scrapers.files import Item, read_inputs

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def read(*paths: Path, **options: Any) -> list[Item]:
    return list(read_inputs(paths, now=NOW, **options))


def rows(path: Path, *lines: dict[str, Any] | bytes | str) -> Path:
    packed = (line if isinstance(line, bytes) else _text(line).encode() for line in lines)
    data = b"".join(line + b"\n" for line in packed)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def _text(line: dict[str, Any] | str) -> str:
    return line if isinstance(line, str) else json.dumps(line)


def only(items: list[Item]) -> Fetched:
    [item] = items
    assert isinstance(item, Fetched)
    return item


def rejected(items: list[Item]) -> Quarantined:
    [item] = items
    assert isinstance(item, Quarantined)
    assert item.stage == "scrape"
    return item


def test_plain_files_and_pages_are_read_whole(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_bytes(b"The ferry runs again.\r\n")
    (tmp_path / "mill.HTML").write_bytes(b"<p>The mill burned.</p>")
    ferry, mill = read(tmp_path)
    assert isinstance(ferry, Fetched)
    assert isinstance(mill, Fetched)
    assert (ferry.input_id, ferry.source, ferry.content_type) == ("ferry.txt", "ferry", "text/plain")
    assert ferry.body == b"The ferry runs again.\r\n"
    assert ferry.fetched_at is None, "the same input gives the same bytes"
    assert (mill.input_id, mill.source, mill.content_type) == ("mill.HTML", "mill", "text/html")


def test_a_row_keeps_its_own_bytes(tmp_path: Path) -> None:
    line = (
        b'{"text": "The ferry runs.", "id": "f-1", "url": "https://www.dale.test/ferry", "title": " Ferry ", '
        b'"published_at":"2026-03-02", "lang": "en-GB", "weather": {"sun": 1}}'
    )
    found = only(read(rows(tmp_path / "in.jsonl", line)))
    assert found.body == line
    assert found.content_type == "application/json"
    assert (found.input_id, found.source, found.title, found.language) == ("f-1", "dale.test", "Ferry", "en")
    assert (found.published_at, found.published_precision) == (datetime(2026, 3, 2, tzinfo=UTC), "day")
    assert not found.repairs


@pytest.mark.parametrize(
    ("row", "input_id", "source"),
    [
        ({"id": "x", "source": " Dale Post "}, "x", "Dale Post"),
        ({"id": "x", "url": "http://WWW.Dale.test:8080/a"}, "x", "dale.test"),
        ({"id": "report.txt"}, "report.txt", "report"),
        ({"id": "v1.2"}, "v1.2", "v1.2"),
        ({"id": 17}, "17", "17"),
        ({"id": True}, "in.jsonl#1", "in#1"),
        ({"id": " "}, "in.jsonl#1", "in#1"),
        ({"id": "x" * 600}, "in.jsonl#1", "in#1"),
        ({"url": "not an address", "source": ""}, "in.jsonl#1", "in#1"),
    ],
)
def test_names_of_rows(tmp_path: Path, row: dict[str, Any], input_id: str, source: str) -> None:
    found = only(read(rows(tmp_path / "in.jsonl", {"text": "Words.", **row})))
    assert (found.input_id, found.source) == (input_id, source)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "cut o', "broken JSON"),
        (b"not JSON at all", "broken JSON"),
        (b"\x00\xff\xfe\x01", "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
        (b'{"text": NaN}', "broken JSON"),
        (b'["text"]', "the row is no JSON object"),
        (b"null", "the row is no JSON object"),
        (b'{"id": "a"}', "the row has neither text nor html"),
        (b'{"id": "a", "text": "  ", "html": null}', "the row has neither text nor html"),
        (b'{"id": "a", "text": ["words"]}', "the row has neither text nor html"),
    ],
)
def test_a_row_that_can_never_work_is_quarantined_and_the_others_go_on(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    path = rows(tmp_path / "in.jsonl", {"id": "before", "text": "One."}, line, {"id": "after", "text": "Two."})
    before, bad, after = read(path)
    assert (before.input_id, after.input_id) == ("before", "after")
    assert isinstance(bad, Quarantined)
    assert bad.reason.startswith(reason)
    assert bad.body == line
    assert bad.input_id == ("a" if b'"id"' in line else "in.jsonl#2")


@pytest.mark.parametrize(
    ("stated", "at", "precision"),
    [
        ("2026-03-02", "2026-03-02T00:00", "day"),
        ("20260302", "2026-03-02T00:00", "day"),
        ("2026-03-02T10:15", "2026-03-02T10:15", "minute"),
        ("2026-03-02 10:15:30+02:00", "2026-03-02T08:15:30", "second"),
        ("2026-03-02T10:15:30.5Z", "2026-03-02T10:15:30.500", "second"),
        ("Mon, 02 Mar 2026 10:15:30 +0100", "2026-03-02T09:15:30", "second"),
        ("2 Mar 2026 10:15 GMT", "2026-03-02T10:15", "minute"),
        ("March 2, 2026, 07:47 PM EST", "2026-03-03T00:47", "minute"),
        ("Mon, 2 Mar 2026 12:05:10 a.m. GMT", "2026-03-02T00:05:10", "second"),
        ("2 Mar 2026 12:05pm", "2026-03-02T12:05", "minute"),
        ("2 Mar 2026 19:47 PM GMT", "2026-03-02T19:47", "minute"),
        ("Mon, 2 Mar 2026", "2026-03-02T00:00", "day"),
        ("1802-05-06", "1802-05-06T00:00", "day"),
        ("2026-03-12", "2026-03-12T00:00", "day"),
    ],
)
def test_dates_that_are_read(tmp_path: Path, stated: str, at: str, precision: str) -> None:
    found = only(read(rows(tmp_path / "in.jsonl", {"id": "a", "text": "Words.", "published_at": stated})))
    assert found.published_at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert found.published_precision == precision
    assert not found.repairs


@pytest.mark.parametrize(
    "stated",
    [
        "Tue,",
        "soon",
        "2026",
        "2026-03",
        "2026-02-30",
        "0001-01-01",
        "9999-12-31T23:59:59-14:00",
        1772445600,
        ["2026"],
        "1799-12-31",
        "2041-01-01",
        "2026-03-13",
        "Fri, 99 Mar 2026 00:00:00 GMT",
        "2" * 5000,
    ],
)
def test_dates_that_are_dropped_with_a_stated_repair(tmp_path: Path, stated: Any) -> None:
    found = only(read(rows(tmp_path / "in.jsonl", {"id": "a", "text": "Words.", "published_at": stated})))
    assert found.published_at is None
    assert len(found.repairs) == 1
    assert found.repairs[0].startswith("published_at dropped: ")


def test_a_date_in_the_future_is_not_left_for_a_later_stage_to_find(tmp_path: Path) -> None:
    found = only(read(rows(tmp_path / "in.jsonl", {"id": "a", "text": "Words.", "published_at": "2041-01-01"})))
    assert json.loads(found.body) == {"id": "a", "text": "Words."}
    assert "2041-01-01" in found.repairs[0]


def test_other_keys_that_make_no_sense_are_dropped_with_a_repair(tmp_path: Path) -> None:
    row = {"id": "a", "text": "Words.", "url": 7, "title": "t" * 3000, "lang": "Englisch", "source": {}}
    found = only(read(rows(tmp_path / "in.jsonl", row)))
    assert (found.url, found.title, found.language, found.source) == (None, None, None, "a")
    assert [repair.split()[0] for repair in found.repairs] == ["url", "source", "title", "lang"]


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "a", "text": "cut \\ud83d"}',
        b'{"id": "a", "text": "f\xe4hre"}',
        b'\xef\xbb\xbf{"id": "a", "text": "x"}',
    ],
)
def test_rows_with_broken_characters_are_mended_and_say_so(tmp_path: Path, line: bytes) -> None:
    found = only(read(rows(tmp_path / "in.jsonl", line)))
    assert found.input_id == "a"
    assert found.repairs == ("the row was not valid UTF-8 JSON and was rewritten",)
    assert json.loads(found.body.decode())["id"] == "a"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.jsonl.gz"])
def test_an_empty_file_is_quarantined(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    found = rejected(read(tmp_path))
    assert (found.input_id, found.reason) == (name, "the file is empty")


def test_a_file_of_blank_lines_is_empty(tmp_path: Path) -> None:
    assert rejected(read(rows(tmp_path / "a.jsonl", "", "  "))).reason == "the file is empty"


@pytest.mark.parametrize("name", ["big.txt", "big.html"])
def test_a_file_over_the_limit_is_never_read_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b"x")
        file.truncate(50_000_000)
    tracemalloc.start()
    found = rejected(read(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.reason == "too large: 50000000 bytes"
    assert len(found.body) == 65_536
    assert found.truncated == 50_000_000 - 65_536
    assert peak < 25_000_000


@pytest.mark.parametrize("name", ["in.jsonl", "in.jsonl.gz"])
def test_a_row_over_the_limit_is_cut_and_the_next_one_read(tmp_path: Path, name: str) -> None:
    long = b'{"text": "' + b"x" * 3_000_000 + b'"}'
    path = rows(tmp_path / name, {"id": "a", "text": "One."}, long, {"id": "b", "text": "Two."}, long)
    first, cut, second, last = read(path, limit=100_000)
    assert (first.input_id, second.input_id) == ("a", "b")
    for item, number in ((cut, 2), (last, 4)):
        assert isinstance(item, Quarantined)
        assert item.reason == f"too large: {len(long)} bytes"
        assert item.truncated + len(item.body) == len(long)
        assert item.input_id == f"{name}#{number}"


def test_rows_before_the_break_of_a_packed_file_go_through(tmp_path: Path) -> None:
    lines = [{"id": str(number), "text": os.urandom(200).hex()} for number in range(500)]
    path = rows(tmp_path / "in.jsonl.gz", *lines)
    path.write_bytes(path.read_bytes()[:60_000])
    *good, broken = read(path)
    assert len(good) > 50
    assert [item.input_id for item in good] == [str(number) for number in range(len(good))]
    assert isinstance(broken, Quarantined)
    assert broken.reason.startswith(f"the file breaks off after line {len(good)}")


def test_what_is_called_gz_and_is_not(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl.gz").write_bytes(b'{"id": "a", "text": "x"}\n')
    assert "breaks off after line 0" in rejected(read(tmp_path)).reason


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.jsonl.gz"])
def test_a_file_that_may_not_be_read_is_quarantined(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b.txt").write_bytes(b"Words.")
    path = rows(tmp_path / name, {"id": "a", "text": "Words."})
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    bad, good = read(tmp_path)
    assert isinstance(bad, Quarantined)
    assert bad.reason == "the file cannot be read: Permission denied"
    assert isinstance(good, Fetched)


def test_a_file_that_vanishes_meanwhile_is_quarantined(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Words.")
    items = read_inputs([tmp_path], now=NOW)
    (tmp_path / "a.txt").unlink()
    assert rejected(list(items)).reason.startswith("the file cannot be read: ")


def test_a_file_named_twice_counts_once(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    path = tmp_path / "deep" / "a.txt"
    path.write_bytes(b"Words.")
    (tmp_path / "link.txt").symlink_to(path)
    assert len(read(path, tmp_path, tmp_path / "deep", path, tmp_path / "link.txt")) == 1


def test_files_of_one_name_take_the_shortest_end_that_tells_them_apart(tmp_path: Path) -> None:
    for name in ("mon/a/x.txt", "tue/a/x.txt", "tue/b/x.txt", "tue/b/y.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    names = {item.body.decode(): item.input_id for item in read(tmp_path)}
    assert names == {"mon/a/x.txt": "mon/a/x.txt", "tue/a/x.txt": "tue/a/x.txt", "tue/b/x.txt": "b/x.txt"} | {
        "tue/b/y.txt": "y.txt"
    }
    again = {item.body.decode(): item.input_id for item in read(tmp_path / "tue", tmp_path / "mon")}
    assert again == names


def test_other_files_of_a_folder_are_skipped_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Words.")
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    (tmp_path / "README").write_bytes(b"Read me.")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "c.txt").write_bytes(b"Words.")
    skipped: list[Path] = []
    assert len(read(tmp_path, on_skip=skipped.append)) == 1
    assert [path.name for path in skipped] == ["README", "b.pdf"]


@pytest.mark.parametrize("name", ["missing.txt", "b.pdf"])
def test_what_was_named_by_hand_and_cannot_be_read_is_a_usage_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    with pytest.raises(UsageError, match=name):
        read_inputs([tmp_path / name], now=NOW)
