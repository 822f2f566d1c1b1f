"""From a capitalised phrase to the names in it: titles, peoples and ordinary first words come off, kinds go on."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from articles.data import read_sections
from articles.extract.lexicon import (
    COUNTRY_OF,
    DEMONYMS,
    FIRST_WORDS,
    GAZETTEER,
    GIVEN_NAMES,
    HEADS,
    LAST_WORDS,
    NOT_NAMES,
    SURNAMES,
    TITLE_GENDERS,
    TITLE_MODIFIERS,
    TITLES,
    Gender,
)
from articles.text.idf import lower_share
from articles.text.stems import stems
from articles.text.words import stop_words
from schemas.articles import EntityKind

_WORDS = read_sections("phrase_words.txt")
_STATE_OFFICES = _WORDS["office"]
_STOP_WORDS = stop_words("en")
_NUMERALS = "IVX0123456789"
_ORDINARY = 0.5
"""A word that is lower-case in at least this share of its uses names nothing by itself."""
_PARTICLES = frozenset(("von", "van", "de", "der", "al", "el", "bin", "del", "di", "da", "dos", "du"))
_SELDOM = 0.2
_INITIAL = re.compile(r"[A-Z]\.")
_TITLE_WORDS = TITLES | TITLE_MODIFIERS
_NO_LAST_WORDS = (NOT_NAMES | DEMONYMS.keys()) - {"Jr.", "Sr.", "Jr", "II"}
"""What no name of several words ends with."""
_WORD_ENDS = ("ing", "ly", "ed", "ness", "ment", "tion", "able", "less", "ful")


class Word(NamedTuple):
    """One word of a phrase with its span."""

    text: str
    start: int
    end: int


class Naming(NamedTuple):
    """One use of a name. `kind` is `None` where nothing near it tells."""

    start: int
    end: int
    kind: EntityKind | None
    gender: Gender | None = None
    roles: tuple[str, ...] = ()
    """What the title says: offices in lower case, countries by their names in the tables."""
    sure: bool = True
    """Whether the capital letter alone is evidence of a name."""


@lru_cache(maxsize=1 << 15)
def read_phrase(phrase: str, initial: bool) -> tuple[Naming, ...]:
    """The names in a run of capitalised words, by their spans in it. `initial`: the first capital may mean nothing."""
    words = _words(phrase)
    kept = _without_ordinary_start(words) if initial else words
    return tuple(_read(kept, initial=initial and len(words) == len(kept)))


def _words(phrase: str) -> list[Word]:
    """The words of the phrase, which stand one space apart."""
    words: list[Word] = []
    start = 0
    for text in phrase.split(" "):
        end = start + len(text)
        words.append(Word(text, start, end))
        start = end + 1
    last = words[-1]
    if len(last.text) == 2 and last.text[1] == ".":  # the full stop of the sentence ("posted on X.")
        words[-1] = Word(last.text[0], last.start, last.end - 1)
    return words


def _without_ordinary_start(words: list[Word]) -> list[Word]:
    first = words[0].text
    if len(words) > 1 and not _is_known_start(words) and _is_ordinary(first):
        rest = words[1:]
        while rest and rest[0].text.islower():
            rest = rest[1:]
        return rest
    return words


def _is_known_start(words: Sequence[Word]) -> bool:
    first = words[0].text
    return (
        first in TITLES
        or first in GIVEN_NAMES
        or first in DEMONYMS
        or (first in TITLE_MODIFIERS and words[1].text in _TITLE_WORDS)
        or (first in HEADS and words[1].text in ("of", "for"))
        or (first.lower() in _PARTICLES and words[-1].text not in LAST_WORDS)
        or (_last_word(words) in LAST_WORDS and first.lower() not in _STOP_WORDS)
        or _joined(words) in GAZETTEER
    )


@lru_cache(maxsize=1 << 15)
def _is_ordinary(word: str) -> bool:
    if word.lower() in _STOP_WORDS:
        return not (word.isupper() and len(word) > 1)
    return any(lower_share(stem) >= _ORDINARY for stem in stems(word, "en"))


def _joined(words: Sequence[Word]) -> str:
    return words[0].text if len(words) == 1 else " ".join([word.text for word in words])


def _read(words: list[Word], initial: bool) -> Iterator[Naming]:
    while words and words[-1].text.islower():
        words = words[:-1]
    if not words:
        return
    whole = _joined(words)
    if len(words) > 1 and words[0].text == "The" and whole not in GAZETTEER:
        words, whole = words[1:], whole[4:]
    if whole in GAZETTEER:
        yield _naming(words, GAZETTEER[whole])
    elif whole in DEMONYMS:
        return
    elif len(words) == 1:
        yield from _read_single(words[0], initial)
    else:
        yield from _read_several(words, initial)


def _naming(words: Sequence[Word], kind: EntityKind | None, *, sure: bool = True) -> Naming:
    return Naming(words[0].start, words[-1].end, kind, sure=sure)


def _read_single(word: Word, initial: bool) -> Iterator[Naming]:
    text = word.text
    if text in DEMONYMS or text in NOT_NAMES or text in TITLES or text in TITLE_MODIFIERS or len(text) < 2:
        return
    if text.rstrip(".").lower() in _STOP_WORDS or text[0].islower() or _is_compound(text):
        return
    kind: EntityKind | None = "person" if text in GIVEN_NAMES or text in SURNAMES else None
    if text.isupper() and text.title() in GAZETTEER:
        kind = GAZETTEER[text.title()]
    yield _naming([word], kind, sure=not _is_ordinary(text) and (not initial or kind is not None or _is_rare(text)))


def _is_compound(word: str) -> bool:
    """Whether it joins peoples or lands ("US-Ukrainian")."""
    return "-" in word and all(part in COUNTRY_OF or part in NOT_NAMES for part in word.split("-"))


@lru_cache(maxsize=1 << 15)
def _is_rare(word: str) -> bool:
    """Whether a word at the start of a sentence is more likely a name: no word that news writes in lower case."""
    return not word.endswith(_WORD_ENDS) and all(lower_share(stem) < _SELDOM for stem in stems(word, "en"))


def _read_several(words: list[Word], initial: bool) -> Iterator[Naming]:
    at = next((at for at, word in enumerate(words) if word.text == "of"), 0)
    title = 0 if _is_body(words) else _title_end(words)
    if title:
        yield from _read_titled(words, title)
    elif at and not _keeps_of(words, at):
        yield from _read(words[:at], initial)
        yield from _read(_without_article(words[at + 1 :]), False)
    else:
        yield from _read_plain(words, initial)


def _is_body(words: Sequence[Word]) -> bool:
    """Whether what looks like a title begins a body's name ("General Staff", "Justice Department")."""
    last = words[-1].text
    return LAST_WORDS.get(last) == "organization" and last not in TITLES and not _has_given(words)


