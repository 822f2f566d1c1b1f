"""What `assign` costs with many active stories: `python -m bench.assign_speed [INPUT] [--stories N ...]`.

INPUT is anything that `newsfold fold` takes; without it, the sample world. Its articles are told again in many invented
worlds: every world has its own order of words, other names, and for each stem another one that is about as rare. So all
worlds share one vocabulary with the frequencies of news, and hardly two articles of them are about one event.

A desk is filled with N stories; then articles go on coming, old stories close, new ones open, and that is timed.
Compare the rows of one run: machines are noisy. Times are of the processor.
"""

import argparse
import gc
import itertools
import random
import tempfile
import time
import tracemalloc
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from articles.clean import clean
from articles.data import read_lines
from articles.extract import extract
from articles.text.idf import idf
from articles.text.stems import stems
from bench.quality.assign import Memory
from bench.speed import read_articles, sample_world
from newsfold.wiring import relax_collector
from schemas.articles import Facts
from schemas.errors import Quarantine
from schemas.events import Event, stable_id
from stories.assign import Desk, assign, open_desk
from stories.assign.records import Shape, Trace, Vectors, pack, vectors_of
from stories.assign.shelf import WINDOW
from stories.assign.traces import trace_of

SIZES = (1_000, 10_000)
TIMED = 1_500
"""Articles that are timed once the desk is full."""
WEIGHED = 5_000
"""Active stories of the desk whose memory is measured."""
BASE = 600
"""Articles of INPUT that are told again, evenly spread over it."""
RARE = 40_000
"""Invented stems that stand for those the background has not seen."""
START = datetime(2031, 1, 1, tzinfo=UTC)


class Counting(Memory):
    """A state in memory that counts the bytes put into it."""

    def __init__(self) -> None:
        super().__init__()
        self.written: Counter[str] = Counter()

    def put(self, key: str, value: bytes | None) -> None:
        """Sets or removes; a removal counts its key only."""
        self.written[key.partition("/")[0]] += len(key) + len(value or b"")
        super().put(key, value)


class Held(NamedTuple):
    """A desk of so many active stories: bytes of memory for each, and seconds to open it from its state."""

    stories: int
    bytes: float
    seconds: float


class Cost(NamedTuple):
    """One row: seconds of an article at a number of active stories, and bytes of state it wrote."""

    stories: int
    seconds: float
    written: dict[str, float]


