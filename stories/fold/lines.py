"""A sentence made ready to be compared: its weighted words, its clauses, its quoted words and who said them."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

from articles.text.idf import idf
from articles.text.names import fold_name
from articles.text.stems import stems
from schemas.articles import Date, Facts, Figure, Quote, Sentence
from schemas.base import Span
from stories.fold.figures import Key, key_of
from stories.fold.lexicon import FAINT, canonical

ABLE_WORDS = 4
"""Telling words that a sentence must hold to be joined on its own strength."""
TELLING = 1.0
"""Weight from which a word tells something."""
_FAINT_SHARE = 0.3
"""What is left of the weight of words of attribution and office."""
_LEAST, _CAP, _NAME_CAP, _GIVEN_NAME_CAP = 0.3, 5.0, 3.0, 0.6
"""Bounds of a word's weight before it is damped. Two sentences on one person or ship need not say the same of it:
uncapped, an invented surname outweighed everything that was said."""
DISTINCTIVE = 13
"""Value from which two figures are hardly equal by chance: most sentences with numbers hold one of the first dozen."""
_LOOSE = 5
"""Letters from which two stems may be two spellings of one word."""
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{2,})[\"”»]")
_CLAUSE = re.compile(r",? (?:while|as|but|whereas|although) |; ")

Words = dict[str, float]
Amount = tuple[Key, float]
S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """Weighted words, with what every comparison needs of them: `loose` are those that may be spelled otherwise, by
    their first letters."""

    words: Words
    weight: float
    telling: int
    loose: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One sentence of one article. `words` maps canonical stems to weights; `norm` is its text without dress.

    `clauses` are the words of each half where the sentence makes two statements; `quoted` the plain words of each
    quote; `amounts` the figures by what they count, whose number words are not among `words`.
    """

    article_id: str
    sentence: int
    text: str
    words: Words
    weight: float
    bag: Bag
    norm: str
    able: bool
    speaker: str
    clauses: tuple[Bag, ...]
    quoted: tuple[frozenset[str], ...]
    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]
    amounts: tuple[Amount, ...]


def read_lines(facts: Facts) -> dict[int, Line]:
    """The comparable sentences of an article by number. A word weighs less the more of its sentences hold it."""
    kept = {n: s for n, s in enumerate(facts.sentences) if s.kind == "sentence"}
    caps = _caps(facts)
    words = {n: _words(s.of(facts.text), facts.language) for n, s in kept.items()}
    spread: dict[str, int] = {}
    for found in words.values():
        for word in found:
            spread[word] = spread.get(word, 0) + 1
    parts = _Parts(_by_sentence(facts.quotes, kept), _by_sentence(facts.figures, kept), _by_sentence(facts.dates, kept))
    return {n: _line(facts, n, s, _weigh(words[n], spread, caps), parts) for n, s in kept.items()}


def _caps(facts: Facts) -> Words:
    """Highest weights of words that set the scene: names, and least of all what stands before a surname."""
    caps: Words = {}
    for entity in facts.entities:
        for form in (entity.name, *entity.aliases):
            words = _name_words(form, facts.language)
            for word in words:
                caps[word] = min(caps.get(word, _NAME_CAP), _NAME_CAP, 4.0 / len(words))
    for entity in facts.entities:
        if entity.kind == "person":
            for word in _name_words(entity.name.rpartition(" ")[0], facts.language):
                caps[word] = _GIVEN_NAME_CAP
    return caps


def _words(text: str, language: str) -> Words:
    found: Words = {}
    for stem in stems(text, language):
        word, rarity = _known(stem, language)
        if word not in found or rarity < found[word]:
            found[word] = rarity
    return found


@lru_cache(maxsize=1 << 14)
def _name_words(name: str, language: str) -> tuple[str, ...]:
    return tuple(_words(name, language))


