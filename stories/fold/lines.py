"""A sentence made ready to be compared: its weighted words, its clauses, its quoted words and who said them."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeVar

from articles.text.names import fold_name
from articles.text.stems import stems
from schemas.articles import Date, Facts, Figure, Quote, Sentence
from schemas.base import Span
from schemas.story import Support, made
from stories.fold.fates import fate_of
from stories.fold.figures import key_of
from stories.fold.kinds import Key
from stories.fold.lexicon import FAINT, canonical
from stories.fold.terms import CAP, FAINT_SHARE, LEAST, Term, Words, by_word, plain_words, read_terms, words_of, written

ABLE_WORDS = 4
"""Telling words that a sentence must hold to be joined on its own strength."""
_COMPARABLE_WORDS = 2
"""Telling words with which a sentence, short as it is, may be found to say nearly word for word what another says."""
TELLING = 1.0
"""Weight from which a word tells something."""
_NAME_CAP, _GIVEN_NAME_CAP = 3.0, 0.6
"""Highest weights of the words of names: two sentences on one person or ship need not say the same of it."""
DISTINCTIVE = 13
"""Value from which two figures are hardly equal by chance: most sentences with numbers hold one of the first dozen."""
_HEAVIEST = 3
_LOOSE = 5
"""Letters from which two stems may be two spellings of one word."""
_WHOLE = re.compile(
    r"(?:\d[\d,.]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen)) of"
    r" (?:the |its |their |his |her |our |all )?$"
)
_OF_WHICH = "/"
"""Behind the noun of a whole that another number is a part of: 64 of the 150 seats are no 60 seats.

