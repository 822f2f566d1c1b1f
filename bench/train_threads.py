"""Makes `stories/assign/threads.json`: the numbers by which a story is put into a thread.

    python -m bench.train_threads ../shared/data [--minutes 60] [--tries 56] [--seed 11]

Candidates are drawn at random. Each is run over the key events alone; over the stream with the key events woven in:
every event is moved to a day of the stream drawn with the seed, so that the news of the day can glue; and over small
worlds: a few articles of some events that begin on one day, among strangers, which are stories of the stream drawn from
all its days and told within one week, so that no two belong together, as most stories have no sequel. The look-alikes
and the sample world are in no choice. A candidate is valid if no thread takes more than `LARGEST` of the stream's own
articles. What is written is the middle (geometric mean) of the `MIDDLE` valid ones that are best on all events: the
very best of many is a lucky one. What is claimed of it is measured otherwise: for each of `FOLDS` parts of the events,
the middle of the best on the other events is scored on that part, in runs with all events.
"""

import argparse
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean, geometric_mean
from typing import NamedTuple

import orjson

from bench.quality.assign import Memory, Row, Scores, load_corpus, score
from consumers.threads import threads_of
from schemas.events import Event
from stories.assign import assign
from stories.assign.desk import Desk
from stories.assign.records import Shape, Trace
from stories.assign.sagas import Link, Sagas
from stories.assign.shelf import DAY
from stories.assign.threads import ThreadWeights

SEED, MINUTES, TRIES = 11, 60.0, 56
FOLDS, MIDDLE = 8, 8
SINCE = "2016-04-20"
LARGEST = 190
"""Articles of the stream in one thread, of the 6,509 since `SINCE`. The bound is 200, some ten a week of one saga for
half a year; the middle of some candidates that keep within a bound may be a little beyond it."""
SMALL = ((4, 12), (8, 4)) * 8
"""Events of each small world, and articles of each event at most."""
STRANGERS, WEEK, STRANGE = 24, 7, "stranger "
RANGES = {
    "join": (0.016, 0.04),
    "first": (0.03, 0.12),
    "unite": (0.25, 0.5),
    "lone": (0.1, 0.4),
    "half_days": (2.8, 6.0),
    "growth": (0.003, 0.015),
    "crowd": (20.0, 90.0),
    "ageing": (0.02, 0.07),
    "young_days": (10.0, 28.0),
    "others": (0.15, 1.2),
    "quiet_days": (9.0, 14.0),
}
"""Drawn evenly by their logarithms. They were narrowed to where valid ones lie, after 46 tries in wider ones."""
EPOCH = 1_000_000_000
FILE = Path(__file__).parents[1] / "stories" / "assign" / "threads.json"


class Placement(NamedTuple):
    """An article as it comes to the threads: its story, the story that this was split from or itself, and its event."""

    trace: Trace
    at: int
    story: str
    origin: str
    opens: bool
    event: str | None


class Recorder(Desk):
    """A desk without threads, which notes how articles would come to them. Stories do not depend on threads."""

    def __init__(self) -> None:
        super().__init__(Memory())
        self.placed: list[Placement] = []
        self.event: str | None = None

    def links(self, trace: Trace, shape: Shape, *, opens: bool) -> list[Link]:
        """None; notes what was asked."""
        at = self.shelf(trace.language).moment(trace.at)
        self.placed.append(Placement(trace, at, trace.story, shape.thread or trace.story, opens, self.event))
        return []


def record(rows: Sequence[Row]) -> list[Placement]:
    desk = Recorder()
    for row in rows:
        desk.event = row.story
        assign(desk, Event(id=row.facts.article_id, key=row.facts.language, subject="", data=row.facts))
    return desk.placed