def base_facts(source: Path) -> list[Facts]:
    """Facts of up to `BASE` articles."""
    items = list(read_articles(source))
    chosen = items[:: max(1, len(items) // BASE)]
    found = []
    for item in chosen:
        try:
            found.append(extract(clean(item)))
        except Quarantine:
            continue
    return [facts for facts in found if facts.language == "en"]


def crowd(base: Sequence[Facts], step: timedelta, first: int) -> Iterator[Event]:
    """The articles of one world after the other, one a step of time, from that number on, as they come off a log."""
    for number in itertools.count(first):
        world, at = divmod(number, len(base))
        data = told_in(base[at], world, START + number * step)
        yield Event(id=data.article_id, key=data.language, subject="", data=data, payload=data.encoded())


def told_in(facts: Facts, world: int, at: datetime) -> Facts:
    """The article as another world tells it; sentences stay where they are."""
    names = {entity.name: _name(entity.name, world) for entity in facts.entities}
    return facts.model_copy(
        update={
            "article_id": stable_id(facts.article_id, str(world))[:16],
            "text": _shuffled(facts, world),
            "terms": tuple((_stem(stem, world), weight) for stem, weight in facts.terms),
            "title_terms": tuple((_stem(stem, world), weight) for stem, weight in facts.title_terms),
            "entities": tuple(entity.model_copy(update={"name": names[entity.name]}) for entity in facts.entities),
            "published_at": at,
            "published_precision": "minute",
            "fetched_at": at,
        }
    )


def _shuffled(facts: Facts, world: int) -> str:
    chance, text = random.Random(world), facts.text
    for sentence in facts.sentences:
        words = sentence.of(text).split(" ")
        chance.shuffle(words)
        text = text[: sentence.start] + " ".join(words) + text[sentence.end :]
    return text


@cache
def _alike() -> tuple[dict[int, list[str]], dict[str, tuple[int, int]]]:
    """Stems of the background by how rare they are, and the place of each."""
    groups: dict[int, list[str]] = defaultdict(list)
    places: dict[str, tuple[int, int]] = {}
    for stem in (line.partition(" ")[0] for line in read_lines("background_en.txt")):
        rarity = round(3 * idf(stem, "en"))
        places[stem] = rarity, len(groups[rarity])
        groups[rarity].append(stem)
    return groups, places


def _stem(stem: str, world: int) -> str:
    groups, places = _alike()
    if stem in places:
        rarity, at = places[stem]
        group = groups[rarity]
        return group[(at + world * 7919) % len(group)]
    return f"~{int(stable_id(stem)[:8], 16) * (world + 1) % RARE}"


def _name(name: str, world: int) -> str:
    many, key = _namesakes(name)
    return f"Name {key * (world + 1) % many}"


@cache
def _namesakes(name: str) -> tuple[int, int]:
    """What is named everywhere is named in every world; of rarer names there are the more, the rarer they are."""
    rarity = max((idf(stem, "en") for stem in stems(name, "en")), default=0.0)
    return int(20 * 3 ** max(rarity - 2, 0)), int(stable_id(name)[:8], 16)


def filled(base: Sequence[Facts], stories: int) -> tuple[Desk, Counting, Iterator[Event]]:
    """A desk with so many active stories of one article each, evenly over the window, and what comes next.

    It is filled with traces and their threads, which takes a fifth of the time that articles would take.
    """
    state, step = Counting(), timedelta(seconds=WINDOW) / stories
    desk, traces = open_desk(state), [trace_of(facts, "en", 0) for facts in base]
    for number in range(stories):
        world, at = divmod(number, len(base))
        moment = int((START + number * step).timestamp())
        desk.tick("en", moment)
        trace, shape = _retold(traces[at], world, moment), Shape(1, "en", moment)
        links = desk.links(trace, shape, opens=True)
        # no facts are kept of it, so it is not to be moved
        desk.put_story(trace.story, shape._replace(thread=links[-1].thread if links else ""))
        desk.shelf("en").put_article(trace)
        state.put(f"trace/{trace.article}", pack(trace))
    return desk, state, crowd(base, step, stories)


def _retold(trace: Trace, world: int, moment: int) -> Trace:
    article = stable_id(trace.article, str(world))[:16]
    vectors = vectors_of(trace)
    return Trace.of(
        article=article,
        story=stable_id("story", article)[:16],
        language=trace.language,
        at=moment,
        daily=trace.daily,
        vectors=Vectors(
            {_stem(stem, world): weight for stem, weight in vectors.body.items()},
            {_stem(stem, world): weight for stem, weight in vectors.title.items()},
            {_name(name, world): weight for name, weight in vectors.names.items()},
        ),
        marks=array("I", sorted({mark * (2 * world + 1) & 0xFFFFFFFF for mark in trace.marks})),
    )


def measure(base: Sequence[Facts], stories: int) -> Cost:
    """What an article costs among so many active stories."""
    desk, state, events = filled(base, stories)
    state.written.clear()
    timed = list(itertools.islice(events, TIMED))
    began = time.process_time()
    for event in timed:
        assign(desk, event)
    seconds = time.process_time() - began
    return Cost(len(desk.shelf("en").stories), seconds / TIMED, {k: v / TIMED for k, v in state.written.items()})


def memory(base: Sequence[Facts]) -> Held:
    """What a desk holds, and how fast it is opened again from its state."""
    desk, state, _ = filled(base, WEIGHED)
    stories = len(desk.shelf("en").stories)
    del desk
    began = time.process_time()
    open_desk(state)
    seconds = time.process_time() - began
    gc.collect()
    tracemalloc.start()
    held = open_desk(state)
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return Held(len(held.shelf("en").stories), size / stories, seconds)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input", type=Path, nargs="?")
    parser.add_argument("--stories", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    relax_collector()
    with tempfile.TemporaryDirectory() as folder:
        base = base_facts(options.input or sample_world(Path(folder)))
    console = Console()
    console.print(_table([measure(base, stories) for stories in options.stories], len(base)))
    held = memory(base)
    console.print(
        f"{held.stories:,} active stories: {held.bytes / 1024:.1f} KB of memory each; "
        f"their desk opens again in {held.seconds:.2f} s"
    )


def _table(costs: Sequence[Cost], articles: int) -> Table:
    table = Table(title=f"Assigning {articles} articles told again in many worlds")
    for column in ("active stories", "us an article", "articles a second", "beside the first", "bytes of state"):
        table.add_column(column, justify="right")
    for cost in costs:
        table.add_row(
            f"{cost.stories:,}",
            f"{1e6 * cost.seconds:.0f}",
            f"{1 / cost.seconds:,.0f}",
            f"{cost.seconds / costs[0].seconds:.2f}x",
            ", ".join(f"{name} {count:.0f}" for name, count in sorted(cost.written.items())),
        )
    return table


if __name__ == "__main__":
    main()
