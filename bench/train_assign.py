"""Makes `stories/assign/weights.json`: the numbers by which an article joins a story or opens one.

    python -m bench.train_assign ../shared/data

What is searched for is what counts in the end: B-cubed and pairwise F1 of the stories that come out, online. A
logistic regression on single decisions was tried and refused: it does not see that one wrong join leads to the next.
How alike two articles are does not depend on the stories, so it is computed once; then a run over the stream takes
half a second. A random local search with a fixed seed takes every change that helps. Needs numpy.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from articles.clean import clean
from articles.extract import extract
from bench.quality.assign import Row, load_corpus, score
from samples.raw import raw_at
from samples.world import World
from schemas.articles import Facts, Fetched
from stories.assign.choose import days_between
from stories.assign.copies import find_original
from stories.assign.likeness import FLOOR, asked, dot_products, has_title
from stories.assign.records import SCALE
from stories.assign.shelf import Shelf
from stories.assign.traces import trace_of
from stories.assign.weights import Weights

SEED = 7
TRIES = 45
SINCE = "2016-04-20"
"""The stream has no labels before May 2016."""
TRAINED_ON = ("stream", "look-alikes")
"""Key events are only reported: half of their articles are of one event, and a search learns that event by heart."""
START = Weights(0.6, 0.3, 0.15, 4.0, 3.0, 0.1, 0.18)
"""Where the search begins: near the best of a coarse look at other forms of the decision."""
SWAY = (0.93, 1.0, 1.07)
"""Thresholds are tried a little lower and higher too, so that a flat top is found rather than a lucky peak."""
STEPS = {"title": 0.1, "names": 0.1, "fade_days": 0.6, "recency_days": 0.8, "best": 0.15, "threshold": 0.015}
FILE = Path(__file__).parents[1] / "stories" / "assign" / "weights.json"

Numbers = NDArray[np.float64]


class Past(NamedTuple):
    """The earlier articles that one article is compared with; arrays are parallel. `original` settles it alone."""

    original: int | None
    others: NDArray[np.int64]
    body: Numbers
    title: Numbers
    names: Numbers
    titled: Numbers
    days: Numbers


class Corpus(NamedTuple):
    """A labelled stream, ready to be run again and again."""

    rows: list[Row]
    pasts: list[Past]


def prepare(rows: list[Row]) -> Corpus:
    shelf, numbers, pasts = Shelf(), dict[str, int](), list[Past]()
    for number, row in enumerate(rows):
        published = row.facts.published_at
        at = int(published.timestamp()) if published else shelf.now()
        shelf.tick(at)
        list(shelf.pop_old())
        trace = trace_of(row.facts, row.facts.language, at)
        trace.story = row.facts.article_id
        original = find_original(shelf, trace)
        one, active = asked(trace), list(shelf.index.traces.values())
        products = np.array([dot_products(one, other) for other in active]).reshape(-1, 3) / SCALE**2
        shares = products[:, 0] > 0
        known = [other for other, one_shares in zip(active, shares, strict=True) if one_shares]
        body, title, names = products[shares].T
        pasts.append(
            Past(
                original=numbers[original[0]] if original else None,
                others=np.array([numbers[one.article] for one in known], dtype=np.int64),
                body=body,
                title=title,
                names=names,
                titled=np.array([float(has_title(trace) and has_title(one)) for one in known]),
                days=np.array([days_between(shelf, trace, one) for one in known]),
            )
        )
        numbers[row.facts.article_id] = number
        shelf.put_article(trace)
    return Corpus(rows, pasts)


def run(corpus: Corpus, by: Weights) -> list[int]:
    stories: list[int] = []
    for number, past in enumerate(corpus.pasts):
        if past.original is not None:
            stories.append(stories[past.original])
        else:
            found = join(past, stories, by)
            stories.append(number if found is None else found)
    return stories


def join(past: Past, stories: Sequence[int], by: Weights) -> int | None:
    """What `stories.assign.choose` does, on prepared numbers."""
    if not len(past.others):
        return None
    total = by.body + by.names + by.title * past.titled
    alike = (by.body * past.body + by.title * past.title + by.names * past.names) / total
    alike = alike * _fade(past.days, by.fade_days)
    near = _fade(past.days, by.recency_days)
    groups: dict[int, list[int]] = defaultdict(list)
    best = alike.max()
    if best < by.threshold / 2:
        return None
    wanted = {stories[past.others[at]] for at in np.nonzero(alike >= 0.3 * best)[0]}
    for at, other in enumerate(past.others):
        if stories[other] in wanted:
            groups[stories[other]].append(at)
    scored = [(_story_score(alike[ats], near[ats], by), -story) for story, ats in groups.items()]
    top, story = max(scored)
    return -story if top >= by.threshold else None


def _fade(days: Numbers, scale: float) -> Numbers:
    return np.maximum(FLOOR, np.exp(-days / scale))


def _story_score(alike: Numbers, near: Numbers, by: Weights) -> float:
    return float(by.best * alike.max() + (1 - by.best) * (alike * near).sum() / near.sum())


def worth(corpora: dict[str, Corpus], by: Weights, train: bool) -> float:
    """Mean over the corpora, the two F1 scores and the swaying threshold."""
    found = [
        figure
        for corpus in corpora.values()
        if any(row.train == train for row in corpus.rows)
        for sway in SWAY
        for figure in f1_scores(corpus, by._replace(threshold=by.threshold * sway), train)
    ]
    return sum(found) / len(found)


def load_world() -> list[Row]:
    """The sample world's articles as first published: stories that go on for days, which the stream's labels cut up."""
    world, facts = World.load(), dict[str, Facts]()
    for tick in range(len(world.ticks)):
        for raw in raw_at(world, tick):
            if isinstance(raw, Fetched) and raw.input_id not in facts:
                facts[raw.input_id] = extract(clean(raw))
    return [Row(one, world.truth().story_of(name) or name, train=True) for name, one in facts.items()]


def f1_scores(corpus: Corpus, by: Weights, train: bool) -> tuple[float, float]:
    """B-cubed and pairwise."""
    found = zip(corpus.rows, run(corpus, by), strict=True)
    scores = score([(row.story, str(at)) for row, at in found if row.story and row.train == train])
    return scores.b3[2], scores.pairs[2]


def search(corpora: dict[str, Corpus], start: Weights, seed: int, tries: int) -> Weights:
    chance, best, by = random.Random(seed), worth(corpora, start, train=True), start
    for number in range(tries):
        changed = chance.sample(sorted(STEPS), chance.choice([1, 1, 2, 3]))
        moved = {name: max(0.001, round(getattr(by, name) + chance.gauss(0, STEPS[name]), 3)) for name in changed}
        reached = worth(corpora, by._replace(**moved), train=True)
        if reached > best:
            best, by = reached, by._replace(**moved)
            print(f"{number:4d} {best:.4f} {moved}", flush=True)
    return by


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--tries", type=int, default=TRIES)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    corpora = {name: prepare(load_corpus(options.data, name, SINCE if name == "stream" else "")) for name in TRAINED_ON}
    corpora["sample world"] = prepare(load_world())
    print(f"start: train {worth(corpora, START, True):.4f}, held out {worth(corpora, START, False):.4f}")
    by = search(corpora, START, options.seed, options.tries)
    print(f"found: train {worth(corpora, by, True):.4f}, held out {worth(corpora, by, False):.4f}")
    made = {"made_by": f"bench/train_assign.py, seed {options.seed}, {options.tries} tries", **by._asdict()}
    FILE.write_bytes(orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
    main()