@lru_cache(maxsize=1 << 16)
def _known(stem: str, language: str) -> tuple[str, float]:
    return canonical(stem) if language == "en" else stem, idf(stem, language)


def _weigh(words: Words, spread: dict[str, int], caps: Words) -> Words:
    return {word: _weight(word, rarity, spread[word], caps.get(word, _CAP)) for word, rarity in words.items()}


def _weight(word: str, rarity: float, sentences: int, cap: float) -> float:
    damped = min(max(rarity, _LEAST), cap) / (1.0 + 0.5 * math.log(sentences))
    return damped * _FAINT_SHARE if word in FAINT else damped


class _Parts(NamedTuple):
    quotes: dict[int, list[Quote]]
    figures: dict[int, list[Figure]]
    dates: dict[int, list[Date]]


def _line(facts: Facts, number: int, span: Sentence, words: Words, parts: _Parts) -> Line:
    text, quotes = span.of(facts.text), parts.quotes.get(number, ())
    figures = parts.figures.get(number, ())
    words = _without_figures(words, figures, facts)
    amounts = tuple((key_of(figure, facts.language), float(figure.value)) for figure in figures)
    bag = _bag(words)
    return Line(
        article_id=facts.article_id,
        sentence=number,
        text=text,
        words=words,
        weight=bag.weight,
        bag=bag,
        norm=" ".join(_WORD.findall(text.casefold())),
        able=bag.telling + 2 * sum(map(distinctive, amounts)) >= ABLE_WORDS,
        speaker=next((fold_name(q.speaker) for q in quotes if q.speaker), ""),
        clauses=_clauses(text, facts.language, words),
        quoted=tuple(frozenset(_WORD.findall(words_said.casefold())) for words_said in _QUOTED.findall(text)),
        figures=tuple(figures),
        dates=tuple(parts.dates.get(number, ())),
        amounts=amounts,
    )


def _without_figures(words: Words, figures: Iterable[Figure], facts: Facts) -> Words:
    """Figures are compared by value and by what they count: "thirty-one people" is "31 people", and 25 may be 26."""
    spoken = {stem for figure in figures for stem in stems(figure.of(facts.text), facts.language)}
    if facts.language == "en":
        spoken = {canonical(stem) for stem in spoken}
    return {word: weight for word, weight in words.items() if word not in spoken} if spoken else words


def distinctive(amount: Amount) -> bool:
    """Two sentences on 130 people mean the same 130; two on two people need not."""
    (unit, _), value = amount
    return value >= DISTINCTIVE or value % 1 != 0 or unit == "%"


def telling(weights: Iterable[float]) -> int:
    """How many of the weights are those of telling words."""
    return sum(1 for weight in weights if weight >= TELLING)


def _bag(words: Words) -> Bag:
    told = [word for word, weight in words.items() if weight >= TELLING]
    loose = {word[:3]: word for word in told if len(word) >= _LOOSE and word.isalpha()}
    return Bag(words, sum(words.values()), len(told), loose)


def _clauses(text: str, language: str, words: Words) -> tuple[Bag, ...]:
    cut = _CLAUSE.search(text)
    if cut is None:
        return ()
    halves = [_words(half, language) for half in (text[: cut.start()], text[cut.end() :])]
    bags = tuple(_bag({w: words[w] for w in half if w in words}) for half in halves)
    return bags if all(bag.telling >= ABLE_WORDS for bag in bags) else ()


def _by_sentence(spans: tuple[S, ...], sentences: dict[int, Sentence]) -> dict[int, list[S]]:
    """The spans that begin inside each sentence; both stand in the order of the text."""
    found: dict[int, list[S]] = {}
    numbers = iter(sentences.items())
    current = next(numbers, None)
    for span in sorted(spans, key=lambda span: span.start):
        while current is not None and current[1].end <= span.start:
            current = next(numbers, None)
        if current is not None and current[1].start <= span.start:
            found.setdefault(current[0], []).append(span)
    return found
