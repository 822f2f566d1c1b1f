"""Makes `stories/assign/threads.json`: the numbers by which a story is put into a thread.

    python -m bench.train_threads ../shared/data [--minutes 15] [--tries 400] [--seed 11]

Candidates are drawn at random. Each is run over the key events alone, and over the stream with the key events woven in:
every event is moved to a day of the stream drawn with the seed, so that the news of the day can glue. A candidate is
valid if no thread takes more than `LARGEST` of the stream's own articles. What is written is the valid candidate that
is best on all events. What is claimed of it is measured otherwise: for each of `FOLDS` parts of the events, the
candidate that is best on the other events is scored on that part.
"""

import argparse
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
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

SEED, MINUTES, TRIES = 11, 15.0, 400
FOLDS = 8
SINCE = "2016-04-20"
LARGEST = 200
"""Articles of the stream in one thread, of the 6,509 since `SINCE`: some ten a week of one saga for half a year."""
RANGES = {
    "join": (0.02, 0.04),
    "unite": (0.15, 0.4),
    "half_days": (3.0, 6.0),
    "growth": (0.003, 0.012),
    "crowd": (16.0, 110.0),
    "ageing": (0.008, 0.03),
    "young_days": (14.0, 40.0),
    "few": (1.0, 8.0),
    "share": (0.004, 0.03),
    "quiet_days": (9.0, 14.0),
}
"""Drawn evenly by their logarithms. They were narrowed once, after 170 tries in wider ones, to where valid ones lie."""
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


class Trial(NamedTuple):
    """A candidate; true and found thread of each article of an event, alone and woven; sizes in the stream."""

    by: ThreadWeights
    alone: list[tuple[str, str]]
    amid: list[tuple[str, str]]
    sizes: Counter[str]
    largest: int
    """Articles of the stream in one thread."""

    def worth(self, events: Sequence[str]) -> float:
        """Mean of three F1 scores on some events: B-cubed and pairwise alone, B-cubed amid the stream."""
        alone = score([pair for pair in self.alone if pair[0] in events])
        return (alone.b3[2] + alone.pairs[2] + self.amid_f1(events)) / 3

    def amid_f1(self, events: Sequence[str]) -> float:
        """B-cubed of the events' articles; those of the stream count against precision."""
        chosen = [pair for pair in self.amid if pair[0] in events]
        both, true = Counter(chosen), Counter(event for event, _ in chosen)
        precision = sum(both[pair] / self.sizes[pair[1]] for pair in chosen) / len(chosen)
        recall = sum(both[pair] / true[pair[0]] for pair in chosen) / len(chosen)
        return 2 * precision * recall / (precision + recall)


def run(events: Sequence[Placement], amid: Sequence[Placement], by: ThreadWeights) -> Trial:
    found = thread_all(amid, by)
    own = Counter(thread for one, thread in zip(amid, found, strict=True) if one.event is None)
    return Trial(
        by,
        _labelled(events, thread_all(events, by)),
        _labelled(amid, found),
        Counter(found),
        max(own.values()),
    )


def _labelled(placements: Sequence[Placement], found: Sequence[str]) -> list[tuple[str, str]]:
    return [(one.event, thread) for one, thread in zip(placements, found, strict=True) if one.event]


def draw(chance: random.Random) -> ThreadWeights:
    drawn = {name: _round(math.exp(chance.uniform(math.log(a), math.log(b)))) for name, (a, b) in RANGES.items()}
    return ThreadWeights(**{**drawn, "crowd": round(drawn["crowd"])})  # type: ignore[arg-type]


def _round(number: float) -> float:
    """To three figures."""
    return float(f"{number:.3g}")


def folds(events: Sequence[str], seed: int) -> list[list[str]]:
    shuffled = random.Random(seed).sample(sorted(events), len(events))
    return [shuffled[number::FOLDS] for number in range(FOLDS)]


def best(trials: Sequence[Trial], events: Sequence[str]) -> Trial:
    """The valid one that is best on some events. Raises `ValueError` if none is valid."""
    return max((one for one in trials if one.largest <= LARGEST), key=lambda one: one.worth(events))


def held_out(trials: Sequence[Trial], parts: Sequence[Sequence[str]]) -> Scores:
    """Every event by the candidate that was chosen on the other parts."""
    pairs: list[tuple[str, str]] = []
    for number, part in enumerate(parts):
        chosen = best(trials, [event for other in parts if other is not part for event in other])
        pairs += [(event, f"{number} {thread}") for event, thread in chosen.alone if event in part]
    return score(pairs)


def search(events: Sequence[Placement], amid: Sequence[Placement], options: argparse.Namespace) -> Iterator[Trial]:
    chance, until = random.Random(options.seed), time.monotonic() + 60 * options.minutes
    for number in range(options.tries):
        if time.monotonic() > until:
            return
        trial = run(events, amid, draw(chance))
        alone = score(trial.alone)
        print(f"{number:4d} {alone.b3[2]:.3f} {alone.pairs[2]:.3f} largest {trial.largest}", flush=True)
        yield trial


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--tries", type=int, default=TRIES)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="no candidate is begun after them")
    options = parser.parse_args()
    events = record(load_corpus(options.data, "key events"))
    amid = woven(record(load_corpus(options.data, "stream", SINCE)), events, options.seed)
    trials = list(search(events, amid, options))
    names = sorted({one.event or "" for one in events})
    parts = folds(names, options.seed)
    found, unseen = best(trials, names), held_out(trials, parts)
    made = {
        "made_by": f"bench/train_threads.py, seed {options.seed}, {len(trials)} tries",
        "folds": parts,
        "held_out": {name: [round(figure, 3) for figure in three] for name, three in unseen._asdict().items()},
        "in_sample": {name: [round(x, 3) for x in three] for name, three in score(found.alone)._asdict().items()},
        "amid_the_stream": round(found.amid_f1(names), 3),
        "largest": found.largest,
        **found.by._asdict(),
    }
    FILE.write_bytes(orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    print(FILE.read_text("utf-8"))


if __name__ == "__main__":
    main()
