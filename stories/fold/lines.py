"""A sentence made ready to be compared: its weighted words, its clauses, its quoted words and who said them."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from operator import attrgetter
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
_HEAVIEST = 3
_LOOSE = 5
"""Letters from which two stems may be two spellings of one word."""
_START = attrgetter("start")
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{2,})[\"”»]")
_CLAUSE = re.compile(r",? (?:while|as|but|whereas|although) |; ")

Words = dict[str, float]
Amount = tuple[Key, float]
S = TypeVar("S", bound=Span)


@dataclass(frozen=True, eq=False)
class Bag:
    """Weighted words, with what every comparison needs of them."""

    words: Words
    weight: float
    telling: int

    @cached_property
    def loose(self) -> dict[str, str]:
        """Words that may be spelled otherwise, by their first letters."""
        return {
            word[:3]: word
            for word, weight in self.words.items()
            if weight >= TELLING and len(word) >= _LOOSE and word.isalpha()
        }


@dataclass(frozen=True, eq=False)
class Line:
    """One sentence of one article. `words` maps canonical stems to weights; `norm` is its text without dress.

    `amounts` are the figures by what they count; their number words are not among `words`. Most sentences are never
    compared with another, so what only comparing needs is worked out when it is asked for.
    """

    article_id: str
    sentence: int
    text: str
    start: int
    halves: tuple[Words, ...]
    bag: Bag
    norm: str
    able: bool
    speaker: str
    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]
    amounts: tuple[Amount, ...]

    @property
    def words(self) -> Words:
        """The weighted words of the whole sentence."""
        return self.bag.words

    @property
    def weight(self) -> float:
        """Of all its words together."""
        return self.bag.weight

    @cached_property
    def heaviest(self) -> tuple[str, ...]:
        """Its three heaviest words: a sentence that says the same in seven words of ten has one of them."""
        words = self.bag.words
        ordered = sorted([(-weight, word) for word, weight in words.items()])
        return tuple([word for _, word in ordered[:_HEAVIEST]])

    @cached_property
    def clauses(self) -> tuple[Bag, ...]:
        """The words of each half where the sentence makes two statements, else nothing."""
        return _clauses(self.halves, self.bag.words)

    @cached_property
    def quoted(self) -> tuple[frozenset[str], ...]:
        """The plain words of each quote."""
        return tuple(frozenset(_WORD.findall(said.casefold())) for said in _QUOTED.findall(self.text))


def read_lines(facts: Facts) -> dict[int, Line]:
    """The comparable sentences of an article by number. A word weighs less the more of its sentences hold it."""
    kept = {n: s for n, s in enumerate(facts.sentences) if s.kind == "sentence"}
    caps = _caps(facts)
    read = {n: _read(s.of(facts.text), facts.language) for n, s in kept.items()}
    weighing = _Weighing(caps, Counter(chain.from_iterable(said.words for said in read.values())))
    parts = _Parts(_by_sentence(facts.quotes, kept), _by_sentence(facts.figures, kept), _by_sentence(facts.dates, kept))
    return {n: _line(facts, n, said, weighing.weigh(said.words), parts) for n, said in read.items()}


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


class _Said(NamedTuple):
    """The text of a sentence, its words with their rarity, and those of each half where it has two."""

    text: str
    words: Words
    halves: tuple[Words, ...]


def _read(text: str, language: str) -> _Said:
    cut = _CLAUSE.search(text)
    if cut is None:
        return _Said(text, rarities(text, language), ())
    first, between, second = (_pairs(t, language) for t in (text[: cut.start()], cut.group(), text[cut.end() :]))
    return _Said(text, _rarities(first + between + second), (_rarities(first), _rarities(second)))


def rarities(text: str, language: str) -> Words:
    """The canonical words of a text with their rarity (idf)."""
    return _rarities(_pairs(text, language))


def _pairs(text: str, language: str) -> list[tuple[str, float]]:
    return list(chain.from_iterable([_written(written, language) for written in text.split()]))


@lru_cache(maxsize=1 << 16)
def _written(written: str, language: str) -> tuple[tuple[str, float], ...]:
    """What stands between two blanks, as words: no word spans a blank, and news repeats its words."""
    return tuple(_known(stem, language) for stem in stems(written, language))


def _rarities(pairs: list[tuple[str, float]]) -> Words:
    """Of several stems for one word the least rare counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        for word, rarity in pairs:
            if rarity < found[word]:
                found[word] = rarity
    return found