"One of 9,400 members" counts all of them."""
_START = attrgetter("start")
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{2,})[\"”»]")
_CLAUSE = re.compile(r",? (?:while|as|but|whereas|although) |; ")

Amount = tuple[Key, float]
S = TypeVar("S", bound=Span)


@dataclass(slots=True, eq=False)
class Bag:
    """Weighted words, with what every comparison needs of them. Never changed; `tellers` are its telling words."""

    words: Words
    weight: float
    tellers: list[str]
    _loose: dict[str, str] | None = field(default=None, init=False)

    @property
    def telling(self) -> int:
        """How many of its words tell something."""
        return len(self.tellers)

    @property
    def loose(self) -> dict[str, str]:
        """Words that may be spelled otherwise, by their first letters."""
        if self._loose is None:
            self._loose = {word[:3]: word for word in self.tellers if len(word) >= _LOOSE and word.isalpha()}
        return self._loose


@dataclass(slots=True, eq=False)
class Line:
    """One sentence of one article. `words` maps canonical stems to weights; `norm` is its text without dress.

    `amounts` are the figures by what they count; their number words are not among `words`. Most sentences are never
    compared with another, so what only comparing needs is worked out when it is asked for. Never changed but for that.
    """

    article_id: str
    sentence: int
    text: str
    start: int
    language: str
    bag: Bag
    norm: str
    able: bool
    comparable: bool
    speaker: str
    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]
    amounts: tuple[Amount, ...]
    _heaviest: tuple[str, ...] | None = field(default=None, init=False)
    _clauses: tuple[Bag, ...] | None = field(default=None, init=False)
    _quoted: tuple[frozenset[str], ...] | None = field(default=None, init=False)
    _support: Support | None = field(default=None, init=False)

    @property
    def words(self) -> Words:
        """The weighted words of the whole sentence."""
        return self.bag.words

    @property
    def weight(self) -> float:
        """Of all its words together."""
        return self.bag.weight

    @property
    def heaviest(self) -> tuple[str, ...]:
        """Its three heaviest words: a sentence that says the same in seven words of ten has one of them."""
        if self._heaviest is None:
            self._heaviest = _heaviest(self.bag.words)
        return self._heaviest

    @property
    def clauses(self) -> tuple[Bag, ...]:
        """The words of each half where the sentence makes two statements, else nothing."""
        if self._clauses is None:
            self._clauses = _clauses(self.text, self.language, self.bag.words)
        return self._clauses

    @property
    def quoted(self) -> tuple[frozenset[str], ...]:
        """The plain words of each quote."""
        if self._quoted is None:
            self._quoted = tuple([frozenset(plain_words(said)) for said in _QUOTED.findall(self.text)])
        return self._quoted

    @property
    def support(self) -> Support:
        """The sentence as a support of claims."""
        if self._support is None:
            self._support = made(Support, {"article_id": self.article_id, "sentence": self.sentence})
        return self._support


def read_lines(facts: Facts) -> dict[int, Line]:
    """The comparable sentences of an article by number. A word weighs less the more of its sentences hold it."""
    kept = {n: s for n, s in enumerate(facts.sentences) if s.kind == "sentence"}
    read = {n: read_terms(facts.text[s.start : s.end], facts.language) for n, s in kept.items()}
    weights = _weights(_caps(facts), read.values())
    parts = _Parts(_by_sentence(facts.quotes, kept), _by_sentence(facts.figures, kept), _by_sentence(facts.dates, kept))
    return {n: _line(facts, n, by_word(terms, map(weights.__getitem__, terms)), parts) for n, terms in read.items()}


def _caps(facts: Facts) -> Words:
    """Highest weights of words that set the scene: names, and least of all what stands before a surname."""
    caps: Words = {}
    for entity in facts.entities:
        for form in (entity.name, *entity.aliases):
            words = _name_words(form, facts.language)
            cap = 4.0 / len(words) if len(words) > 1 else _NAME_CAP
            for word in words:
                if cap < caps.get(word, CAP):
                    caps[word] = cap
    for entity in facts.entities:
        if entity.kind == "person":
            for word in _name_words(entity.name.rpartition(" ")[0], facts.language):
                caps[word] = _GIVEN_NAME_CAP
    return caps


def _weights(caps: Words, read: Collection[Sequence[Term]]) -> dict[Term, float]:
    """The weights of the terms of one article: the same in all its sentences."""
    spread = Counter(chain.from_iterable([dict.fromkeys(map(written, terms)) for terms in read]))
    weights = {term: term.weight for term in set(chain.from_iterable(read))}
    special = {word for word, held in spread.items() if held > 1}.union(caps)
    for term in [term for term in weights if term.word in special]:
        weights[term] = _weight(term.word, term.rarity, caps.get(term.word, CAP), spread[term.word])
    return weights


def _weight(word: str, rarity: float, cap: float, held: int) -> float:
    """Of a word that as many sentences of its article hold."""
    weight = rarity if rarity > LEAST else LEAST
    if weight > cap:
        weight = cap
    if held > 1:
        weight /= 1.0 + 0.5 * math.log(held)
    return weight * FAINT_SHARE if word in FAINT else weight


@lru_cache(maxsize=1 << 14)
def _name_words(name: str, language: str) -> tuple[str, ...]:
    return tuple(words_of(name, language))


class _Parts(NamedTuple):
    quotes: dict[int, list[Quote]]
    figures: dict[int, list[Figure]]
    dates: dict[int, list[Date]]


def _line(facts: Facts, number: int, words: Words, parts: _Parts) -> Line:
    quotes, figures = parts.quotes.get(number, ()), parts.figures.get(number, ())
    sentence = facts.sentences[number]
    text = facts.text[sentence.start : sentence.end]
    amounts = tuple([(_key(figure, sentence, facts), float(figure.value)) for figure in figures])
    bag = _bag(_without_figures(words, figures, facts))
    return Line(
        article_id=facts.article_id,
        sentence=number,
        text=text,
        start=sentence.start,
        language=facts.language,
        bag=bag,
        norm=" ".join(plain_words(text)),
        able=bag.telling + 2 * sum(map(distinctive, amounts)) >= ABLE_WORDS,
        comparable=bag.telling + 2 * sum(map(distinctive, amounts)) >= _COMPARABLE_WORDS,
        speaker=next((fold_name(q.speaker) for q in quotes if q.speaker), "") if quotes else "",
        figures=tuple(figures),
        dates=tuple(parts.dates.get(number, ())),
        amounts=amounts,
    )


def _key(figure: Figure, sentence: Sentence, facts: Facts) -> Key:
    """A toll is known by what became of people, anything else by its unit and noun."""
    if facts.language == "en":
        year = facts.published_at.year if facts.published_at is not None else None
        fate = fate_of(figure, sentence.of(facts.text), figure.start - sentence.start, year)
        if fate:
            return "", fate
    unit, head = key_of(figure, facts.language)
    return unit, head + _OF_WHICH if _WHOLE.search(facts.text, sentence.start, figure.start) else head


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
    return Bag(words, sum(words.values()), [word for word, weight in words.items() if weight >= TELLING])


def _heaviest(words: Words) -> tuple[str, ...]:
    least = sorted(words.values())[-_HEAVIEST] if len(words) > _HEAVIEST else 0.0
    ordered = sorted([(-weight, word) for word, weight in words.items() if weight >= least])
    return tuple([word for _, word in ordered[:_HEAVIEST]])


def _clauses(text: str, language: str, words: Words) -> tuple[Bag, ...]:
    cut = _CLAUSE.search(text)
    if cut is None:
        return ()
    halves = (words_of(half, language) for half in (text[: cut.start()], text[cut.end() :]))
    bags = tuple([_bag({w: words[w] for w in half if w in words}) for half in halves])
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
