"""Which names mean the same one: folding, transliteration variants of persons, alias tables of places and bodies."""

import re
from functools import lru_cache

from anyascii import anyascii

from articles.text.places import ORGANIZATIONS, PLACES
from schemas.articles import EntityKind

_TITLE_DOT = re.compile(r"[.'’‘]")
_PUNCTUATION = re.compile(r"[\W_]+")
# Different spellings of one sound, in the order in which they are replaced; Romanisations of Cyrillic, Arabic
# and Greek differ mostly in these (BGN/PCGN, ISO 9, press usage).
_SOUNDS = (
    (re.compile(r"shch|sch|sh|tch|ch"), "c"),
    (re.compile(r"kh|ck|q"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"w"), "v"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"[eiy]*[iy]+e?|ee"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_INITIAL_CLASS = {"h": "g", "j": "y", "i": "y", "e": "y"}
"""Initials that transliterations swap."""
_FIRM = "blmnrvz"
_TO_FIRM = {code: None for code in range(128) if chr(code) not in _FIRM} | {ord("w"): "v"}
"""Folded names are in ASCII."""
_FIRM_PAIRS = tuple(letter * 2 for letter in _FIRM)
_REPEATED = re.compile(r"(.)\1+")
_GENERATIONS = frozenset(
    ["jr", "sr", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xvi"]
)
"""What may follow a surname, or the name of a monarch."""
# Russian, Ukrainian and Belarusian forms of one given name that sounds do not bring together.
_GIVEN_FORMS = (
    *("vladimir volodymyr uladzimir", "aleksandr alexander alexandr oleksandr aliaksandr", "nikolai nikolay mykola"),
    *("mikhail mykhailo mykhaylo", "dmitry dmitri dmitriy dmytro", "yekaterina ekaterina kateryna", "pavel pavlo"),
    *("yelena elena olena", "alexei alexey aleksei aleksey oleksiy oleksii", "yevgeny evgeny yevgeniy yevhen yevhenii"),
    *("pyotr petr petro", "vasily vasiliy vasyl", "grigory grigoriy hryhoriy", "konstantin kostyantyn kostiantyn"),
    *("irina iryna", "andrei andrey andriy andrii", "sergei sergey serhiy serhii", "viktor victor"),
)
_ONE_GIVEN = {form: forms.split()[0] for forms in _GIVEN_FORMS for form in forms.split()}
_PLAIN_WORD = re.compile(r"\w+")
_VOWELS = frozenset("aeiouyj")
# Romanisations differ in the first letters of names in Я, Ю and Йо, and of those in Е (Yelena, Elena).
_INITIALS = (
    (re.compile(r"^[yij]+(?=[auo])"), "y"),
    (re.compile(r"^ye"), "e"),
)
_LONE_H = re.compile(r"(?<![cgkpstzd])h")
_SHORTEST_INITIAL, _SHORTEST_GH = 5, 6
"""Shorter words may differ in their first sound, or in g and h, and be two (Yang/Jang, Regan/Rehan)."""
_SHORTEST_LOOSE = 8
"""Names this long may differ in one vowel: short ones are too often two names (Iran/Iraq, Riga/Rigi)."""


@lru_cache(maxsize=1 << 15)
def fold_name(name: str) -> str:
    """The name for comparing: ASCII, lower-case, without punctuation ("Türkiye’s" -> "turkiyes", "U.S." -> "us")."""
    if name.isascii() and name.isalpha():
        return name.lower()
    plain = _TITLE_DOT.sub("", name)
    ascii_only = plain if plain.isascii() else anyascii(plain)
    return " ".join(_PUNCTUATION.sub(" ", ascii_only.casefold()).split())


def _table(rows: list[list[str]]) -> dict[str, str]:
    return {fold_name(alias): row[0] for row in reversed(rows) for alias in row}


_KNOWN = {"place": _table(PLACES), "organization": _table(ORGANIZATIONS)}
_TABLES = tuple(_KNOWN.values())


@lru_cache(maxsize=1 << 15)
def known_name(name: str, kind: EntityKind) -> str | None:
    """The table's name for a place or body ("Türkiye" -> "Turkey"), or `None` if no table has it."""
    table = _KNOWN.get(kind)
    if table is None:
        return None
    folded = fold_name(name)
    return table.get(folded) or table.get(folded.removeprefix("the "))


@lru_cache(maxsize=1 << 15)
def same_name(a: str, b: str, kind: EntityKind) -> bool:
    """Whether both are spellings of one full name; a bare surname is not the same as a full name (`short_for`).

    Places and bodies go by alias tables; persons by sounds, so that Zelenskyy is Zelensky, but Macron is not Marcon.
    """
    first, second = fold_name(a).removeprefix("the "), fold_name(b).removeprefix("the ")
    if first == second:
        return bool(first)
    known_a, known_b = known_name(a, kind), known_name(b, kind)
    if known_a or known_b:
        return known_a == known_b
    words_a, words_b = first.split(), second.split()
    if kind not in ("person", "place") or not words_a or not words_b:
        return False
    if kind == "person":
        return _same_person(words_a, words_b)
    return _same_words(words_a, words_b) or (len(words_a) == len(words_b) == 1 and _one_place(first, second))


@lru_cache(maxsize=1 << 15)
def short_for(short: str, full: str, kind: EntityKind) -> bool:
    """Whether `short` may stand for `full` in a text that holds both: a surname, an acronym, or the last words."""
    words, whole = fold_name(short).split(), fold_name(full).removeprefix("the ").split()
    if not words or len(words) >= len(whole):
        return False
    if kind == "person":
        return _same_words(words, whole[-len(words) :]) or _same_words(words, _without_generation(whole)[-len(words) :])
    return _is_acronym(short, full) or (kind == "organization" and words == whole[: len(words)] and len(words) > 1)


def surname(name: str) -> str:
    """The folded name by which a person is called alone: the last word but for "Jr." and numerals."""
    words = _without_generation(fold_name(name).split())
    return words[-1] if words else ""


def _without_generation(words: list[str]) -> list[str]:
    return words[:-1] if len(words) > 1 and words[-1] in _GENERATIONS else words


def _is_acronym(short: str, full: str) -> bool:
    letters = short.replace(".", "")
    return len(letters) > 1 and letters.isupper() and letters == _initials(full)


@lru_cache(maxsize=1 << 15)
def sound_keys(name: str) -> frozenset[str]:
    """Keys of which names that may mean the same share one: consonants that no spelling changes, acronym, known name.

    For an index of names: two that share no key are neither `same_name` nor `short_for` one another.
    """
    words = fold_name(name).removeprefix("the ").split()
    telling = {words[0], words[-1], *_without_generation(words)[-1:]} if words else set[str]()
    keys = {_firm_sounds(word) for word in telling}
    plain = " ".join(words)
    for table in _TABLES:
        if plain in table:
            keys.add(f"={table[plain]}")
    if name.isupper():
        letters = name.replace(".", "")
        if len(letters) > 1:
            keys.add(f"#{letters}")
    if len(words) > 1:
        keys.add(f"#{_initials(name)}")
    return frozenset(keys)


@lru_cache(maxsize=1 << 15)
def _firm_sounds(word: str) -> str:
    firm = word.translate(_TO_FIRM)
    for pair in _FIRM_PAIRS:
        if pair in firm:
            firm = _REPEATED.sub(r"\1", firm)
            break
    return f"{_INITIAL_CLASS.get(word[0], word[0])}{firm}"


def _initials(name: str) -> str:
    return "".join([word[0] for word in _PLAIN_WORD.findall(name) if word[0].isupper()])


def _same_person(a: list[str], b: list[str]) -> bool:
    if (len(a) == 1) != (len(b) == 1) or not (_same_word(a[-1], b[-1]) or _transliterated(a[-1], b[-1])):
        return False
    return len(a) == 1 or (_same_given(a[0], b[0]) and _same_middle(a[1:-1], b[1:-1]))


def _same_middle(a: list[str], b: list[str]) -> bool:
    """Middle names may be left out or shortened, but "H. W." is not "W."."""
    first, second = ("".join(word[0] if len(word) > 2 else word for word in middle) for middle in (a, b))
    return not first or not second or first == second


def _same_given(a: str, b: str) -> bool:
    if _same_word(a, b) or _transliterated(a, b) or (min(len(a), len(b)) == 1 and a[0] == b[0]):
        return True
    return a in _ONE_GIVEN and _ONE_GIVEN[a] == _ONE_GIVEN.get(b)


def _same_words(a: list[str], b: list[str]) -> bool:
    return len(a) == len(b) and all(map(_same_word, a, b))


def _same_word(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) > 3 and a[0] == b[0] and _sounds_alike(a, b))


def _sounds_alike(a: str, b: str) -> bool:
    return _skeleton(a) == _skeleton(b) or (min(len(a), len(b)) >= _SHORTEST_LOOSE and _one_vowel_apart(a, b))


@lru_cache(maxsize=1 << 15)
def _skeleton(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _transliterated(a: str, b: str) -> bool:
    """Russian and Ukrainian forms (Serhii, Sergii: г is g or h), and names in Ю, Я and Е (Yulia, Julia)."""
    return min(len(a), len(b)) >= _SHORTEST_INITIAL and _transliterated_skeleton(a) == _transliterated_skeleton(b)


@lru_cache(maxsize=1 << 15)
def _transliterated_skeleton(word: str) -> str:
    plain = word if len(word) < _SHORTEST_GH else _LONE_H.sub("g", word)
    for pattern, sound in _INITIALS:
        plain = pattern.sub(sound, plain)
    return _skeleton(plain)


def _one_place(a: str, b: str) -> bool:
    return _one_vowel_swapped(a, b) or (a[0] == b[0] and _transliterated(a, b))


def _one_vowel_apart(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    at = next((at for at, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if at == len(long) or long[at] not in _VOWELS:
        return False
    return len(long) == len(short) + 1 and short[at:] == long[at + 1 :]


def _one_vowel_swapped(a: str, b: str) -> bool:
    """Russian and Ukrainian forms of a place (Novoselivka); of persons, Anderson and Andersen are two."""
    if len(a) != len(b) or len(a) < _SHORTEST_LOOSE or a[0] != b[0]:
        return False
    differing = [{x, y} for x, y in zip(a, b, strict=True) if x != y]
    return len(differing) == 1 and differing[0] <= _VOWELS