def _has_given(words: Sequence[Word]) -> bool:
    return not GIVEN_NAMES.keys().isdisjoint([word.text for word in words])


def _without_article(words: list[Word]) -> list[Word]:
    return words[1:] if words and words[0].text == "the" else words


def _keeps_of(words: Sequence[Word], at: int) -> bool:
    return words[at - 1].text in HEADS


def _title_end(words: Sequence[Word]) -> int:
    """How many first words are a title (with what stands before it); 0 if none is."""
    if words[0].text in GIVEN_NAMES and words[0].text not in TITLES:
        return 0
    end = 0
    for at, word in enumerate(words):
        if word.text in TITLES:
            end = _office_end(words, at + 1)
        elif at > end and word.text in GIVEN_NAMES:
            break
    return end


def _office_end(words: Sequence[Word], end: int) -> int:
    """Past "of State" and the like."""
    at = end
    if at < len(words) and words[at].text == "of":
        at += 1
        while at < len(words) and (words[at].text in _STATE_OFFICES or words[at].text == "the"):
            at += 1
        return at if words[at - 1].text not in ("of", "the") else end
    return end


def _read_titled(words: list[Word], end: int) -> Iterator[Naming]:
    title, name = words[:end], words[end:]
    yield from _read_prefix(title)
    if not name:
        return
    if name[0].text in ("of", "and"):
        yield from _read(_without_article(name[1:]), False)
        return
    cut = next((at for at, word in enumerate(name) if word.text == "of"), len(name))
    yield _person(name[:cut], title, name[cut + 1 :])
    if cut < len(name):
        yield from _read(_without_article(name[cut + 1 :]), False)


