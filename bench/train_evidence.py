"""Makes `stories/fold/weights.json`: what speaks for it that two sentences say the same.

    python -m bench.train_evidence ../shared/data

A logistic regression on what is known of a sentence and of a claim's wording that it is compared with (`Evidence`). It
learns from the labelled stories, folded once by the rules alone and once more with what was learned from that, because
what claims there are depends on what was joined before; and from pairs of real sentences that a maintainer read
(`bench/quality/labels/same_claims.json`: ids and numbers of sentences of `stories_dev`, no words), because invented
articles are short and keep to the point. The pairs were drawn from all degrees of likeness.

What is claimed of it is measured on what it did not see: a part of the stories and of the pairs at a time is left out.
Needs numpy.
"""

import argparse
import gzip
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from unittest.mock import patch

import numpy as np
import orjson

from bench.quality.folding import facts_of, versions
from bench.quality.stories import Folded, fold_story, say_the_same, score_stories, tuned_and_held_out
from samples.labelled import LabelledStory
from samples.score import Count
from schemas.articles import Facts
from stories.fold.evidence import ASKED, Evidence, Model, odds
from stories.fold.match import Match, by_rule, compared
from stories.fold.members import read_member
from stories.fold.state import StoryState
from stories.fold.weighed import Surroundings, is_settled, places_of

FOLDS = 6
ROUNDS = 2
RIDGE = 3.0
STEPS = 15
READ = 3.0
"""What a pair of real sentences counts beside one of the labelled stories."""
WITHOUT_RULES = ("hospitals", "stadium", "volcano", "yacht")
"""Stories that the rules were not made on."""
START = Model(Evidence(*[0.0] * len(Evidence._fields)), 0.0)
"""With it all that the rules find holds, and nothing else."""
LABELS = Path(__file__).parent / "quality" / "labels" / "same_claims.json"
FILE = Path(__file__).parents[1] / "stories" / "fold" / "weights.json"
T = TypeVar("T")
Pair = tuple[str, int, str, int]
"""Article and number of a sentence, and of the one that it is held against."""


class Case(NamedTuple):
    """What is known of a sentence and a claim's wording, whether they say the same, and whether a person read both."""

    evidence: Evidence
    same: bool
    read: bool


def joining(by: Model) -> AbstractContextManager[object]:
    """Meanwhile the fold joins by this model."""
    return patch("stories.fold.weighed.odds", partial(odds, by=by))


def weighed(states: Sequence[StoryState], articles: Sequence[Facts]) -> Iterator[tuple[str, Match, Evidence]]:
    """Every sentence of every article with the claims that stood when it came."""
    for before, facts in zip(states, articles[1:], strict=False):
        member = read_member(facts)
        found = compared(before, member)
        around = Surroundings(before, member, found, places_of(by_rule(before, member, found)))
        for match in found:
            if not is_settled(match):
                yield facts.article_id, match, around.evidence(match)


def labelled(folded: Folded) -> Iterator[Case]:
    """All but those on which readers would not agree."""
    labels, refs = folded.labels(), folded.refs
    for article, match, evidence in weighed(folded.states, folded.facts):
        wording = match.wordings[0]
        one, other = labels[refs[article], match.line.sentence], labels[refs[wording.article_id], wording.sentence]
        if (same := say_the_same(one, other)) is not None:
            yield Case(evidence, same, read=False)


def read(story: Sequence[Facts], labels: dict[Pair, bool]) -> Iterator[Case]:
    """Those of a real story that were read."""
    for article, match, evidence in weighed(list(versions("read", story)), story):
        wording = match.wordings[0]
        pair = article, match.line.sentence, wording.article_id, wording.sentence
        if pair in labels:
            yield Case(evidence, labels[pair], read=True)


class Corpus(NamedTuple):
    """Labelled stories; real ones, and the labels of pairs of their sentences."""

    told: Sequence[LabelledStory]
    real: Sequence[Sequence[Facts]]
    labels: dict[Pair, bool]

    def parts(self) -> Iterator[tuple["Corpus", "Corpus"]]:
        """All others and each part, which is measured by them."""
        for at in range(FOLDS):
            yield (
                self._replace(told=_but(self.told, at), real=_but(self.real, at)),
                self._replace(told=self.told[at::FOLDS], real=self.real[at::FOLDS]),
            )

    def cases(self, by: Model) -> list[Case]:
        """Of all stories, joined by the model."""
        with joining(by):
            told = [case for story in self.told for case in labelled(fold_story(story))]
            return told + [case for story in self.real for case in read(story, self.labels)]


def _but(items: Sequence[T], at: int) -> list[T]:
    return [item for number, item in enumerate(items) if number % FOLDS != at]


def load(data: Path) -> Corpus:
    """Real stories are those of which a pair was read, their articles in order of time."""
    labels = {(a, m, b, n): bool(same) for a, m, b, n, same in orjson.loads(LABELS.read_bytes())}
    wanted = {article for pair in labels for article in (pair[0], pair[2])}
    stories: dict[str, list[Facts]] = {}
    for row in _rows(data / "stories_dev.jsonl.gz"):
        if (facts := facts_of(row)) is not None:
            stories.setdefault(row["story"], []).append(facts)
    real = [story for story in stories.values() if wanted.intersection(facts.article_id for facts in story)]
    return Corpus(tuned_and_held_out()[0], [sorted(story, key=_moment) for story in real], labels)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path) as lines:
        yield from map(orjson.loads, lines)


def _moment(facts: Facts) -> tuple[str, str]:
    return str(facts.published_at), facts.article_id


def learn(cases: Sequence[Case]) -> Model:
    """Newton's method, with a ridge on the weights in units of their spread."""
    values = np.array([case.evidence for case in cases])
    same = np.array([float(case.same) for case in cases])
    counts = np.array([READ if case.read else 1.0 for case in cases])
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    scaled = np.c_[(values - mean) / spread, np.ones(len(values))]
    ridge = np.diag([*[RIDGE] * len(mean), 0.001])
    weights = np.zeros(len(mean) + 1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (counts * (chance - same)) + ridge @ weights
        bend = (scaled * (counts * chance * (1 - chance))[:, None]).T @ scaled + ridge
        weights = weights - np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread
    return Model(Evidence(*np.round(plain, 3).tolist()), round(float(weights[-1] - plain @ mean), 3))


def train(corpus: Corpus) -> Model:
    model = START
    for _ in range(ROUNDS):
        model = learn(corpus.cases(model))
    return model


def pairs_joined(told: Sequence[LabelledStory], by: Model) -> dict[str, Count]:
    with joining(by):
        return {row: count for row, count in score_stories(told).items() if row.startswith("claims ")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    corpus = load(parser.parse_args().data)
    unseen: dict[str, list[int]] = {}
    for others, part in corpus.parts():
        model = train(others)
        for story in part.told:
            kind = "rules not made on" if story.name in WITHOUT_RULES else "rules made on"
            for row, count in pairs_joined([story], model).items():
                _add(unseen, f"{kind}: {row}", count.right, count.total)
        cases = [case for case in part._replace(told=()).cases(model) if odds(case.evidence, model) >= ASKED]
        _add(unseen, "read: right where odds are as asked", sum(case.same for case in cases), len(cases))
    model = train(corpus)
    made = {"unseen": unseen, "weights": model.weights._asdict(), "bias": model.bias}
    FILE.write_bytes(orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    print(FILE.read_text("utf-8"))


def _add(counts: dict[str, list[int]], name: str, right: int, total: int) -> None:
    known = counts.get(name, [0, 0])
    counts[name] = [known[0] + right, known[1] + total]


if __name__ == "__main__":
    main()
