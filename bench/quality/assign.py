"""How well articles are put into stories: online, in stream order, scored on the labelled articles only.

    python -m bench.quality.assign ../shared/data [--stream-from 2016-04-20]

What went wrong is listed by `bench.quality.assign_errors`.

B-cubed (Bagga and Baldwin 1998) hardly shows what drift does; pairwise does: both are given, for two parts. Weights are
chosen on both; what they reach on parts that a choice did not see stands beside them (`bench/train_assign.py`,
`bench/train_threads.py`). Facts are cached outside the repository.
"""

import argparse
import gzip
import hashlib
import itertools
import json
import pickle
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from articles.clean import clean
from articles.extract import extract
from consumers.threads import threads_of
from schemas.articles import Facts
from schemas.errors import Quarantine
from schemas.events import Event
from schemas.stories import Joined, Linked, Merged, Opened, Split, Why
from scrapers.files import read_inputs
from stories.assign import assign, open_desk

FIRST_BEFORE = datetime(2017, 10, 1, tzinfo=UTC)
"""Stories of the stream before this day are its first part; the later ones are labelled twice as densely."""
APART = 2, 4, 6, 9
"""Days between two events of a kind."""
CORPORA = {
    "stream": "news_stream_2012_2017",
    "look-alikes": "lookalike_events_dev",
    "key events": "key_events_dev",
}


Tell = Callable[[str], object]


def tell_on_stderr(text: str) -> None:
    """One line."""
    print(text, file=sys.stderr)


class Row(NamedTuple):
    """One article: its facts, its true story if it is labelled, and which of two parts it is in."""

    facts: Facts
    story: str | None
    first: bool


class Memory(dict[str, bytes]):
    """A stage's state in memory."""

    def put(self, key: str, value: bytes | None) -> None:
        """Sets or removes."""
        if value is None:
            self.pop(key, None)
        else:
            self[key] = value

    def scan(self, prefix: str) -> Iterator[tuple[str, bytes]]:
        """Pairs in the order of their keys."""
        return ((key, self[key]) for key in sorted(self) if key.startswith(prefix))


class Scores(NamedTuple):
    """Precision, recall and F1: B-cubed and pairwise."""

    b3: tuple[float, float, float]
    pairs: tuple[float, float, float]

    def __str__(self) -> str:
        return "  ".join("/".join(f"{figure:.3f}" for figure in three) for three in self)


def load_corpus(data: Path, corpus: str, since: str = "", tell: Tell = tell_on_stderr) -> list[Row]:
    """The articles of a corpus in its own order, from the cache if their text and our rules are unchanged.

    `tell` hears of each one that is refused, and why.
    """
    path = data / f"{CORPORA[corpus]}.jsonl.gz"
    cache = Path(tempfile.gettempdir()) / "newsfold-bench" / f"{corpus}-{since}-{_digest(path)}.pickle"
    if not cache.exists():
        cache.parent.mkdir(exist_ok=True)
        cache.write_bytes(pickle.dumps([tuple(row) for row in _read_corpus(path, corpus, since, tell)]))
    return [Row(*row) for row in pickle.loads(cache.read_bytes())]


def score(pairs: Sequence[tuple[str, str]]) -> Scores:
    """Scores of (true story, found story) pairs, one an article."""
    true, found, both = Counter(a for a, _ in pairs), Counter(b for _, b in pairs), Counter(pairs)
    precision = sum(both[pair] / found[pair[1]] for pair in pairs) / max(len(pairs), 1)
    recall = sum(both[pair] / true[pair[0]] for pair in pairs) / max(len(pairs), 1)
    shared = _count_pairs(both)
    return Scores(
        (precision, recall, _f1(precision, recall)),
        _three(shared / max(_count_pairs(found), 1), shared / max(_count_pairs(true), 1)),
    )


def _three(precision: float, recall: float) -> tuple[float, float, float]:
    return precision, recall, _f1(precision, recall)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _count_pairs(counts: "Counter[str] | Counter[tuple[str, str]]") -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def _digest(path: Path) -> str:
    """Of the file's size and of all code that facts depend on."""
    state = hashlib.sha256(str(path.stat().st_size).encode())
    for file in sorted(Path(__file__).parents[2].joinpath("articles").rglob("*.*")):
        if file.suffix in {".py", ".txt", ".toml", ".json"}:
            state.update(file.read_bytes())
    return state.hexdigest()[:12]


def _read_corpus(path: Path, corpus: str, since: str, tell: Tell) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        labels = {row["id"]: row for row in map(json.loads, lines)}
    for item in read_inputs([path], now=datetime(2040, 1, 1, tzinfo=UTC)):
        row = labels[item.input_id]
        if (row["published_at"] or "") < since:
            continue
        try:
            facts = extract(clean(item))  # type: ignore[arg-type]  # every row of these files is well-formed
        except Quarantine as reason:
            tell(f"{item.input_id}: {reason}")
            continue
        yield Row(facts, row.get("story"), _is_first(corpus, row))


def _is_first(corpus: str, row: dict[str, str]) -> bool:
    if corpus == "stream":
        return row["published_at"] < FIRST_BEFORE.isoformat()
    name = row["topic"] if corpus == "look-alikes" else row["story"]
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 0


