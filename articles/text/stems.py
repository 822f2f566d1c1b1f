"""Words to stems, memoised by the run of characters between two spaces: news repeats its words."""

import re
import sys
from collections import Counter
from functools import lru_cache
from itertools import chain

import Stemmer
from anyascii import anyascii

from articles.text.words import stop_words

# Scripts written without spaces have no words to find; overlapping pairs of characters stand in for them.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_MIXED_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|[{_UNSPACED}]+|[^\W\d_{_UNSPACED}]+(?:['’][^\W\d_]+)*")
_PLAIN_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]+")
# Acronyms in their plain form; of others that are written with stops, the single letters are left out.
_DOTTED = (("U.S.A.", "USA"), ("U.S.", "US"), ("U.K.", "UK"), ("U.N.", "UN"), ("E.U.", "EU"))
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
# Lower-cased, these would fall to the stop words "us" and "it".
_CAPITAL_WORDS = {"US": "usa", "IT": "infotech"}
_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


_AROUND = ".,;:!?\"'“”‘’()"
_MOST_KNOWN = 1 << 17
_LONGEST_KNOWN = 40


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _ALGORITHMS.get(language)
    return Stemmer.Stemmer(name, maxCacheSize=0) if name else None


class _Known(dict[str, tuple[str, ...]]):
    """The stems of runs met before in one language; others are stemmed when they are asked for."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._stop_words = stop_words(language)
        stemmer = _stemmer(language)
        self._stem = stemmer.stemWord if stemmer else str

    def __missing__(self, run: str) -> tuple[str, ...]:
        """No token reaches over a space, so that the stems of a text are those of its runs."""
        core = run.strip(_AROUND)
        if core.isascii() and core.isalpha() and core not in _CAPITAL_WORDS:
            # A word comes with many marks around it, and in two cases: all share what its plain form gave.
            plain = core.lower()
            found = self.get(plain)
            if found is None:
                found = self._of_plain(plain)
                if plain != run:
                    self._keep(plain, found)
        elif core[:1].isdigit() and _PLAIN_NUMBER.fullmatch(core):
            found = (_plain_number(core),)
        else:
            found = tuple([stem for token in _tokens(run) for stem in _stems_of(token, self._language)])
        self._keep(run, found)
        return found

    def _of_plain(self, word: str) -> tuple[str, ...]:
        """The same for a word of small ASCII letters, which needs no look at marks, digits and scripts."""
        stem = "" if word in self._stop_words else _folded(self._stem(word))
        return (stem,) if stem else ()

    def _keep(self, run: str, found: tuple[str, ...]) -> None:
        if len(run) <= _LONGEST_KNOWN:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[run] = found


@lru_cache(maxsize=64)
def _known(language: str) -> _Known:
    return _Known(language)


def stems(text: str, language: str) -> list[str]:
    """Stems of the text's content words, in order: lower-case ASCII without stop words (Snowball, Porter 2001).

    Numbers are kept without separators of thousands ("1,200" gives "1200"). Text in a script without spaces gives
    pairs of characters. A language without a stemmer keeps its words whole.
    """
    # No loop of Python's own: many times faster, and this is read for every word of every article.
    return list(chain.from_iterable(map(_known(language).__getitem__, text.split())))


def count_stems(text: str, language: str) -> dict[str, int]:
    """How often each stem occurs."""
    return Counter(chain.from_iterable(map(_known(language).__getitem__, text.split())))


def _tokens(text: str) -> list[str]:
    for dotted, plain in _DOTTED:
        text = text.replace(dotted, plain)
    pattern = _TOKEN if text.isascii() or not _UNSPACED_RUN.search(text) else _MIXED_TOKEN
    return pattern.findall(text)


@lru_cache(maxsize=1 << 16)
def _stems_of(token: str, language: str) -> tuple[str, ...]:
    if token[0].isdigit():
        return (_plain_number(token),)
    if _UNSPACED_RUN.fullmatch(token):
        return tuple(token[at : at + 2] for at in range(max(1, len(token) - 1)))
    if token in _CAPITAL_WORDS:
        return (_CAPITAL_WORDS[token],)
    stem = _stem(token.casefold().replace("’", "'"), language)
    return (stem,) if stem else ()


def _stem(word: str, language: str) -> str:
    if word in stop_words(language):
        return ""
    word = _POSSESSIVE.sub("", word).replace("'", "")
    if word in stop_words(language):
        return ""
    stemmer = _stemmer(language)
    return _folded(stemmer.stemWord(word) if stemmer else word)


def _folded(stem: str) -> str:
    folded = anyascii(stem).casefold() if not stem.isascii() else stem
    # The very string that the background table holds: a look-up there then needs no comparison.
    return "" if len(folded) < 2 else sys.intern(folded)


def _plain_number(token: str) -> str:
    whole, point, fraction = token.replace(",", "").partition(".")
    return f"{whole}{point}{fraction}" if fraction and "." not in fraction else token.replace(",", "")