def woven(stream: Sequence[Placement], events: Sequence[Placement], seed: int) -> list[Placement]:
    """The stream without its labels, and every event in it, begun on some day."""
    chance, moved = random.Random(seed), [one._replace(event=None) for one in stream]
    begins, ends = stream[0].at, stream[-1].at
    for name in sorted({one.event or "" for one in events}):
        own = [one for one in events if one.event == name]
        first, last = min(one.at for one in own), max(one.at for one in own)
        start = begins + chance.randrange(max(1, ends - begins - (last - first)))
        moved += [one._replace(at=one.at + (start - first) // DAY * DAY) for one in own]
    return sorted(moved, key=lambda one: one.at)


def thread_all(placements: Sequence[Placement], by: ThreadWeights) -> list[str]:
    """The thread of each article in the end."""
    sagas, now = Sagas(Memory(), by), 0
    threads: dict[str, str] = {}
    links: list[tuple[str, str]] = []
    for one in placements:
        if one.at > now:
            now = one.at
            sagas.tick(one.trace.language, now)
        own = threads.get(one.story) or threads.get(one.origin, one.origin)
        for link in sagas.place(one.trace, one.at, None if one.opens else own):
            threads[one.story] = link.thread
            links.append((one.story, link.other))
        if one.origin != one.story:
            links.append((one.story, one.origin))
    found = threads_of(links, list(dict.fromkeys(one.story for one in placements)))
    return [found.get(one.story, one.story) for one in placements]


def small_worlds(stream: Sequence[Placement], events: Sequence[Placement], seed: int) -> list[list[Placement]]:
    """Some articles in a row of some events, all begun at one time, and strangers, each an event of its own."""
    chance, names = random.Random(seed), sorted({one.event or "" for one in events})
    stories = sorted({one.story for one in stream})
    worlds = []
    for count, articles in SMALL:
        world: list[Placement] = []
        for name in chance.sample(names, count):
            own = [one for one in events if one.event == name]
            start = chance.randrange(max(1, len(own) - articles))
            world += _begun_anew(own[start : start + articles], EPOCH)
        for story in chance.sample(stories, min(STRANGERS, len(stories))):
            own = [one._replace(event=f"{STRANGE}{story}") for one in stream if one.story == story]
            world += _begun_anew(own, EPOCH + chance.randrange(WEEK) * DAY)
        worlds.append(sorted(world, key=lambda one: one.at))
    return worlds


def _begun_anew(own: Sequence[Placement], at: int) -> Iterator[Placement]:
    """Moved to a time; a story whose beginning is cut away opens with what is its first article now."""
    seen = set[str]()
    for one in own:
        opens = one.story not in seen
        seen.add(one.story)
        moved = one._replace(at=one.at - own[0].at + at)
        yield moved._replace(opens=True, origin=one.story) if opens else moved


Pairs = list[tuple[str, str]]
Three = tuple[float, float, float]


class Trial(NamedTuple):
    """A candidate; true and found thread of each article of an event, alone, woven and in small worlds."""

    by: ThreadWeights
    alone: Pairs
    amid: Pairs
    small: Pairs
    """Threads and events are told apart by the number of their world."""
    sizes: Counter[str]
    """Articles of each thread amid the stream."""
    largest: int
    """Articles of the stream in one thread."""

    def worth(self, events: Sequence[str]) -> float:
        """Mean of F1 scores on some events, alone, amid the stream and in small worlds."""
        alone, small = self.alone_scores(events), self.small_scores(events)
        return fmean((alone.b3[2], alone.pairs[2], self.amid_scores(events)[2], small.b3[2], small.pairs[2]))

    def alone_scores(self, events: Sequence[str]) -> Scores:
        """Of some events, without the stream."""
        return score([pair for pair in self.alone if pair[0] in events])

    def small_scores(self, events: Sequence[str]) -> Scores:
        """Of some events and the strangers, in small worlds."""
        named = ((pair, pair[0].partition(" ")[2]) for pair in self.small)
        return score([pair for pair, name in named if name in events or name.startswith(STRANGE)])

    def amid_scores(self, events: Sequence[str]) -> Three:
        """B-cubed precision, recall and F1 of some events' articles; those of the stream count against precision."""
        pairs = [pair for pair in self.amid if pair[0] in events]
        both, true = Counter(pairs), Counter(event for event, _ in pairs)
        precision = sum(both[pair] / self.sizes[pair[1]] for pair in pairs) / len(pairs)
        recall = sum(both[pair] / true[pair[0]] for pair in pairs) / len(pairs)
        return precision, recall, 2 * precision * recall / (precision + recall)


class Worlds(NamedTuple):
    """What every candidate is run over."""

    events: list[Placement]
    amid: list[Placement]
    small: list[list[Placement]]


def run(worlds: Worlds, by: ThreadWeights) -> Trial:
    found = thread_all(worlds.amid, by)
    own = Counter(thread for one, thread in zip(worlds.amid, found, strict=True) if one.event is None)
    small = [
        (f"{number} {event}", f"{number} {thread}")
        for number, world in enumerate(worlds.small)
        for event, thread in _labelled(world, thread_all(world, by))
    ]
    return Trial(
        by,
        _labelled(worlds.events, thread_all(worlds.events, by)),
        _labelled(worlds.amid, found),
        small,
        Counter(found),
        max(own.values()),
    )


def _labelled(placements: Sequence[Placement], found: Sequence[str]) -> Pairs:
    return [(one.event, thread) for one, thread in zip(placements, found, strict=True) if one.event]


def draw(chance: random.Random) -> ThreadWeights:
    drawn = {name: _round(math.exp(chance.uniform(math.log(a), math.log(b)))) for name, (a, b) in RANGES.items()}
    return _weights(drawn)


def _weights(numbers: Mapping[str, float]) -> ThreadWeights:
    return ThreadWeights(**{**numbers, "crowd": round(numbers["crowd"])})  # type: ignore[arg-type]


def _round(number: float) -> float:
    """To three figures."""
    return float(f"{number:.3g}")


def folds(events: Sequence[str], seed: int) -> list[list[str]]:
    shuffled = random.Random(seed).sample(sorted(events), len(events))
    return [shuffled[number::FOLDS] for number in range(FOLDS)]


def middle(trials: Sequence[Trial], events: Sequence[str]) -> ThreadWeights:
    """The middle of the valid ones that are best on some events. Raises `ValueError` if none is valid."""
    valid = sorted([one for one in trials if one.largest <= LARGEST], key=lambda one: -one.worth(events))[:MIDDLE]
    if not valid:
        raise ValueError(f"every candidate has a thread of more than {LARGEST} articles")
    means = {name: _round(geometric_mean([getattr(one.by, name) for one in valid])) for name in RANGES}
    return _weights(means)


Run = Callable[[ThreadWeights], Trial]


def held_out(run_with: Run, trials: Sequence[Trial], parts: Sequence[Sequence[str]]) -> tuple[Scores, list[Trial]]:
    """Every event alone, by what was chosen on the other parts; and what was chosen for each part."""
    alone: Pairs = []
    chosen: list[Trial] = []
    for number, part in enumerate(parts):
        trial = run_with(middle(trials, [event for other in parts if other is not part for event in other]))
        alone += [(event, f"{number} {thread}") for event, thread in trial.alone if event in part]
        chosen.append(trial)
        print(f"part {number}: {score(alone)} largest {trial.largest}", flush=True)
    return score(alone), chosen


def together(
    chosen: Sequence[Trial], parts: Sequence[Sequence[str]], of: Callable[[Trial, Sequence[str]], Three]
) -> Three:
    """A score of three figures, as the mean over parts, each by how many articles it has."""
    weights = [
        len([event for event, _ in trial.alone if event in part]) for trial, part in zip(chosen, parts, strict=True)
    ]
    found = [of(trial, part) for trial, part in zip(chosen, parts, strict=True)]
    first, second, third = (
        sum(weight * three[at] for weight, three in zip(weights, found, strict=True)) / sum(weights) for at in range(3)
    )
    return first, second, third


def search(run_with: Run, options: argparse.Namespace) -> Iterator[Trial]:
    chance, until = random.Random(options.seed), time.monotonic() + 60 * options.minutes
    for number in range(options.tries):
        if time.monotonic() > until:
            return
        trial = run_with(draw(chance))
        print(f"{number:4d} {score(trial.alone)} largest {trial.largest}", flush=True)
        yield trial


def load(data: Path, seed: int) -> Worlds:
    events, stream = record(load_corpus(data, "key events")), record(load_corpus(data, "stream", SINCE))
    return Worlds(events, woven(stream, events, seed), small_worlds(stream, events, seed))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--tries", type=int, default=TRIES)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="no candidate is begun after them")
    options = parser.parse_args()
    worlds = load(options.data, options.seed)
    run_with = partial(run, worlds)
    trials = list(search(run_with, options))
    names = sorted({one.event or "" for one in worlds.events})
    parts = folds(names, options.seed)
    found = run_with(middle(trials, names))
    unseen, chosen = held_out(run_with, trials, parts)
    seen = found.alone_scores(names)
    figures = {
        "held_out": unseen.b3,
        "held_out_pairs": unseen.pairs,
        "held_out_amid": together(chosen, parts, Trial.amid_scores),
        "held_out_small": together(chosen, parts, lambda trial, part: trial.small_scores(part).b3),
        "in_sample": seen.b3,
        "in_sample_pairs": seen.pairs,
        "in_sample_amid": found.amid_scores(names),
        "in_sample_small": found.small_scores(names).b3,
    }
    made = {
        "made_by": f"bench/train_threads.py, seed {options.seed}, {len(trials)} tries",
        "folds": parts,
        **{name: [round(figure, 3) for figure in three] for name, three in figures.items()},
        "largest": found.largest,
        "largest_held_out": max(trial.largest for trial in chosen),
        **found.by._asdict(),
    }
    FILE.write_bytes(orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    print(FILE.read_text("utf-8"))


if __name__ == "__main__":
    main()
