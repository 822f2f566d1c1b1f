"""How likely a sentence states what a claim's wording states: a logistic regression on what is known of both.

The weights are data, made by `bench/train_evidence.py` from labelled stories and from pairs of real sentences.
"""

import math
import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import orjson

from articles.text.idf import lower_share
from stories.fold.likeness import Likeness, figure_in_common, one_quote
from stories.fold.lines import Line, distinctive
from stories.fold.tallies import is_given, told_alike
from stories.fold.title import SPELLED

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+")
_COUNTS = {word: str(number) for word, number in SPELLED.items() if number > 1}
"""Without "one", which counts nothing as often as not."""
_DENIES = re.compile(
    r"\b(?:not|no|never|nobody|none|nothing|without|neither|nor|against(?! (?:the |a |about |some )?[\d$€£])|unable|"
    r"declin\w+|fail(?:s|ed)?|reject\w*|refus\w+|den(?:y|ied|ies)|ruled out|voted down)\b|n['’]t\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[\"“]")
_MANY = 3
"""Up to which things are counted."""
_COMMON = 0.5
"""Share of small initials from which a word is no name."""
_RUN = 4
_LONG_WORD, _QUOTE_WORDS = 4, 2
"""Letters of a word of a quote that is looked for, and how many such words make it more than a catchword."""
_SHORT = 8
"""Sentences: the labelled articles are no shorter."""


class Evidence(NamedTuple):
    """What is known of a sentence and a wording, as numbers of about one size."""

    score: float
    """Likeness of their words, figures and quotes."""
    late: float
    """1 if the articles came out a day and a half apart or more."""
    one_time: float
    """1 if they came out within half a day."""
    better: float
    """By how much the best other match of either is stronger."""
    best: float
    """1 if none is."""
    numbers: float
    near_figures: float
    at_odds: float
    """1 if both give figures and no telling one is in both."""
    neighbours: float
    """Sentences close by that match."""
    one_source: float
    one_quotes: float
    """1 if one holds a quote and the other does not."""
    one_quote: float
    two_quotes: float
    """1 if both hold quotes that have nothing in common."""
    firsts: float
    """How many of the two open their articles."""
    apart: float
    """Difference of where they stand in their articles, each from 0 to 1."""
    telling: float
    """Logarithm of how many telling words the shorter one has."""
    length: float
    """Logarithm of how many sentences the shorter article has."""
    strangers: float
    """Wordings of the claim that the sentence has nothing to do with, to each that it is like."""
    one_denies: float
    common: float
    """How many telling words are in both that are no names."""
    runs: float
    """Logarithm of how many runs of four words are in both."""
    said: float
    """Largest share of the words in quotation marks in one of them that the other has, marked as a quote or not."""


class Places(NamedTuple):
    """Where a sentence and a wording stand: what `Evidence` says of it, in plain units."""

    late: bool
    one_time: bool
    better: float
    neighbours: int
    one_source: bool
    firsts: int
    apart: float
    length: int
    strangers: float


@lru_cache(maxsize=1 << 12)
def _numbers(line: Line) -> frozenset[str]:
    found = _NUMBER.findall(_without_given(line).lower())
    plain = [word.replace(",", "") for word in found if word[0].isdigit()]
    return frozenset([*plain, *[_COUNTS[word] for word in found if word in _COUNTS]])


def _without_given(line: Line) -> str:
    """Its text without the counts that are spoken of as known."""
    text = line.text
    for figure in line.figures:
        if not figure.unit and is_given(line, figure):
            start, end = figure.start - line.start, figure.end - line.start
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def numbers_in_common(one: Line, other: Line) -> int:
    """How many numbers stand in both, spelled or not, whatever they count."""
    return len(_numbers(one) & _numbers(other))


@lru_cache(maxsize=1 << 12)
def _denies(line: Line) -> bool:
    """Whether the sentence, up to its first quote, denies something."""
    return _DENIES.search(_QUOTE.split(line.text, 1)[0]) is not None


def words_in_common(one: Line, other: Line) -> int:
    """How many telling words are in both that are no names."""
    theirs = other.words
    return len([word for word in one.bag.tellers if word in theirs and lower_share(word) >= _COMMON])


