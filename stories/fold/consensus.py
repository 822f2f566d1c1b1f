"""What a story's sources put first, and how well a few sentences say it.

Every outlet sums its article up itself, in title and opening. A summary is good that agrees with these at the least
length: minimum Bayes risk with the outlets' openings as the sample of good summaries (Kumar and Byrne 2004), and the
mean F1 of shared words and pairs of words as the gain (ROUGE-1 and ROUGE-2, Lin 2004).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from stories.fold.freshness import freshness
from stories.fold.state import Member
from stories.fold.terms import plain_words
from stories.fold.title import headed

OPENING = 80
"""Words of an article that count as its opening."""
_LENGTH, _LENGTH_POWER = 3.2, 0.75
"""Editors' round-ups of three openings are about as long: 3.2 times the 0.75th power of an opening's words."""
_OFF_LENGTH = 0.1
"""What is lost by a summary that is e times as long or as short as it should be."""
Gram = str
"""A word, or two with a blank between them: one string is hashed once, a pair each time it is looked up."""


class Grams(NamedTuple):
    """How often a text has each word and each pair of neighbouring words, and how many words it has.

    `repeated` are those that it has more than once.
    """

    counts: Mapping[Gram, int]
    length: int
    repeated: Set[Gram]


@lru_cache(maxsize=1 << 13)
def grams(text: str) -> Grams:
    """Of a sentence or a few."""
    words = plain_words(text)
    counts = Counter[Gram]([*words, *map(" ".join, pairwise(words))])
    return Grams(counts, len(words), {gram for gram, count in counts.items() if count > 1})


@lru_cache(maxsize=1 << 16)
def _shared(one: str, other: str) -> int:
    """How many grams two texts share."""
    mine, theirs = grams(one), grams(other)
    again = [min(mine.counts[gram], theirs.counts[gram]) - 1 for gram in mine.repeated & theirs.repeated]
    return sum(map(theirs.counts.__contains__, mine.counts)) + sum(again)


class Consensus:
    """The texts that a summary should agree with, how much each counts, and the length in words that it should have."""

    def __init__(self, texts: Iterable[tuple[str, float]], length: float) -> None:
        held = [(text, weight) for text, weight in texts if grams(text).length]
        self.texts, self.weights = [text for text, _ in held], [weight for _, weight in held]
        self.length = max(length, 1.0)


class Telling:
    """A summary in the making: what each of the sentences would add to those told so far.

    What a sentence would add changes with each one told only by the grams that both have.
    """

    def __init__(self, consensus: Consensus, sentences: Iterable[str]) -> None:
        self._sources = [grams(text) for text in consensus.texts]
        self._weights, self._weight = consensus.weights, sum(consensus.weights) or 1.0
        self._wanted_length = consensus.length
        self._told: list[Mapping[Gram, int]] = []
        self._given = [0] * len(self._sources)
        self._more = {own: [_shared(text, own) for text in consensus.texts] for own in sentences}
        self.length = 0

    def value(self, sentence: str) -> float:
        """Of what is told with this sentence more: 0 to 2, less what the length is off."""
        length = self.length + grams(sentence).length
        gains = [
            weight * (2 * (given + more) / (length + source.length))
            for given, more, source, weight in zip(
                self._given, self._more[sentence], self._sources, self._weights, strict=True
            )
        ]
        return sum(gains) / self._weight - _OFF_LENGTH * abs(math.log(max(length, 1) / self._wanted_length))

    def tell(self, sentence: str, others: Iterable[str]) -> None:
        """Adds the sentence; what the others would add is kept up."""
        self._given = [given + more for given, more in zip(self._given, self._more[sentence], strict=True)]
        counts, length, _ = grams(sentence)
        wanted: dict[Gram, list[tuple[int, int]]] = {}
        for other in dict.fromkeys(others):
            theirs, more = grams(other).counts, self._more[other]
            for gram in counts.keys() & theirs.keys():
                if gram not in wanted:
                    wanted[gram] = self._wanted(gram)
                count, own = counts[gram], theirs[gram]
                for number, left in wanted[gram]:
                    more[number] -= min(left, own) - min(max(0, left - count), own)
        self._told.append(counts)
        self.length += length

    def _wanted(self, gram: Gram) -> list[tuple[int, int]]:
        """The sources that have more of the gram than has been told, and how much more."""
        told = sum([counts.get(gram, 0) for counts in self._told])
        held = [(number, source.counts.get(gram, 0) - told) for number, source in enumerate(self._sources)]
        return [(number, left) for number, left in held if left > 0]


def consensus_of(speakers: Sequence[Member], words: float | None = None) -> Consensus:
    """Of one article each of some independent sources; `words` is the length to aim at, if not the natural one.

    A source that has been silent for days counts less than those that tell how things stand.
    """
    openings = [opening(member) for member in speakers]
    now = max((member.reported for member in speakers if member.reported), default=None)
    fresh = [freshness(member.reported, now) for member in speakers]
    if words is None:
        mean = sum(len(text.split()) for text in openings) / max(1, len(openings))
        words = _LENGTH * mean**_LENGTH_POWER
    titles = [headed(member.shown.title) for member in speakers]
    return Consensus(zip([*titles, *openings], [*fresh, *fresh], strict=True), words)


def opening(member: Member) -> str:
    """The first sentences of the article, up to the one that fills it."""
    told: list[str] = []
    length = 0
    for line in member.lines.values():
        told.append(line.text)
        length += len(line.text.split())
        if length >= OPENING:
            break
    return " ".join(told)
