"""Numbers in digits and in words, with their scale, as one regular expression and its value."""

import re

from articles.extract.hints import Hints

_SMALL = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: value for value, word in enumerate(_SMALL)} | {word: 20 + 10 * at for at, word in enumerate(_TENS)}
_SCALES = {
    "hundred": 10**2, "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "mln": 10**6, "mn": 10**6, "bln": 10**9, "bn": 10**9, "trn": 10**12, "tn": 10**12,
}  # fmt: skip
_LETTER_SCALES = {"k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6, "b": 10**9, "B": 10**9}
_UNIT_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
_SCALE_WORD = "hundred|dozen|thousand|million|billion|trillion"

DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|mln|mn|bln|bn|trn|tn)\b"
WORDS = (
    rf"(?:(?:an? (?={_SCALE_WORD}))?(?:{_UNIT_WORD}|{_SCALE_WORD})"
    rf"(?:(?:[ -]|,? and )(?:{_UNIT_WORD}|{_SCALE_WORD}))*)\b(?!s)"
)
NUMBER_HINT = re.compile(
    r"[0-9oOtTfFsSeEnNhHdDmMbB](?:(?<=[0-9])|(?<!\w.)(?:(?<=[tT])(?:wo\b|hree\b|en\b|welve|hirteen|wenty|hirty|housand\b|"
    r"rillion)|(?<=[oO])ne\b|(?<=[fF])(?:our|ive\b|ifteen|ifty|orty)|(?<=[sS])(?:ix|even)|(?<=[eE])(?:ight|leven)|"
    r"(?<=[nN])ine|(?<=[hH])undred\b|(?<=[dD])ozen\b|(?<=[mMbB])illion\b))"
)
"""What is in every text that holds a number (and in few others): much faster to look for than the number itself."""
_HINT_WORDS = (
    *("one", "two", "three", "ten", "twelve", "thirteen", "twenty", "thirty", "thousand", "trillion", "four", "five"),
    *("fifteen", "fifty", "forty", "six", "seven", "eight", "eleven", "nine", "hundred", "dozen", "million", "billion"),
)
NUMBER_HINTS = Hints([*"0123456789", *_HINT_WORDS, *map(str.capitalize, _HINT_WORDS)])
"""The same for a whole text at once: each of its places is still to be held against `NUMBER_HINT`."""
_HUGE = 10**30
"""Where scales heaped upon each other stop to grow: nobody counts so far."""
_LEXEME = re.compile(r"[a-z]+")


def digits_value(digits: str, scale: str | None) -> int | float:
    """Value of "1,200", "43.5" and the like, times the scale word or letter."""
    plain = digits.replace(",", "")
    times = scale_value(scale) if scale else 1
    if "." not in plain:
        return int(plain) * times
    value = round(float(plain) * times, 6)
    return int(value) if value == int(value) and times > 1 else value


def scale_value(scale: str) -> int:
    """Factor of a scale word, an abbreviation of it, or a letter."""
    return _LETTER_SCALES.get(scale) or _SCALES[scale.strip(" -").lower()]


def words_value(words: str) -> int:
    """Value of an English number in words ("two hundred and five", "a dozen", "twenty-six")."""
    total, group = 0, 0
    for word in _LEXEME.findall(words.lower()):
        if word in _VALUES:
            group += _VALUES[word]
        elif word == "hundred" or word == "dozen":
            group = min(max(group, 1) * _SCALES[word], _HUGE)
        elif word in _SCALES:
            total, group = total + max(group, 1) * _SCALES[word], 0
    return total + group
