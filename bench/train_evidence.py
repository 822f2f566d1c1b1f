"""Makes `stories/fold/weights.json`: what speaks for it that two sentences say the same.

    python -m bench.train_evidence ../shared/data

Two logistic regressions on what is known of two sentences (`Evidence`): `across` weighs a sentence and a wording of a
claim in another article, `within` two sentences of one article. Both learn from the labelled stories and from real ones
that were read whole (`bench/quality/real.py`), because invented articles are short and keep to the point. What claims
there are depends on what was joined before: all are folded once by the rules alone and once more with what was learned.

What is claimed of it is measured on what it did not see: a part of the stories at a time is left out. Needs numpy.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar
from unittest.mock import patch

import numpy as np
import orjson

from bench.quality.folding import versions
from bench.quality.real import Group, read_groups, score_group
from bench.quality.stories import Folded, Place, fold_story, say_the_same, score_stories, tuned_and_held_out
from samples.labelled import LabelledStory
from samples.score import Count
from schemas.articles import Facts
from stories.fold.evidence import Evidence, Model, odds
from stories.fold.match import Match, by_rule, compared
from stories.fold.members import read_member
from stories.fold.restated import evidence_within, near
from stories.fold.state import StoryState
from stories.fold.weighed import Surroundings, is_settled, places_of

FOLDS = 6
ROUNDS = 2
RIDGE = 3.0
STEPS = 15
READ = 0.33
"""What a pair of real sentences, with dates or without, counts beside one of the labelled stories: there are more."""
NOTHING = Evidence(*[0.0] * len(Evidence._fields))
FILE = Path(__file__).parents[1] / "stories" / "fold" / "weights.json"
T = TypeVar("T")


class Case(NamedTuple):
    """What is known of two sentences, whether they say the same, and whether they are real."""

    evidence: Evidence
    same: bool
    real: bool


class Models(NamedTuple):
    """For sentences of two articles, and for those of one."""

    across: Model
    within: Model


START = Models(Model(NOTHING, 0.0), Model(NOTHING, -99.0))
"""With it all that the rules find holds, and nothing else."""


@contextmanager
def joining(by: Models) -> Iterator[None]:
    """Meanwhile the fold joins by these models."""
    with ExitStack() as stack:
        stack.enter_context(patch("stories.fold.weighed.odds", partial(odds, by=by.across)))
        stack.enter_context(patch("stories.fold.restated.RESTATED", by.within))
        yield


def weighed(states: Sequence[StoryState], articles: Sequence[Facts]) -> Iterator[tuple[str, Match, Evidence]]:
    """Every sentence of every article with the claims that stood when it came."""
    for before, facts in zip(states, articles[1:], strict=False):
        member = read_member(facts)
        found = compared(before, member)
        around = Surroundings(before, member, found, places_of(by_rule(before, member, found)))
        for match in found:
            if not is_settled(match):
                yield facts.article_id, match, around.evidence(match)


def pairs_across(states: Sequence[StoryState], articles: Sequence[Facts]) -> Iterator[tuple[Place, Place, Evidence]]:
    for article, match, evidence in weighed(states, articles):
        wording = match.wordings[0]
        yield (article, match.line.sentence), (wording.article_id, wording.sentence), evidence


def pairs_within(articles: Sequence[Facts]) -> Iterator[tuple[Place, Place, Evidence]]:
    for member in map(read_member, articles):
        name = member.facts.article_id
        for one, other in near(member):
            yield (name, one.sentence), (name, other.sentence), evidence_within(member, one, other)


class Cases(NamedTuple):
    """All that is learned from."""

    across: list[Case]
    within: list[Case]

    def add_told(self, folded: Folded) -> None:
        """All pairs but those on which readers would not agree."""
        labels, refs = folded.labels(), folded.refs
        for cases, pairs in zip(
            self, (pairs_across(folded.states, folded.facts), pairs_within(folded.facts)), strict=True
        ):
            for (ref, number), (ref_other, number_other), evidence in pairs:
                same = say_the_same(labels[refs[ref], number], labels[refs[ref_other], number_other])
                if same is not None:
                    cases.append(Case(evidence, same, real=False))

    def add_real(self, group: Group) -> None:
        """The same of real articles."""
        states = list(versions(group.name, group.facts))
        for cases, pairs in zip(self, (pairs_across(states, group.facts), pairs_within(group.facts)), strict=True):
            for one, other, evidence in pairs:
                if (same := group.says(one, other)) is not None:
                    cases.append(Case(evidence, same, real=True))


class Corpus(NamedTuple):
    """Labelled stories and real ones."""

    told: Sequence[LabelledStory]
    real: Sequence[Group]

    def parts(self) -> Iterator[tuple["Corpus", "Corpus"]]:
        """All others and each part, which is measured by them."""
        for at in range(FOLDS):
            yield Corpus(_but(self.told, at), _but(self.real, at)), Corpus(self.told[at::FOLDS], self.real[at::FOLDS])

    def cases(self, by: Models) -> Cases:
        """Of all stories, joined by the models."""
        cases = Cases([], [])
        with joining(by):
            for story in self.told:
                cases.add_told(fold_story(story))
            for group in self.real:
                cases.add_real(group)
                cases.add_real(_undated(group))
        return cases


def _undated(group: Group) -> Group:
    """As a scraper that finds no dates would bring it."""
    bare = {"published_at": None, "updated_at": None}
    return group._replace(facts=tuple([facts.model_copy(update=bare) for facts in group.facts]))


def _but(items: Sequence[T], at: int) -> list[T]:
    return [item for number, item in enumerate(items) if number % FOLDS != at]


def load(data: Path) -> Corpus:
    """What may be learned from."""
    return Corpus(tuned_and_held_out()[0], [group for group in read_groups(data) if not group.held_out])


def learn(cases: Sequence[Case]) -> Model:
    """Newton's method, with a ridge on the weights in units of their spread."""
    values = np.array([case.evidence for case in cases])
    same = np.array([float(case.same) for case in cases])
    counts = np.array([READ if case.real else 1.0 for case in cases])
    mean, spread = values.mean(axis=0), values.std(axis=0)
    varies = spread > 0
    spread[~varies] = 1.0
    scaled = np.c_[(values - mean) / spread, np.ones(len(values))]
    ridge = np.diag([*[RIDGE] * len(mean), 0.001])
    weights = np.zeros(len(mean) + 1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (counts * (chance - same)) + ridge @ weights
        bend = (scaled * (counts * chance * (1 - chance))[:, None]).T @ scaled + ridge
        weights = weights - np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread * varies
    return Model(Evidence(*np.round(plain, 3).tolist()), round(float(weights[-1] - plain @ mean), 3))


def train(corpus: Corpus) -> Models:
    models = START
    for _ in range(ROUNDS):
        cases = corpus.cases(models)
        models = Models(learn(cases.across), learn(cases.within))
    return models


def joined(part: Corpus, by: Models) -> Iterator[tuple[str, Count]]:
    """How many pairs are found and right."""
    with joining(by):
        for row, count in score_stories(part.told).items():
            if row.startswith("claims "):
                yield f"labelled: {row}", count
        for group in part.real:
            yield from ((f"real: {row}", count) for row, count in score_group(group).items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    corpus = load(parser.parse_args().data)
    unseen: dict[str, list[int]] = {}
    for others, part in corpus.parts():
        for row, count in joined(part, train(others)):
            right, total = unseen.get(row, (0, 0))
            unseen[row] = [right + count.right, total + count.total]
    models = train(corpus)._asdict().items()
    made = {"unseen": unseen, **{name: {"weights": it.weights._asdict(), "bias": it.bias} for name, it in models}}
    FILE.write_bytes(orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    print(FILE.read_text("utf-8"))


if __name__ == "__main__":
    main()
