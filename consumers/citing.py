"""Sentences that somebody else has written, held to those of the articles: what cannot be cited is dropped.

A sentence counts as borne out by up to three sentences of the articles if these give every number and every name of it,
hold most of its telling words, and deny nothing that it says, nor the other way about. That is a check of words, not of
logic: who did what to whom is not looked at. So it only lets through what stays close to the articles.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from articles.text.names import fold_name
from articles.text.stems import stems
from schemas.story import SummarySentence, Support

MOST_CITED = 3
TELLING_SHARE = 0.7
"""Of the stems of a sentence that must stand in those it cites."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"[^\W\d_][\w’'-]*")
_NOT = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|den(?:y|ies|ied)|\w+n[’']t)\b", re.I
)
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_SPELLED = {word: str(number) for number, word in enumerate(_WORDS.split())}


class Source(NamedTuple):
    """A sentence of an article that states a claim."""

    claim_id: str
    support: Support
    text: str


class _Read(NamedTuple):
    stems: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]
    denies: bool


def cited(sentences: Iterable[str], sources: Sequence[Source], language: str) -> tuple[SummarySentence, ...]:
    """Those sentences that the sources bear out, each with what it cites, best first; all others are left out."""
    read = [_read(source.text, language) for source in sources]
    found = (_cite(sentence, sources, read, language) for sentence in sentences)
    return tuple([sentence for sentence in found if sentence is not None])


def _cite(sentence: str, sources: Sequence[Source], read: Sequence[_Read], language: str) -> SummarySentence | None:
    own = _read(sentence, language)
    chosen: list[int] = []
    while own.stems and len(chosen) < MOST_CITED:
        left = own.stems - frozenset[str]().union(*(read[n].stems for n in chosen))
        best = max(range(len(read)), key=lambda n: (len(left & read[n].stems), -n), default=None)
        if best is None or not left & read[best].stems:
            break
        chosen.append(best)
        if _bears_out([read[n] for n in chosen], own, _names(sentence)):
            supports = tuple(dict.fromkeys(sources[n].support for n in chosen))
            return SummarySentence(text=sentence, claim_id=sources[chosen[0]].claim_id, supports=supports)
    return None


def _bears_out(cited_ones: Sequence[_Read], own: _Read, names: frozenset[str]) -> bool:
    held = frozenset[str]().union(*(each.stems for each in cited_ones))
    numbers = frozenset[str]().union(*(each.numbers for each in cited_ones))
    words = frozenset[str]().union(*(each.words for each in cited_ones))
    return (
        len(own.stems & held) >= TELLING_SHARE * len(own.stems)
        and own.numbers <= numbers
        and names <= words
        and own.denies == any(each.denies for each in cited_ones)
    )


def _read(text: str, language: str) -> _Read:
    words = frozenset(fold_name(word) for word in _NAME.findall(text))
    numbers = {number.replace(",", "") for number in _NUMBER.findall(text)}
    spelled = {_SPELLED[word] for word in words if word in _SPELLED}
    return _Read(frozenset(stems(text, language)), frozenset(numbers | spelled), words, _NOT.search(text) is not None)


def _names(sentence: str) -> frozenset[str]:
    """Words with a capital, folded, but for the first one, which has it anyway."""
    return frozenset(fold_name(word) for word in _NAME.findall(sentence)[1:] if word[0].isupper())
