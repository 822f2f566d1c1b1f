"""The score of metadata tells right, wrong and made up from each other, and its labels hold no words."""

import re
from typing import Any

import orjson
import pytest

from bench.quality.metadata import FIELDS, LABELS, MADE_UP, Page, hashed, score_metadata

ADDRESS = "https://post.example/bridge"
HTML = """<html><head><title>Bridge reopens</title><link rel="canonical" href="/bridge?own">
<meta property="article:published_time" content="2024-05-06T07:08:09Z"><meta name="author" content="Ada Kord"></head>
<body><h1>Bridge reopens</h1><p>The bridge over the Lorn was opened again on Monday.</p></body></html>"""
RIGHT = {
    "title": hashed("title", "BRIDGE reopens!"),
    "published": ["2024-05-05", "2024-05-06"],
    "canonical": hashed("canonical", f"{ADDRESS}?own"),
    "authors": [hashed("authors", "Ada Kord")],
}


def scored(html: str, label: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Right ones and all of each count."""
    return {name: (it.right, it.total) for name, it in score_metadata([Page(ADDRESS, html, label)]).items()}


def test_what_is_right_counts_as_right() -> None:
    assert scored(HTML, RIGHT) == {**dict.fromkeys(FIELDS, (1, 1)), MADE_UP: (0, 0)}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", hashed("title", "Bridge closes")),
        ("published", ["2024-05-07"]),
        ("canonical", hashed("canonical", ADDRESS)),
        ("authors", sorted([hashed("authors", "Ada Kord"), hashed("authors", "Bo Ek")])),
    ],
)
def test_what_is_wrong_counts_as_wrong(field: str, wrong: object) -> None:
    assert scored(HTML, {**RIGHT, field: wrong})[field] == (0, 1)


@pytest.mark.parametrize("field", FIELDS)
def test_what_no_label_has_is_made_up(field: str) -> None:
    counts = scored(HTML, {name: label for name, label in RIGHT.items() if name != field})
    assert (counts[field], counts[MADE_UP]) == ((0, 0), (0, 1))


def test_what_is_not_stated_and_not_found_is_right() -> None:
    assert scored("<html><body><p>No more than this.</p></body></html>", {})[MADE_UP] == (4, 4)


def test_an_open_label_counts_nowhere() -> None:
    assert scored(HTML, {**RIGHT, "authors": None})["authors"] == (0, 0)


def test_the_labels_hold_hashes_and_days_only() -> None:
    pages = orjson.loads(LABELS.read_bytes())["pages"]
    stated = [each for label in pages.values() for each in label.values() if each]
    values = [value for each in stated for value in (each if isinstance(each, list) else [each])]
    assert len(pages) == 181
    assert {key for label in pages.values() for key in label} == set(FIELDS)
    assert all(re.fullmatch(r"[0-9a-f]{16}|\d{4}-\d\d-\d\d", value) for value in values)
