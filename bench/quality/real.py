"""How well the fold does on real stories that were read: `python -m bench.quality.real ../shared/data [--missed]`.

Annotators who had not seen the fold read groups of articles of `stories_dev` whole and marked which sentences say the
same (`labels/real_claims.json`: ids of articles and numbers of sentences, no words). Half of the groups was never
looked at; the others are learned from (`bench/train_evidence.py`). Articles come in order of time, and a pair of
sentences counts as joined if one claim has both among its supports.
"""

import argparse
import gzip
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import orjson

from bench.quality.folding import facts_of, versions
from bench.quality.stories import Pair, Place
from samples.score import Count
from schemas.articles import Facts
from stories.fold.publish import publish

LABELS = Path(__file__).parent / "labels" / "real_claims.json"


class Group(NamedTuple):
    """Articles of one story in order of time, and which of their sentences say the same."""

    name: str
    facts: tuple[Facts, ...]
    same: frozenset[frozenset[Place]]
    """Pairs."""
    doubtful: frozenset[frozenset[Place]]
    """Pairs on which readers would not agree."""
    held_out: bool

    def says(self, one: Place, other: Place) -> bool | None:
        """Whether two sentences say the same; `None` where that is doubtful."""
        pair = frozenset([one, other])
        return True if pair in self.same else None if pair in self.doubtful else False

    def words(self, place: Place) -> str:
        """A sentence's own."""
        facts = next(own for own in self.facts if own.article_id == place[0])
        return facts.sentences[place[1]].of(facts.text)

    def pairs(self) -> Iterator["Pair"]:
        """All pairs of sentences but the doubtful ones."""
        homes = self._homes()
        places = [(facts.article_id, number) for facts in self.facts for number in range(len(facts.sentences))]
        for one, other in combinations(places, 2):
            if (same := self.says(one, other)) is not None:
                yield Pair(one, other, same, bool(homes.get(one, set()) & homes.get(other, set())))

    def _homes(self) -> dict[Place, set[str]]:
        """The claims that each sentence supports once all articles are folded."""
        (*_, state) = versions(self.name, self.facts)
        homes: dict[Place, set[str]] = {}
        for claim in publish(state).claims:
            for support in claim.supports:
                homes.setdefault((support.article_id, support.sentence), set()).add(claim.claim_id)
        return homes


def read_groups(data: Path) -> Iterator[Group]:
    """All groups, of the articles in the folder.

    Raises `KeyError` if an article is not in it.
    """
    articles = _articles(data / "stories_dev.jsonl.gz")
    for label in orjson.loads(LABELS.read_bytes()):
        same, doubtful = (_pairs(label["articles"], label[key]) for key in ("same", "doubtful"))
        facts = tuple(articles[own] for own in label["articles"])
        yield Group(label["name"], facts, same, doubtful - same, label["held_out"])


def _articles(path: Path) -> dict[str, Facts]:
    with gzip.open(path) as lines:
        found = map(facts_of, map(orjson.loads, lines))
        return {facts.article_id: facts for facts in found if facts is not None}


def _pairs(articles: list[str], sets: list[list[str]]) -> frozenset[frozenset[Place]]:
    """ "B7" is sentence 7 of the second article."""
    places = [[(articles[ord(own[0]) - ord("A")], int(own[1:])) for own in group] for group in sets]
    return frozenset([frozenset(pair) for group in places for pair in combinations(group, 2)])


def score_group(group: Group) -> Mapping[str, Count]:
    """Of the pairs joined, how many say the same, and the other way round."""
    counts = {row: Count() for row in ("joined, right", "found", "found, within an article")}
    for one, other, same, together in group.pairs():
        what = f"{group.name}: {group.words(one)!r} / {group.words(other)!r}"
        if together:
            counts["joined, right"].add(same, what)
        if same:
            counts["found" if one[0] != other[0] else "found, within an article"].add(together, what)
    return counts


def score_groups(groups: Iterable[Group]) -> dict[str, Count]:
    """The same of all of them."""
    totals: dict[str, Count] = {}
    for group in groups:
        for row, found in score_group(group).items():
            total = totals.setdefault(row, Count())
            total.right += found.right
            total.total += found.total
            total.missed += [] if group.held_out else found.missed
    return totals


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--missed", action="store_true", help="what is not right, of the groups that are learned from")
    given = parser.parse_args()
    groups = list(read_groups(given.data))
    for kind, held_out in (("learned from", False), ("held out", True)):
        for row, total in score_groups(group for group in groups if group.held_out == held_out).items():
            print(f"{kind:12} {row:24} {total.right:5} of {total.total}")
            for what in total.missed if given.missed else ():
                print(f"    {what}")


if __name__ == "__main__":
    main()
