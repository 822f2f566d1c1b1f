"""One stated total order, whatever the order of the arguments."""

import itertools
import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.articles import Fetched, Precision
from schemas.quarantine import Quarantined
from scrapers.files import Item, read_inputs
from scrapers.identity import article_id
from scrapers.ordering import ordered

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def stated_in_text(fetched: Fetched) -> tuple[datetime, Precision, str] | None:
    """The first line of the text, if it is a date."""
    try:
        return datetime.fromisoformat(fetched.body.decode().split()[0]).replace(tzinfo=UTC), "day", "text"
    except ValueError:
        return None


def write_inputs(folder: Path) -> list[Path]:
    (folder / "sub").mkdir()
    (folder / "sub" / "dated.txt").write_text("2026-03-04 The ferry runs.")
    (folder / "sub" / "undated.txt").write_text("The ferry runs.")
    (folder / "sub" / "future.txt").write_text("2041-01-01 The ferry flies.")
    rows = [
        {"id": "c", "text": "3", "published_at": "2026-03-05"},
        {"id": "b", "text": "2", "published_at": "2026-03-03"},
        {"id": "a", "text": "1", "published_at": "2026-03-05"},
        {"id": "same", "source": "y.test", "text": "1", "published_at": "2026-03-01"},
        {"id": "same", "source": "x.test", "text": "1", "published_at": "2026-03-01"},
        {"id": "bad"},
    ]
    (folder / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    return [folder / "sub", folder / "rows.jsonl", folder / "sub" / "dated.txt"]


def test_by_time_then_input_id_then_source_and_the_undated_last(tmp_path: Path) -> None:
    paths = write_inputs(tmp_path)
    runs = [
        list(ordered(read_inputs(chosen, now=NOW), now=NOW, peek=stated_in_text))
        for chosen in itertools.permutations(paths)
    ]
    names = [f"{item.source}/{item.input_id}" for item in runs[0]]
    dated = ["x.test/same", "y.test/same", "b/b", "dated/dated.txt", "a/a", "c/c"]
    assert names == [*dated, "bad/bad", "future/future.txt", "undated/undated.txt"]
    assert all(run == runs[0] for run in runs)


def test_any_order_of_items_gives_one_order_and_the_same_items() -> None:
    items: list[Item] = [_article(f"i{number % 7}", f"s{number % 3}", bytes([number, 255])) for number in range(40)]
    items += [_rejected(f"i{number}") for number in range(5)]
    expected = list(ordered(items, now=NOW, peek=lambda _: None))
    for seed in range(5):
        shuffled = random.Random(seed).sample(items, len(items))
        assert list(ordered(shuffled, now=NOW, peek=lambda _: None)) == expected
    assert sorted(expected, key=repr) == sorted(items, key=repr)


def test_the_clean_stage_is_asked_for_the_time_of_a_page(tmp_path: Path) -> None:
    page = '<html><head><meta property="article:published_time" content="{}"></head><p>The mill burned.</p></html>'
    (tmp_path / "a.html").write_text(page.format("2026-03-05T10:00:00Z"))
    (tmp_path / "b.html").write_text(page.format("2026-03-04T10:00:00Z"))
    items = ordered(read_inputs([tmp_path], now=NOW), now=NOW)
    assert [item.input_id for item in items] == ["b.html", "a.html"]


def test_what_states_no_time_stands_where_it_was_fetched() -> None:
    archived = _article("z", "s", b"").model_copy(update={"fetched_at": datetime(2026, 3, 2, 12, tzinfo=UTC)})
    items: list[Item] = [_article("u", "s", b""), archived, _article("a", "s", b"\x01"), _article("b", "s", b"\x02")]
    found = ordered(items, now=NOW, peek=lambda _: None)
    assert [item.input_id for item in found] == ["a", "z", "b", "u"]


def test_an_order_that_is_broken_off_leaves_nothing_open(tmp_path: Path) -> None:
    items = ordered([_article("a", "s", b"1"), _article("b", "s", b"2")], now=NOW, peek=lambda _: None)
    assert next(iter(items)).input_id == "a"


@pytest.mark.parametrize("body", [b"", b"\x00\xff" * 1000, "Fähre".encode("latin-1")])
def test_bodies_come_back_as_they_were(body: bytes) -> None:
    item = _article("a", "s", body)
    assert list(ordered([item], now=NOW, peek=lambda _: None)) == [item]


def _article(input_id: str, source: str, body: bytes) -> Fetched:
    return Fetched(
        article_id=article_id(source, input_id),
        source=source,
        input_id=input_id,
        content_type="text/plain",
        body=body,
        published_at=datetime(2026, 3, 1 + body[0] % 3, tzinfo=UTC) if body else None,
        published_precision="day" if body else None,
        repairs=("one", "two") if body else (),
    )


def _rejected(input_id: str) -> Quarantined:
    return Quarantined(input_id=input_id, source="s", stage="scrape", reason="r", content_type="", body=b"\xff")
