"""What one more article costs a story that has many: `python -m bench.fold_growth [--sizes 10,100,1000] [INPUT]`.

INPUT is anything that `newsfold fold` takes; all of its articles are put into one story, in their order. Without it,
a long story is invented. The same articles are added to the story at each size, on a copy of its state, and the best
of several rounds counts. Times are of the processor: decoding the event, the fold's step, encoding its outputs.
"""

import argparse
import sys
import time
import tracemalloc
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from agents.topology import STAGES
from bench.long_story import long_story
from bench.speed import read_articles
from newsfold.wiring import relax_collector
from schemas.articles import Facts, Fetched
from schemas.cloudevents import Wire, from_wire, to_wire
from schemas.errors import Quarantine
from schemas.events import BY_MODEL, Event
from schemas.stories import Joined, Opened, Why
from schemas.story import Update
from scrapers.publish import raw_event
from stories.fold import fold, open_fold

_PROBES, _ROUNDS = 21, 3
_STORY = "growing"
_UPDATED = BY_MODEL[Update].full_type.encode()
_STAGES = {stage.name: stage for stage in STAGES}


class Rows:
    """The state of a stage in a dict, which counts the bytes that are put."""

    def __init__(self, rows: dict[str, bytes] | None = None) -> None:
        self.rows = rows if rows is not None else {}
        self.written = 0

    def get(self, key: str) -> bytes | None:
        """The value under the key."""
        return self.rows.get(key)

    def put(self, key: str, value: bytes | None) -> None:
        """Sets or removes it."""
        self.written += len(key) + len(value or b"")
        if value is None:
            self.rows.pop(key, None)
        else:
            self.rows[key] = value

    def scan(self, prefix: str) -> Iterator[tuple[str, bytes]]:
        """In order of keys."""
        yield from [(key, self.rows[key]) for key in sorted(self.rows) if key.startswith(prefix)]


class Cost(NamedTuple):
    """Milliseconds and bytes, by topic, of one more article; milliseconds to load the story, and its megabytes."""

    size: int
    milliseconds: float
    state: int
    updates: int
    latest: int
    load: float
    memory: float = 0.0


def main(arguments: Sequence[str]) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="bench.fold_growth")
    parser.add_argument("input", nargs="?", type=Path, help="articles; without them, a long story is invented")
    parser.add_argument("--sizes", default="10,100,1000,5000", help="articles in the story before more are added")
    own = parser.parse_args(arguments)
    relax_collector()
    sizes = [int(size) for size in own.sizes.split(",")]
    raw = read_articles(own.input) if own.input else long_story(sizes[-1] + _PROBES)
    facts = list(islice(_facts(raw), sizes[-1] + _PROBES))
    _print(own.input.name if own.input else "an invented story", list(_costs(facts, sizes)))


def _facts(articles: Iterable[Fetched]) -> Iterator[Facts]:
    clean, extract = _STAGES["clean"], _STAGES["extract"]
    cleaning, extracting = clean.open(Rows()), extract.open(Rows())
    for article in articles:
        try:
            (cleaned,) = clean.step(cleaning, raw_event(article))
            (facts,) = extract.step(extracting, cleaned)
        except Quarantine:
            continue
        if isinstance(facts.data, Facts):
            yield facts.data


def _wire(version: int, facts: Facts) -> Wire:
    head = {"story_id": _STORY, "version": version, "at": facts.published_at}
    data = Opened(**head, facts=facts) if version == 1 else Joined(**head, facts=facts, why=Why(score=1.0))
    return to_wire(Event(id=f"{version:032d}", key=_STORY, subject=facts.article_id, data=data))


def _costs(facts: Sequence[Facts], sizes: Sequence[int]) -> Iterator[Cost]:
    """The last facts are those that are added at each size."""
    state = Rows()
    view = open_fold(state)
    for version, one in enumerate(facts[:-_PROBES], start=1):
        fold(view, from_wire(*_wire(version, one)))
        if version in sizes:
            more = [_wire(version + n, probe) for n, probe in enumerate(facts[-_PROBES:], start=1)]
            rounds = [_cost(version, dict(state.rows), more) for _ in range(_ROUNDS)]
            yield min(rounds, key=lambda cost: cost.milliseconds)._replace(memory=_memory(state))


def _cost(size: int, rows: dict[str, bytes], more: Sequence[Wire]) -> Cost:
    state = Rows(rows)
    view = open_fold(state)
    began = time.process_time()
    view.story(_STORY)
    loaded = time.process_time()
    first, *more = more
    fold(view, from_wire(*first))  # lists that are made when first asked for
    state.written, begun = 0, time.process_time()
    sent = [to_wire(output) for wire in more for output in fold(view, from_wire(*wire))]
    ended = time.process_time()
    updates = sum(_bytes(wire) for wire in sent if ("ce_type", _UPDATED) in wire.headers)
    latest = sum(map(_bytes, sent)) - updates
    count = len(more)
    milliseconds = 1000 * (ended - begun) / count
    return Cost(size, milliseconds, state.written // count, updates // count, latest // count, 1000 * (loaded - began))


def _bytes(wire: Wire) -> int:
    return len(wire.key) + len(wire.value or b"")


def _memory(state: Rows) -> float:
    """Megabytes that the story takes when it is open."""
    tracemalloc.start()
    view = open_fold(state)
    view.story(_STORY)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 2**20


def _print(name: str, costs: Sequence[Cost]) -> None:
    table = Table(title=f"one more article for a story of so many: {name}")
    for column in ("articles", "ms", "state, B", "updates, B", "latest, B", "load, ms", "memory, MB"):
        table.add_column(column, justify="right")
    for cost in costs:
        table.add_row(
            f"{cost.size:,}",
            f"{cost.milliseconds:.2f}",
            *(f"{count:,}" for count in (cost.state, cost.updates, cost.latest)),
            f"{cost.load:,.0f}",
            f"{cost.memory:.1f}",
        )
    console = Console()
    console.print(table)
    console.print(" ".join(_against(costs[0], cost) for cost in costs[1:]))


def _against(first: Cost, other: Cost) -> str:
    time_, bytes_ = other.milliseconds / first.milliseconds, _all_bytes(other) / _all_bytes(first)
    return f"{other.size:,} against {first.size}: time {time_:.2f}x, bytes {bytes_:.2f}x."


def _all_bytes(cost: Cost) -> int:
    return cost.state + cost.updates + cost.latest


if __name__ == "__main__":
    main(sys.argv[1:])
