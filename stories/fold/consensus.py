"""What a story's sources put first, and how well a few sentences say it.

Every outlet sums its article up itself, in title and opening. A summary is good that agrees with these at the least
length: minimum Bayes risk with the outlets' openings as the sample of good summaries (Kumar and Byrne 2004), and the
mean F1 of shared words and pairs of words as the gain (ROUGE-1 and ROUGE-2, Lin 2004).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from stories.fold.state import Member
from stories.fold.terms import plain_words
from stories.fold.title import headed

OPENING = 80
"""Words of an article that count as its opening."""
_SOURCES = 8
"""Independent sources whose newest articles are listened to: keeps the cost off the story's size."""
_LENGTH, _LENGTH_POWER = 3.2, 0.75
"""Editors' round-ups of three openings are about as long: 3.2 times the 0.75th power of an opening's words."""
_OFF_LENGTH = 0.1
"""What is lost by a summary that is e times as long or as short as it should be."""
Gram = str | tuple[str, str]


class Grams(NamedTuple):
    """How often a text has each word and each pair of neighbouring words, and how many words it has."""

    counts: Mapping[Gram, int]
    length: int


@lru_cache(maxsize=1 << 13)
def grams(text: str) -> Grams:
    """Of a sentence or a few."""
    words = plain_words(text)
    return Grams(Counter[Gram]([*words, *pairwise(words)]), len(words))


class Told(NamedTuple):
    """Sentences chosen so far: their grams, and how many of these each of the texts shares."""

    counts: Mapping[Gram, int]
    length: int
    shared: tuple[int, ...]


class Consensus:
    """The texts that a summary should agree with, and the length in words that it should have."""

    def __init__(self, texts: Iterable[str], length: float) -> None:
        self._texts = [own for own in map(grams, texts) if own.length]
        self._length = max(length, 1.0)
        self.nothing = Told({}, 0, (0,) * len(self._texts))

    def value(self, told: Told, more: Grams) -> float:
        """Of what is told with one more sentence: 0 to 2, less what the length is off."""
        length = told.length + more.length
        gains = [
            2 * both / (length + own.length) for both, own in zip(self._shared(told, more), self._texts, strict=True)
        ]
        return sum(gains) / max(1, len(gains)) - _OFF_LENGTH * abs(math.log(max(length, 1) / self._length))

    def with_more(self, told: Told, more: Grams) -> Told:
        """What is told with one more sentence."""
        counts = dict(told.counts)
        for gram, count in more.counts.items():
            counts[gram] = counts.get(gram, 0) + count
        return Told(counts, told.length + more.length, tuple(self._shared(told, more)))

    def _shared(self, told: Told, more: Grams) -> list[int]:
        already = told.counts
        return [
            have + _new(own.counts, already, more.counts) for have, own in zip(told.shared, self._texts, strict=True)
        ]


def _new(wanted: Mapping[Gram, int], told: Mapping[Gram, int], more: Mapping[Gram, int]) -> int:
    """How many grams of the text the sentence has that were not told yet."""
    found = 0
    for gram in wanted.keys() & more.keys():
        left = wanted[gram] - told[gram] if gram in told else wanted[gram]
        if left > 0:
            count = more[gram]
            found += count if count < left else left
    return found


def consensus_of(members: Iterable[Member], words: float | None = None) -> Consensus:
    """Of the newest article of each independent source; `words` is the length to aim at, if not the natural one."""
    speakers = _speakers(members)
    openings = [opening(member) for member in speakers]
    if words is None:
        mean = sum(len(text.split()) for text in openings) / max(1, len(openings))
        words = _LENGTH * mean**_LENGTH_POWER
    return Consensus([*(headed(member.shown.title) for member in speakers), *openings], words)


def _speakers(members: Iterable[Member]) -> list[Member]:
    newest: dict[str, Member] = {}
    for member in sorted(members, key=_age):
        newest[member.group] = member
    return sorted(newest.values(), key=_age)[-_SOURCES:]


def _age(member: Member) -> tuple[float, str]:
    return member.reported.timestamp() if member.reported is not None else 0.0, member.facts.article_id


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
