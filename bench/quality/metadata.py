"""Title, published day, canonical address and authors of real pages against what a person read on them.

`python -m bench.quality.metadata PAGES.jsonl.gz LABELS.jsonl [--missed]`. PAGES has rows with `url` and `html`. LABELS
has a row a page: `url`, `title`, `published` (days, of which any is right: a moment has one in each time zone),
`canonical`, `authors`; what the page does not state is left out or null, and does not count. The labels were made by
reading; they hold words of the pages, so they are no part of the repository.
"""

import gzip
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from articles.clean.html.metadata import Metadata, read_metadata

FIELDS = ("title", "published", "canonical", "authors")


def main(pages: str, labels: str, show_missed: bool) -> None:
    with gzip.open(Path(pages)) as lines:
        html = {row["url"]: row["html"] for row in map(orjson.loads, lines)}
    rows = [orjson.loads(line) for line in Path(labels).read_bytes().splitlines()]
    found = [read_metadata(html[row["url"]], None) for row in rows]
    for field in FIELDS:
        judged = [(row, it, is_right(field, it, row)) for row, it in zip(rows, found, strict=True) if row.get(field)]
        right = sum(correct for _, _, correct in judged)
        print(f"{field:10} {right:4} of {len(judged):4} {right / (len(judged) or 1):7.1%}")
        for row, it, correct in judged if show_missed else ():
            if not correct:
                print(f"  {row['url']}: {row[field]!r}, not {_value(field, it)!r}")


def is_right(field: str, found: Metadata, label: Mapping[str, Any]) -> bool:
    """Titles and names by their letters and digits, authors as sets, addresses and days to the letter."""
    value, wanted = _value(field, found), label[field]
    if field == "title":
        return _bare(value) == _bare(wanted)
    if field == "authors":
        return {_bare(name) for name in value} == {_bare(name) for name in wanted}
    return value in wanted if field == "published" else bool(value == wanted)


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


def _bare(text: str) -> str:
    return "".join(_letters(text))


def _letters(text: str) -> Iterator[str]:
    return filter(str.isalnum, text.casefold())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--missed" in sys.argv)