@lru_cache(maxsize=1 << 12)
def _plain(line: Line) -> tuple[list[str], frozenset[str]]:
    words = line.norm.split()
    return words, frozenset(words)


@lru_cache(maxsize=1 << 10)
def _runs(line: Line) -> frozenset[tuple[str, ...]]:
    words, _ = _plain(line)
    return frozenset(zip(*[words[at:] for at in range(_RUN)], strict=False))


def runs_in_common(one: Line, other: Line) -> int:
    """How many runs of four words stand in both."""
    (words, _), (_, theirs) = _plain(one), _plain(other)
    streak = longest = 0
    for word in words:
        streak = streak + 1 if word in theirs else 0
        if streak > longest:
            longest = streak
    return len(_runs(one) & _runs(other)) if longest >= _RUN else 0


def _said(one: Line, other: Line) -> float:
    """Largest share of the longer words of a quote in the one that stand in the other."""
    if not one.quoted:
        return 0.0
    _, theirs = _plain(other)
    quotes = ({word for word in quote if len(word) >= _LONG_WORD} for quote in one.quoted)
    return max([len(quote & theirs) / len(quote) for quote in quotes if len(quote) >= _QUOTE_WORDS], default=0.0)


def weigh(line: Line, wording: Line, alike: Likeness, places: Places) -> Evidence:
    """What the words of both say, beside where they stand."""
    figures = bool(line.amounts and wording.amounts)
    quotes = bool(line.quoted and wording.quoted)
    one = quotes and one_quote(line, wording)
    return Evidence(
        score=alike.score,
        late=float(places.late),
        one_time=float(places.one_time),
        better=places.better,
        best=float(places.better < 0),
        numbers=min(_MANY, numbers_in_common(line, wording)),
        near_figures=float(figures and told_alike(line, wording)),
        at_odds=float(figures and _at_odds(line, wording)),
        neighbours=min(_MANY, places.neighbours),
        one_source=float(places.one_source),
        one_quotes=float(bool(line.quoted) != bool(wording.quoted)),
        one_quote=float(quotes and one),
        two_quotes=float(quotes and not one),
        firsts=float(places.firsts),
        apart=places.apart,
        telling=math.log1p(min(line.bag.telling, wording.bag.telling)),
        length=math.log1p(max(_SHORT, places.length)),
        strangers=places.strangers,
        one_denies=float(_denies(line) != _denies(wording)),
        common=min(_MANY, words_in_common(line, wording)),
        runs=math.log1p(runs_in_common(line, wording)),
        said=max(_said(line, wording), _said(wording, line)),
    )


def _at_odds(one: Line, other: Line) -> bool:
    """Whether both give figures and no telling value is in both."""
    values = {amount[1] for amount in other.amounts}
    return not any(amount[1] in values and distinctive(amount) for amount in one.amounts) and not figure_in_common(
        one, other
    )


class Model(NamedTuple):
    """Log odds are the bias and the weighted evidence."""

    weights: Evidence
    bias: float


def _load() -> tuple[Model, Model]:
    stored = orjson.loads(files("stories.fold").joinpath("weights.json").read_bytes())
    across, within = (
        Model(Evidence(*[own["weights"].get(name, 0.0) for name in Evidence._fields]), own["bias"])
        for own in (stored["across"], stored["within"])
    )
    return across, within


MODEL, RESTATED = _load()
"""For a sentence and a claim's wording in another article, and for two sentences of one article."""
ASKED, ASKED_LATER = 0.8, 1.5
"""Odds from which a sentence states a claim that the rules do not find: of two reports of one time, and of others.

Of real news that is right two times in three. From odds of 2 on more than .95 are, and a fifth less is found.
"""
KEPT = 0.0
"""Odds from which it states one that they find."""


def odds(evidence: Evidence, by: Model = MODEL) -> float:
    """Log odds that both say the same, in thousandths."""
    total = sum([weight * value for weight, value in zip(by.weights, evidence, strict=True)])
    return round(by.bias + total, 3)
