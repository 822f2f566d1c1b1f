"""How many repeats of a newswire are known as copies: `python -m bench.quality.near_copies ../shared/data`.

The truth has nothing to do with the marks that copies are known by: of every article and those of the `DAYS` before it,
the share of the shorter text's runs of five words that both have, by an inverted index that leaves nothing out.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from articles.clean import clean
from articles.extract import extract
from schemas.articles import Facts, Fetched
from schemas.errors import Quarantine
from scrapers.files import read_inputs
from stories.assign.copies import find_original
from stories.assign.shelf import Shelf
from stories.assign.traces import trace_of

RUN, DAYS = 5, 7
LEAST_RUNS = 20
"""Of the shorter text: four lines of a table of earnings are alike in many reports."""
REPEAT, HALF, OTHER = 0.8, 0.5, 0.3
"""Shares of the shorter text: a repeat, a text half taken over, and one of which nobody would say that it is a copy."""
_WORD = re.compile(r"\w+")

Shares = list[dict[int, float]]
"""Number of an article -> earlier articles and the share of the shorter text that both have, 0 to 1."""


class Found(NamedTuple):
    """Known ones of all repeats and of all that share half; of those taken for copies, how many share too little."""

    repeats: tuple[int, int]
    halves: tuple[int, int]
    false: tuple[int, int]


def read_facts(path: Path, limit: int | None = None) -> Iterator[Facts]:
    """In the order of the file; what is refused is left out."""
    for number, item in enumerate(read_inputs([path], now=datetime(2040, 1, 1, tzinfo=UTC))):
        if limit is not None and number >= limit:
            return
        try:
            facts = extract(clean(item)) if isinstance(item, Fetched) else None
        except Quarantine:
            continue
        if facts and facts.published_at:
            yield facts


def shares(articles: Sequence[Facts]) -> Shares:
    """What every article shares with those of the days before."""
    holders: dict[int, list[int]] = defaultdict(list)
    runs: list[set[int]] = []
    found: Shares = []
    for number, facts in enumerate(articles):
        words = _WORD.findall(facts.text.casefold())
        own = {hash(run) for run in zip(*(words[at:] for at in range(RUN)), strict=False)}
        counts = Counter(other for run in own for other in holders[run])
        found.append({})
        for other, count in counts.items():
            shorter = min(len(own), len(runs[other]))
            if shorter >= LEAST_RUNS and _gap(facts, articles[other]) <= timedelta(days=DAYS):
                found[number][other] = count / shorter
        runs.append(own)
        for run in own:
            holders[run].append(number)
    return found


def _gap(one: Facts, other: Facts) -> timedelta:
    return abs(one.published_at - other.published_at) if one.published_at and other.published_at else timedelta.max


def originals(articles: Sequence[Facts]) -> list[int | None]:
    """The article that each is taken for a copy of."""
    shelf, numbers = Shelf(), dict[str, int]()
    found: list[int | None] = []
    for number, facts in enumerate(articles):
        at = int(facts.published_at.timestamp()) if facts.published_at else None
        shelf.tick(at)
        list(shelf.pop_old())
        trace = trace_of(facts, "en", at)
        trace.story = facts.article_id
        original = find_original(shelf, trace)
        found.append(numbers[original[0]] if original else None)
        numbers[facts.article_id] = number
        shelf.put_article(trace)
    return found


def measure(articles: Sequence[Facts]) -> Found:
    """Compares what is known with the truth."""
    repeats, halves, false = Counter[bool](), Counter[bool](), Counter[bool]()
    for shared, original in zip(shares(articles), originals(articles), strict=True):
        most = max(shared.values(), default=0.0)
        if most >= REPEAT:
            repeats[original is not None] += 1
        if most >= HALF:
            halves[original is not None] += 1
        if original is not None:
            false[shared.get(original, 0.0) < OTHER] += 1
    return Found(*((counts[True], counts.total()) for counts in (repeats, halves, false)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, help="articles that are read")
    options = parser.parse_args()
    found = measure(list(read_facts(options.data / "newswire_1987.jsonl.gz", options.limit)))
    for name, (count, total) in found._asdict().items():
        print(f"{name:8} {count:5d} of {total:5d}  {count / max(total, 1):.3f}")


if __name__ == "__main__":
    main()