@lru_cache(maxsize=1 << 14)
def _name_words(name: str, language: str) -> tuple[str, ...]:
    return tuple(rarities(name, language))


@lru_cache(maxsize=1 << 16)
def _known(stem: str, language: str) -> tuple[str, float]:
    return canonical(stem) if language == "en" else stem, idf(stem, language)


class _Weighing:
    """Weighs the words of one article. A word is weighed once: its weight is the same in all its sentences."""

    def __init__(self, caps: Words, spread: Mapping[str, int]) -> None:
        self._caps = caps
        self._spread = spread
        self._known: dict[tuple[str, float], float] = {}

    def weigh(self, words: Words) -> Words:
        """The words of a sentence with weights in place of rarities."""
        known = self._known
        return {item[0]: known[item] if item in known else self._weight(item) for item in words.items()}

    def _weight(self, item: tuple[str, float]) -> float:
        word, rarity = item
        damped = min(max(rarity, _LEAST), self._caps.get(word, _CAP)) / (1.0 + 0.5 * math.log(self._spread[word]))
        weight = self._known[item] = damped * _FAINT_SHARE if word in FAINT else damped
        return weight


class _Parts(NamedTuple):
    quotes: dict[int, list[Quote]]
    figures: dict[int, list[Figure]]
    dates: dict[int, list[Date]]


def _line(facts: Facts, number: int, said: _Said, words: Words, parts: _Parts) -> Line:
    quotes, figures = parts.quotes.get(number, ()), parts.figures.get(number, ())
    words = _without_figures(words, figures, facts)
    amounts = tuple((key_of(figure, facts.language), float(figure.value)) for figure in figures)
    bag = _bag(words)
    return Line(
        article_id=facts.article_id,
        sentence=number,
        text=said.text,
        start=facts.sentences[number].start,
        halves=said.halves,
        bag=bag,
        norm=" ".join(_WORD.findall(said.text.casefold())),
        able=bag.telling + 2 * sum(map(distinctive, amounts)) >= ABLE_WORDS,
        speaker=next((fold_name(q.speaker) for q in quotes if q.speaker), ""),
        figures=tuple(figures),
        dates=tuple(parts.dates.get(number, ())),
        amounts=amounts,
    )


def _without_figures(words: Words, figures: Sequence[Figure], facts: Facts) -> Words:
    """Figures are compared by value and by what they count: "thirty-one people" is "31 people", and 25 may be 26."""
    if not figures:
        return words
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
    return len([weight for weight in weights if weight >= TELLING])


def _bag(words: Words) -> Bag:
    weights = words.values()
    return Bag(words, sum(weights), telling(weights))


def _clauses(halves: tuple[Words, ...], words: Words) -> tuple[Bag, ...]:
    bags = tuple(_bag({w: words[w] for w in half if w in words}) for half in halves)
    return bags if all(bag.telling >= ABLE_WORDS for bag in bags) else ()


def _by_sentence(spans: tuple[S, ...], sentences: dict[int, Sentence]) -> dict[int, list[S]]:
    """The spans that begin inside each sentence; both stand in the order of the text."""
    found: dict[int, list[S]] = {}
    numbers = iter(sentences.items())
    current = next(numbers, None)
    for span in sorted(spans, key=_START):
        while current is not None and current[1].end <= span.start:
            current = next(numbers, None)
        if current is not None and current[1].start <= span.start:
            found.setdefault(current[0], []).append(span)
    return found
