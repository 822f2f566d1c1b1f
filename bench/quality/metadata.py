"""Title, published day, canonical address and authors of real pages against what a person read on them.

`python -m bench.quality.metadata PAGES.jsonl.gz [--missed]`. PAGES has rows with `url` and `html`; the labels are in
`labels/metadata.json`. They hold no words of the pages, only hashes of them: what was found is hashed in the same way.

What a page does not state has no label, and what is found there counts as made up: an address other than the page's
own, or a name where no byline is. Where only an account, a staff or the metadata sign, no label is right or wrong.
The first half of the pages, by digest, is the one that rules may be mended on.
"""

import gzip
import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from articles.clean.html.metadata import Metadata, read_metadata
from samples.score import Count

LABELS = Path(__file__).parent / "labels" / "metadata.json"
FIELDS = ("title", "published", "canonical", "authors")
MADE_UP = "nothing made up"
_HASH = 16
_DIGEST = 12


class Page(NamedTuple):
    """A page and what a person read on it."""

    url: str
    html: str
    label: Mapping[str, Any]


def main(source: str, show_missed: bool) -> None:
    pages = read_pages(Path(source))
    half = len(pages) // 2
    parts = {"all": pages, "mended on": pages[:half], "other half": pages[half:]}
    for name, part in parts.items():
        for field, count in score_metadata(part).items():
            print(f"{name:12} {field:16} {count.right:4} of {count.total:4} {count.right / (count.total or 1):7.1%}")
            for missed in count.missed if show_missed and name != "all" else ():
                print(f"    {missed}")


def read_pages(path: Path) -> list[Page]:
    """The labelled pages, by digest."""
    labels = orjson.loads(LABELS.read_bytes())["pages"]
    with gzip.open(path) as lines:
        rows = {digest_of_page(row["html"]): row for row in map(orjson.loads, lines)}
    return [Page(rows[digest]["url"], rows[digest]["html"], label) for digest, label in sorted(labels.items())]


def score_metadata(pages: Sequence[Page]) -> dict[str, Count]:
    """Of each field that pages state how many are right; and of those that they do not how many were left alone."""
    counts = {name: Count() for name in (*FIELDS, MADE_UP)}
    for page in pages:
        found = read_metadata(page.html, page.url)
        for field in FIELDS:
            name, right = _judge(field, found, page)
            if name:
                counts[name].add(right, f"{page.url}: {field} {_value(field, found)!r}")
    return counts


def _judge(field: str, found: Metadata, page: Page) -> tuple[str | None, bool]:
    """Which count the field goes to, and whether it is right; `None` where the label is open."""
    wanted = page.label.get(field, ())
    if wanted is None:
        return None, False
    if wanted:
        return field, _is_right(field, _value(field, found), wanted)
    value = _value(field, found)
    return MADE_UP, not value or (field == "canonical" and value == page.url)


def _is_right(field: str, value: Any, wanted: Any) -> bool:
    """A day is right if it is one of those wanted: a moment has one in each time zone."""
    if field == "published":
        return bool(value in wanted)
    if field == "authors":
        return bool(sorted(hashed(field, name) for name in value) == wanted)
    return bool(hashed(field, value or "") == wanted)


def _value(field: str, found: Metadata) -> Any:
    match field:
        case "title":
            return found.title
        case "published":
            return found.published.at.date().isoformat() if found.published else None
        case "canonical":
            return found.url
        case _:
            return found.byline


def digest_of_page(html: str) -> str:
    """By which the labels name a page."""
    return hashlib.sha256(html.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]


def hashed(field: str, text: str) -> str:
    """The hash of a title or name by its letters and digits in lower case, of an address as it stands."""
    plain = text if field == "canonical" else "".join(filter(str.isalnum, text.casefold()))
    return hashlib.sha256(f"{field}\0{plain}".encode()).hexdigest()[:_HASH]


if __name__ == "__main__":
    main(sys.argv[1], "--missed" in sys.argv)
