"""How a line looks: words, case, ending. What the rules on headings, titles and captions share."""

import re
from typing import Literal

Style = Literal["capitals", "quoted", "title case", "plain"]

_WORD = re.compile(r"[^\W_][\w'’.\-]*")
_END = re.compile(r"[.!?…。！？।؟۔]['\"”’»)\]]*$|[.!?。！？](?:\[\d+\])+$")
_SOFT_END = re.compile(r"[:;,]['\"”’»)\]]*$")
# It begins with a set of characters: sre searches for that several times as fast as for what stands before it.
_BOUNDARY = re.compile(
    r"[.!?。！？](?:(?<=[。！？])|(?<![A-Z].)(?<!\b[A-Z][a-z].)(?<!\b[A-Z][a-z][a-z].)['\"”’)]*\s+"
    r"(?=[\"“‘'(]?[A-ZÀ-ÞЀ-Я]))"
)
_QUOTED = re.compile(r"^[‘'“\"«„][^‘’“”\"«»]{2,80}[’'”\"»“]$")
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "but",
        "nor",
        "by",
        "as",
        "with",
        "from",
        "into",
        "over",
        "after",
        "is",
        "are",
        "be",
        "vs",
        "via",
        "per",
        "de",
        "la",
        "le",
        "du",
        "des",
        "el",
        "los",
    ]
)
_FIRST = 24
_MOST_SMALL = 0.1
"""Share of small letters that a line in capitals may have."""
_NO_SPACE_SCRIPT = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


def words_of(text: str) -> list[str]:
    """The words, without punctuation around them."""
    return _WORD.findall(text)


def ends_sentence(text: str) -> bool:
    """Whether the line ends as a sentence does."""
    return not text[-1:].isalnum() and _END.search(text[-12:]) is not None


def ends_openly(text: str) -> bool:
    """Whether the line ends in a colon, semicolon or comma: something follows."""
    return bool(_SOFT_END.search(text[-4:]))


def count_sentences(text: str) -> int:
    """A rough count, at least 1: good enough to tell one from several."""
    return 1 + len(_BOUNDARY.findall(text.rstrip(".!?。！？”\"’'")))


def has_small_letters(text: str) -> bool:
    """Whether the first letters of the line tell that it is none in capitals."""
    return sum(map(str.islower, text[:_FIRST])) > _MOST_SMALL * len(text)


def in_capitals(text: str) -> bool:
    """Whether the letters of the line are capitals, two words or six letters at least."""
    if has_small_letters(text):
        return False
    letters = list(filter(str.isalpha, text))
    if not text.isascii():  # other scripts have letters without a case
        letters = [letter for letter in letters if letter.lower() != letter.upper()]
    capitals = sum(map(str.isupper, letters))
    return len(letters) >= 4 and capitals >= (1 - _MOST_SMALL) * len(letters)


def is_quoted(text: str) -> bool:
    """Whether the whole line is one short phrase in quotation marks."""
    return bool(_QUOTED.match(text))


def style_of(text: str) -> Style:
    """The typographic style that headings of one article share."""
    if in_capitals(text):
        return "capitals"
    if is_quoted(text):
        return "quoted"
    long_words = [word for word in words_of(text) if word.lower() not in _SMALL and not word[0].isdigit()]
    small = sum(word[0].islower() for word in long_words)
    return "title case" if len(long_words) > 1 and small <= 0.2 * len(long_words) else "plain"


def holds_sentence(text: str) -> bool:
    """Whether the line says something: an ended sentence of three words, or a dozen words without an end."""
    if _NO_SPACE_SCRIPT.search(text[:80]):
        letters = sum(map(str.isalpha, text[:200]))
        return letters >= 30 or (letters >= 5 and ends_sentence(text))
    count = len(_WORD.findall(text[:400]))
    if any(mark in text for mark in ".!?…।؟۔") and count_sentences(text[:2000]) > 1 and count >= 4:
        return True
    return count >= (3 if ends_sentence(text) else 12)
