"""Main text of real pages against what people marked: mean shingle precision, recall and F1, and pages a second.

`python -m bench.quality.main_text PAGES.jsonl.gz [--folds]` reads rows with `url`, `html` and `text` and prints one
line a reader; with `--folds` also F1 in five folds of the pages by their host, so that what was tuned on some can be
told from what was not. The readers take each page in turn, so that they share the machine's moods.
The measure is that of the article extraction benchmark of Scrapinghub (2019): 4-gram shingles as bags.
"""

import gzip
import hashlib
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import orjson
import trafilatura

from articles.clean import clean
from schemas.articles import Fetched
from schemas.errors import Quarantine

_TOKEN = re.compile(r"\w+", re.UNICODE)
_SHINGLE = 4
FOLDS = 5


class Page(NamedTuple):
    """A page, its address, and its main text as a person marked it."""

    url: str
    html: str
    text: str


class Score(NamedTuple):
    """Of one page: precision, recall."""

    precision: float
    recall: float


class Reading(NamedTuple):
    """What one reader found on each page, and the CPU seconds that it took for all."""

    texts: list[str]
    took: float


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[at : at + _SHINGLE]) for at in range(max(1, len(tokens) - _SHINGLE + 1)))


def page_score(found: str, wanted: str) -> Score:
    ours, gold = shingles(found), shingles(wanted)
    common = sum((ours & gold).values())
    return Score(common / (sum(ours.values()) or 1), common / (sum(gold.values()) or 1))


def mean_score(scores: Sequence[Score]) -> tuple[float, float, float]:
    """Precision, recall and, as the benchmark takes it, F1 of these means."""
    precision = sum(score.precision for score in scores) / len(scores)
    recall = sum(score.recall for score in scores) / len(scores)
    return precision, recall, 2 * precision * recall / (precision + recall)


def read_all(readers: Sequence[Callable[[Page], str]], pages: Sequence[Page]) -> list[Reading]:
    """All pages by each reader in turn."""
    texts: list[list[str]] = [[] for _ in readers]
    took = [0.0] * len(readers)
    for page in pages:
        for number, read in enumerate(readers):
            start = time.process_time()
            texts[number].append(read(page))
            took[number] += time.process_time() - start
    return [Reading(*pair) for pair in zip(texts, took, strict=True)]


def fold_of(url: str) -> int:
    """One of five, the same for all pages of a site: by its host without the first parts."""
    parts = (urlsplit(url).hostname or "").split(".")
    site = ".".join(parts[-2:] if len(parts) < 3 or len(parts[-2]) > 3 else parts[-3:])
    return int(hashlib.md5(site.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


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
    except Quarantine:
        return ""


def by_trafilatura(page: Page) -> str:
    return trafilatura.extract(page.html, fast=True, include_comments=False) or ""


READERS = {
    "newsfold": by_newsfold,
    "trafilatura fast": by_trafilatura,
}


def read_pages(path: Path) -> list[Page]:
    with gzip.open(path) as lines:
        rows = [orjson.loads(line) for line in lines]
    return [Page(row["url"], row["html"], row["text"]) for row in rows]


def main(path: str, with_folds: bool) -> None:
    pages = read_pages(Path(path))
    print(f"{len(pages)} pages\n{'reader':18} {'precision':>9} {'recall':>7} {'F1':>6} {'pages/s':>8}")
    for name, reading in zip(READERS, read_all(list(READERS.values()), pages), strict=True):
        scores = [page_score(text, page.text) for text, page in zip(reading.texts, pages, strict=True)]
        precision, recall, f1 = mean_score(scores)
        print(f"{name:18} {precision:9.3f} {recall:7.3f} {f1:6.3f} {len(pages) / reading.took:8.0f}")
        if with_folds:
            print("  F1 by fold:", *(f"{_f1_of(fold, pages, scores):.3f}" for fold in range(FOLDS)))
        for text, page in zip(reading.texts, pages, strict=True):
            if not text:
                print(f"  refused: {page.url}")


def _f1_of(fold: int, pages: Sequence[Page], scores: Sequence[Score]) -> float:
    return mean_score([score for score, page in zip(scores, pages, strict=True) if fold_of(page.url) == fold])[2]


if __name__ == "__main__":
    main(sys.argv[1], "--folds" in sys.argv)