def _person(name: Sequence[Word], title: Sequence[Word], land: Sequence[Word]) -> Naming:
    roles = tuple(COUNTRY_OF.get(word.text, word.text.lower().rstrip(".")) for word in title)
    if land and (country := COUNTRY_OF.get(_joined(_without_article(list(land))))):
        roles = (*roles, country)
    gender = next((TITLE_GENDERS[word.text] for word in title if word.text in TITLE_GENDERS), None)
    kind: EntityKind = "person"
    if _joined(name) in GAZETTEER and not {"mr", "mrs", "ms"} & set(roles):
        kind = GAZETTEER[_joined(name)]
    return Naming(name[0].start, name[-1].end, kind, gender or GIVEN_NAMES.get(name[0].text), roles)


def _read_prefix(words: list[Word]) -> Iterator[Naming]:
    """Places and bodies that a title is of ("European Commission President")."""
    at = 0
    while at < len(words):
        size = next((size for size in (4, 3, 2, 1) if _joined(words[at : at + size]) in GAZETTEER), 0)
        if size and at + size <= len(words):
            found = words[at : at + size]
            yield _naming(found, GAZETTEER[_joined(found)])
        at += max(size, 1)


def _read_plain(words: list[Word], initial: bool) -> Iterator[Naming]:
    kind = _kind_by_words(words)
    if kind is None and (cut := _foreign_start(words)):
        yield from _read_prefix(words[:cut])
        yield from _read(words[cut:], False)
        return
    if kind is None and words[-1].text in _NO_LAST_WORDS:
        yield from _read(words[:-1], initial)
        return
    if kind is None and all(map(_is_ordinary, (word.text for word in words))):
        yield _naming(words, "other", sure=False)
        return
    person = kind is None and _looks_like_person(words)
    gender = GIVEN_NAMES.get(words[0].text) if person else None
    unknown: EntityKind | None = None if len(words) == 1 else "other"
    yield Naming(words[0].start, words[-1].end, "person" if person else kind or unknown, gender)


def _last_word(words: Sequence[Word]) -> str:
    """The last one that is no numeral ("War" of "World War II")."""
    return next((word.text for word in reversed(words) if word.text.strip(_NUMERALS)), words[0].text)


def _kind_by_words(words: Sequence[Word]) -> EntityKind | None:
    first = words[0].text
    last = _last_word(words)
    if last in LAST_WORDS and first not in GIVEN_NAMES:
        return LAST_WORDS[last]
    if first in FIRST_WORDS and first not in GIVEN_NAMES:
        return FIRST_WORDS[first]
    of = next((at for at, word in enumerate(words) if word.text in ("of", "for")), 0)
    if of and words[of - 1].text in HEADS:
        return HEADS[words[of - 1].text]
    if any(word.text == "&" for word in words):
        return "organization"
    return LAST_WORDS.get(last)


def _foreign_start(words: Sequence[Word]) -> int:
    """How many first words are a people or place before another name ("French Canal Plus", "Ukraine Bo Ek")."""
    for size in (3, 2, 1):
        start = _joined(words[:size])
        if size < len(words) and start in GAZETTEER and words[size].text in GIVEN_NAMES:
            return size
        if size < len(words) and (start in DEMONYMS or start in NOT_NAMES):
            return size
    return 0


def _looks_like_person(words: Sequence[Word]) -> bool:
    names = [word.text for word in words if not word.text.islower()]
    if words[0].text in _PARTICLES or names[0] in ("Von", "Van", "De"):
        return True
    if names[0] in GIVEN_NAMES or (names[0].isupper() and names[0].title() in GIVEN_NAMES and names[-1].isupper()):
        return len(names) <= 5
    full = [name for name in names if not _INITIAL.fullmatch(name)]
    if len(full) < len(names) <= 4:
        return bool(full) and names[-1] is full[-1] and all(map(_may_be_personal, full))
    return 2 <= len(names) <= 3 and all(map(_is_plain, names[::2])) and all(map(_may_be_personal, names))


def _is_plain(name: str) -> bool:
    return name.isalpha() or not name.isascii() or "-" in name or "’" in name or "'" in name


def _may_be_personal(name: str) -> bool:
    return not (name.isupper() and len(name) > 1) and not _is_ordinary(name)
