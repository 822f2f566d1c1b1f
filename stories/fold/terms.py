"""The words of a text: canonical, with their rarity, looked up by what stands between two blanks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from articles.text.idf import idf
from articles.text.stems import stems
from stories.fold.lexicon import FAINT, canonical

LEAST, CAP = 0.3, 5.0
"""Bounds of a word's weight: uncapped, an invented surname outweighed everything that was said."""
FAINT_SHARE = 0.3
"""What is left of the weight of words of attribution and office."""
_VOCABULARY = 1 << 17
_WORD = re.compile(r"\w+")
_MARKS = ("’", "“", "”", "‘", "—", "–")
_PLAIN = "".join(chr(code) if re.match(r"\w", chr(code)) else " " for code in range(128))
Words = dict[str, float]


@dataclass(slots=True, eq=False)
class Term:
    """A stem as the word that stands for it; `rarity` is its idf, `weight` what it is worth in a sentence by itself.

    Terms are looked up again and again and never made twice but when a table is full: two of one word are no error.
    """

    word: str
    rarity: float
    weight: float
    several: tuple["Term", ...] = ()
    """What "Anglo-Irish" holds; such a term has no word of its own."""


_NOTHING = Term("", 0.0, 0.0)
written = attrgetter("word")


class _Vocabulary(dict[str, Term]):
    """What stands between two blanks, as a term: no word spans a blank, and news repeats its words."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._terms: dict[str, Term] = {}

    def __missing__(self, run: str) -> Term:
        if len(self) >= _VOCABULARY:
            self.clear()
            self._terms.clear()
        found = [self._terms.get(stem) or self._new(stem) for stem in stems(run, self._language)]
        term = (found[0] if len(found) == 1 else Term("", 0.0, 0.0, tuple(found))) if found else _NOTHING
        self[run] = term
        return term

    def _new(self, stem: str) -> Term:
        word, rarity = canonical(stem) if self._language == "en" else stem, idf(stem, self._language)
        weight = min(max(rarity, LEAST), CAP)
        term = self._terms[stem] = Term(word, rarity, weight * FAINT_SHARE if word in FAINT else weight)
        return term


_vocabulary = lru_cache(maxsize=32)(_Vocabulary)


def read_terms(text: str, language: str) -> Sequence[Term]:
    """The terms of a text, each once, in order. Several may stand for one word."""
    found = dict.fromkeys(map(_vocabulary(language).__getitem__, text.split()))
    found.pop(_NOTHING, None)
    if "" in map(written, found):
        return tuple(dict.fromkeys(chain.from_iterable([term.several or (term,) for term in found])))
    return tuple(found)


def by_word(terms: Sequence[Term], values: Iterable[float]) -> Words:
    """The terms' values by word; of several terms for one word the least counts."""
    values = tuple(values)
    found = dict(zip(map(written, terms), values, strict=True))
    if len(found) < len(terms):
        for term, value in zip(terms, values, strict=True):
            if value < found[term.word]:
                found[term.word] = value
    return found


def rarities(text: str, language: str) -> Words:
    """The words of a text with their rarity."""
    terms = read_terms(text, language)
    return by_word(terms, [term.rarity for term in terms])


def words_of(text: str, language: str) -> dict[str, None]:
    """The words of a text, each once, in order."""
    return dict.fromkeys(map(written, read_terms(text, language)))


def plain_words(text: str) -> list[str]:
    """All words as they stand, without case and marks."""
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
    if text.isascii():  # twice as fast as the pattern, and gives the same
        return text.lower().translate(_PLAIN).split()
    return _WORD.findall(text.casefold())