class Run(NamedTuple):
    """The story, the thread and the decision of each article, articles per second of processor time, and seconds for
    each tenth. `decided` is the story that the decision put it into; a merge or a split may have moved it since;
    `moved_late` are the articles that had come out a day or more before they were moved."""

    stories: list[str]
    threads: list[str]
    decided: list[str]
    whys: list[Why]
    speed: float
    tenths: list[float]
    moved_late: frozenset[str]

    @property
    def stable(self) -> float:
        """Share of the articles whose story is the same for ever, once they have been out for a day."""
        return 1 - len(self.moved_late) / len(self.stories)


def assign_all(rows: Iterable[Row]) -> Run:
    """Puts the articles into stories and threads, in their order; says where they are in the end."""
    rows, desk, marks = list(rows), open_desk(Memory()), [time.process_time()]
    home, began, links, whys = dict[str, str](), list[str](), list[tuple[str, str]](), list[Why]()
    decided: list[str] = []
    moved_late = set[str]()
    events = [Event(id=row.facts.article_id, key=row.facts.language, subject="", data=row.facts) for row in rows]
    for number, event in enumerate(events, 1):
        for output in assign(desk, event):
            match output.data:
                case (
                    Opened(story_id=story, facts=facts, why=Why() as why) | Joined(story_id=story, facts=facts, why=why)
                ):
                    home[facts.article_id] = story
                    began.append(story)
                    decided.append(story)
                    whys.append(why)
                case (
                    Merged(story_id=story, other=other, facts=facts, at=at)
                    | Split(story_id=story, other=other, facts=facts, at=at)
                ):
                    home |= {one.article_id: story for one in facts}
                    moved_late |= {one.article_id for one in facts if _is_late(one, at)}
                    links.append((story, other))
                    began.append(story)
                case Linked(story_id=story, other=other):
                    links.append((story, other))
        if number * 10 // len(events) > len(marks) - 1:
            marks.append(time.process_time())
    tenths = [after - before for before, after in itertools.pairwise(marks)]
    found = [home[row.facts.article_id] for row in rows]
    threads = threads_of(links, list(dict.fromkeys(began)))
    placed = [threads.get(story, story) for story in found]
    return Run(found, placed, decided, whys, len(events) / sum(tenths), tenths, frozenset(moved_late))


def _is_late(moved: Facts, at: datetime | None) -> bool:
    return at is not None and moved.published_at is not None and at - moved.published_at >= timedelta(days=1)


def crowded(rows: Sequence[Row], days: float = 10.0) -> list[Row]:
    """The same articles within a few days, so that all are active at once: shows how cost grows with the crowd."""
    start, step = datetime(2031, 1, 1, tzinfo=UTC), timedelta(days=days) / len(rows)
    times = [{"published_at": start + number * step, "published_precision": "minute"} for number in range(len(rows))]
    return [row._replace(facts=row.facts.model_copy(update=time)) for row, time in zip(rows, times, strict=True)]


def apart(rows: Sequence[Row], days: float, seed: int = 1) -> list[Row]:
    """Look-alikes with dates: topics begin within a quarter, the second event of each so many days after the first.

    So two events of a kind meet where little else is like them. Articles come out within 36 hours of their event.
    """
    chance, start = random.Random(seed), datetime(2031, 1, 1, tzinfo=UTC)
    topics: dict[str, list[str]] = {}
    for story in sorted({str(row.story) for row in rows}):
        topics.setdefault(story.partition("_")[0], []).append(story)
    begins = {topic: start + timedelta(days=90 * chance.random()) for topic in sorted(topics)}
    first = {
        one: begins[topic] + number * timedelta(days=days)
        for topic, stories in topics.items()
        for number, one in enumerate(stories)
    }
    dated = []
    for row in rows:
        at = first[str(row.story)] + timedelta(hours=36 * chance.random() ** 2)
        times = {"published_at": at, "published_precision": "minute", "fetched_at": at}
        dated.append(row._replace(facts=row.facts.model_copy(update=times)))
    return sorted(dated, key=lambda row: (str(row.facts.published_at), row.facts.article_id))


def _tell(seconds: Sequence[float]) -> str:
    return " ".join(f"{second:.1f}" for second in seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--stream-from", default="", help="leave out articles of the stream before this day")
    options = parser.parse_args()
    for corpus in CORPORA:
        rows = load_corpus(options.data, corpus, options.stream_from if corpus == "stream" else "")
        run = assign_all(rows)
        print(f"{corpus}: {len(rows)} articles, {run.speed:.0f} articles/s, {run.stable:.2%} stable after a day")
        if corpus == "look-alikes":
            for days in APART:
                found = assign_all(apart(rows, days)).stories
                pairs = [(str(row.story), at) for row, at in zip(apart(rows, days), found, strict=True)]
                print(f"  {days} days apart {score(pairs)}")
        if corpus == "stream":
            print(f"  all within 10 days: {_tell(assign_all(crowded(rows)).tenths)} s for each tenth of the way")
        for level, found in (("stories", run.stories), ("threads", run.threads)):
            print(f"  {len(set(found))} {level}, biggest {Counter(found).most_common(1)[0][1]}")
            for first in (True, False):
                print(f"    {'first part ' if first else 'second part'} {score(labelled(rows, found, first))}")


def labelled(rows: Sequence[Row], found: Sequence[str], first: bool) -> list[tuple[str, str]]:
    """True and found story of the labelled articles of one part."""
    return [(row.story, at) for row, at in zip(rows, found, strict=True) if row.story and row.first == first]


if __name__ == "__main__":
    main()
