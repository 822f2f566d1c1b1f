"""Main text of real pages against what people marked: mean shingle precision, recall and F1, and pages a second.

`python bench/quality/main_text.py PAGES.jsonl.gz` reads rows with `html` and `text` and prints one line a reader.
The measure is that of the article extraction benchmark of Scrapinghub (2019): 4-gram shingles as bags.
"""

import gzip
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import orjson
import trafilatura

from articles.clean import clean
from schemas.articles import Fetched
from schemas.errors import Quarantine

_TOKEN = re.compile(r"\w+", re.UNICODE)
_SHINGLE = 4


class Page(NamedTuple):
    """A page, its address, and its main text as a person marked it."""

    url: str
    html: str
    text: str


class Score(NamedTuple):
    """Means over all pages; `rate` in pages a second."""

    precision: float
    recall: float
    f1: float
    rate: float


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[at : at + _SHINGLE]) for at in range(max(1, len(tokens) - _SHINGLE + 1)))


def page_score(found: str, wanted: str) -> tuple[float, float]:
    """Precision and recall of one page."""
    ours, gold = shingles(found), shingles(wanted)
    common = sum((ours & gold).values())
    return common / (sum(ours.values()) or 1), common / (sum(gold.values()) or 1)


def measure(read: Callable[[Page], str], pages: Sequence[Page]) -> Score:
    """As the benchmark does, F1 is taken from the mean precision and the mean recall."""
    start = time.perf_counter()
    found = [read(page) for page in pages]
    took = time.perf_counter() - start
    scores = [page_score(text, page.text) for text, page in zip(found, pages, strict=True)]
    precision = sum(score[0] for score in scores) / len(scores)
    recall = sum(score[1] for score in scores) / len(scores)
    return Score(precision, recall, 2 * precision * recall / (precision + recall), len(pages) / took)


def by_newsfold(page: Page) -> str:
    fetched = Fetched(
        article_id="0",
        source="s",
        input_id="0",
        content_type="text/html; charset=utf-8",
        body=page.html.encode(),
        url=page.url,
    )
    try:
        return clean(fetched).text
    except Quarantine as refused:
        print(f"refused: {page.url}: {refused}", file=sys.stderr)
        return ""


def by_trafilatura(page: Page) -> str:
    return trafilatura.extract(page.html, fast=True, include_comments=False) or ""


def main(path: str) -> None:
    with gzip.open(Path(path)) as lines:
        rows = [orjson.loads(line) for line in lines]
    pages = [Page(row["url"], row["html"], row["text"]) for row in rows]
    print(f"{len(pages)} pages\n{'reader':18} {'precision':>9} {'recall':>7} {'F1':>6} {'pages/s':>8}")
    for name, read in (("newsfold", by_newsfold), ("trafilatura fast", by_trafilatura)):
        score = measure(read, pages)
        print(f"{name:18} {score.precision:9.3f} {score.recall:7.3f} {score.f1:6.3f} {score.rate:8.0f}")


if __name__ == "__main__":
    main(sys.argv[1])
