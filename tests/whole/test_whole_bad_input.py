"""Whatever is wrong with an input, it is accepted with a stated repair or quarantined with a reason, and counted."""

import re

import orjson
import pytest
from whole_runtimes import Rows, Runtime

GOOD = (
    "The harbour office in Port Aldis opened a new quay on Tuesday after two years of work. "
    "Twelve ships can unload there at once, harbour master Ines Calder said."
)
CONSENT = """<html><head><title>Before you continue</title></head><body><h1>Before you continue</h1>
<p>We use cookies and data to deliver and maintain our services and to track outages.</p>
<p>If you choose to accept all, we will also use cookies to show personalised ads.</p>
<button>Accept all</button> <button>Reject all</button></body></html>"""


def row(input_id: str, **fields: object) -> bytes:
    return orjson.dumps({"id": input_id, "source": "quay.example", "title": "New quay", **fields}) + b"\n"


@pytest.fixture(scope="module")
def rows(runtime: Runtime, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    folder = tmp_path_factory.mktemp("inputs")
    bodies: dict[str, bytes] = {
        "good.txt": GOOD.encode(),
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 40,
        "latin.txt": GOOD.replace("Ines Calder", "Inès Caldér").encode("latin-1"),
        "nul.txt": GOOD.replace("Tuesday", "Tues\x00day").encode(),
        "oneline.txt": b"The harbour office in Port Aldis opened a new quay on Tuesday.",
        "nosentence.txt": b"Quay\n\nHarbour\n\nMenu",
        "consent.html": CONSENT.encode(),
        "nested.html": b"<html><body>" + b"<div>" * 20_000 + GOOD.encode() + b"</div>" * 20_000,
        "rows.jsonl": b"".join(
            (
                row("row-good", text=GOOD, published_at="2025-03-11"),
                b'{"id": "row-broken", "text": "no end\n',
                row("row-no-text", published_at="2025-03-11"),
                row("row-2041", text=GOOD, published_at="2041-01-01"),
                row("row-tue", text=GOOD, published_at="Tue,"),
                b"[1, 2, 3]\n",
            )
        ),
    }
    for name, body in bodies.items():
        (folder / name).write_bytes(body)
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(50_000_000)
    return runtime.fold(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("out"), folder)


def test_the_counts_add_up(rows: Rows):
    accepted = {article["input_id"] for article in rows["articles"]}
    rejected = {entry["input_id"] for entry in rows["rejected"]}
    assert len(rows["articles"]) + len(rows["rejected"]) == 16
    assert not accepted & rejected


@pytest.mark.parametrize("input_id", ["good.txt", "latin.txt", "nul.txt", "oneline.txt", "row-good"])
def test_what_can_be_read_goes_through(rows: Rows, input_id: str):
    (article,) = [article for article in rows["articles"] if article["input_id"] == input_id]
    assert "opened a new quay on Tues" in article["text"]
    assert "\x00" not in article["text"]
    assert input_id in {assignment["input_id"] for assignment in rows["assignments"]}


def test_the_encoding_is_found(rows: Rows):
    (article,) = [article for article in rows["articles"] if article["input_id"] == "latin.txt"]
    assert "Inès Caldér" in article["text"]


@pytest.mark.parametrize("input_id", ["row-2041", "row-tue"])
def test_a_date_that_cannot_be_is_dropped(rows: Rows, input_id: str):
    (article,) = [article for article in rows["articles"] if article["input_id"] == input_id]
    assert article["published_at"] is None
    assert any("published" in repair or "date" in repair for repair in article["repairs"]), article["repairs"]


@pytest.mark.parametrize(
    ("input_id", "stage", "reason"),
    [
        ("empty.txt", "scrape", "empty"),
        ("binary.txt", "clean", "text|binary"),
        ("nosentence.txt", "clean", "sentence"),
        ("consent.html", "clean", "consent"),
        ("nested.html", "clean", "nested|levels|deep"),
        ("huge.txt", "scrape", "50,000,000|large|limit"),
        ("rows.jsonl#2", "scrape", "JSON"),
        ("row-no-text", "scrape", "text"),
        ("rows.jsonl#6", "scrape", "object"),
    ],
)
def test_what_can_never_work_is_kept_with_its_reason(rows: Rows, input_id: str, stage: str, reason: str):
    (entry,) = [entry for entry in rows["rejected"] if entry["input_id"] == input_id]
    assert entry["stage"] == stage
    assert re.search(reason, entry["reason"]), entry["reason"]
