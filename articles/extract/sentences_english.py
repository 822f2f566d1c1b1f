"""Where English sentences begin in a line: after a mark that ends one, but for abbreviations, quotations, asides."""

import re

from articles.data import read_sections
from articles.extract.cues import SPEECH
from articles.extract.sentences_whole import outside_quotations

# A run of marks is met at its first one only, and never given back: else a line of full stops takes quadratic time.
_MARKS = r"[.!?…](?<![.!?…].)[.!?…]*+[\"”’'»)\]]*+"
_LOWER_NAME = r"[a-z]{1,2}[A-Z]|(?:al|el|ad|an|ar|as|ash|at|az)-[A-Z]"
_BEGIN = rf"[\"“‘'«(\[$€£#]*+(?:[^\W_a-zà-öø-ÿ]|{_LOWER_NAME}|[a-z]\)\s)|[•●▪◦‣§]"
_GLUED_BEGIN = r"[“‘]?(?:[A-ZÀ-Þ][a-zà-ÿ]++(?:['’][a-z]+)?(?=[\s,;:?!”]|\.\s|\.$)|[AI]\s)"
_END = re.compile(rf"({_MARKS})(?:\s++(?={_BEGIN})|(?={_GLUED_BEGIN}))")
_SPEAKER_NEXT = re.compile(rf"(?:[^\W\d_a-z][\w.'’-]*\s+){{1,4}}(?:{SPEECH})\b")

_WORDS = read_sections("sentence_words.txt")
_KINDS = {word: kind for kind in ("never", "open", "state", "time", "degree", "unit") for word in _WORDS[kind]}
_NUMBERED, _STARTERS, _OFFICES = _WORDS["numbered"], _WORDS["starter"], _WORDS["office"]
_SHORT = _KINDS.keys() | _NUMBERED
_LABELLED, _EXCLAIMED = _WORDS["labelled"], _WORDS["exclaimed"]
_LOOK_BACK = 60
_LONG_WORD = 20
_LAST_WORD = re.compile(r"(?:^|[\s(\[“\"‘'—–-])([^\s(\[“\"‘'—–]+)\.$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_FIRST_WORD = re.compile(r"[\"“‘'(\[]*([A-Z][a-z]*)(?![\w.])")
_TITLE = re.compile(r"([A-Z][a-z]+)\b")
_TIME_NEXT = re.compile(
    r"\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b|"
    r"(?:Jan|Febr)uary|March|April|August|(?:Septem|Octo|Novem|Decem)ber|(?:[A-Z]{1,4}T|UTC)\b|"
    r"(?:Eastern|Central|Mountain|Pacific|Atlantic|Greenwich|Standard|Daylight)\b|(?:[A-Z][a-z]+ ){1,3}[Tt]ime\b"
)
_TIME_OF_THE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Tt]heir)\s+[\d:.]+\s+\S+$")
_NUMBER_NEXT = re.compile(r"[(\[]?(?:\d|[IVX]+\b)")
_DOMAIN_NEXT = re.compile(r"(?:Com|Net|Org|Co|Js|Io|Uk|De|Fr|Gov|Edu)\b")


def english_breaks(text: str, start: int, end: int) -> list[int]:
    """Where sentences but the first begin in `text[start:end]`, which is one line."""
    found = [(match.end(1), match.end()) for match in _END.finditer(text, start, end)]
    if not found:
        return []
    return [at for stop, at in outside_quotations(found, text, start, end) if _is_break(text, start, stop, at)]


def _is_break(text: str, start: int, stop: int, at: int) -> bool:
    if stop < at and text[stop - 1] == "." and _is_plain(text[max(start, stop - _LONG_WORD) : stop - 1]):
        return True
    left = text[max(start, stop - _LOOK_BACK) : stop]
    if stop == at and not _may_be_glued(left, text, at):
        return False
    if left[-1] == ".":
        word = _word_before(left)
        return not word or _may_end(word, left, text, at)
    if left[-1] == "!":
        return _last_token(left)[:-1] not in _EXCLAIMED or _starts_sentence(text, at)
    asks = left[-1] in "\"”’'»" and left[-2:-1] in ("?", "!", "…")
    return not (asks and _SPEAKER_NEXT.match(text, at))


def _is_plain(left: str) -> bool:
    """Whether the last word is one in small letters and no abbreviation; nearly all sentences end so."""
    words = left.rsplit(None, 1)
    if len(words) < 2 or len(words[1]) <= 2:
        return False
    return words[1].islower() and words[1].isalpha() and words[1] not in _SHORT


def _last_token(left: str) -> str:
    return "".join(left.rsplit(None, 1)[-1:]).lstrip("“‘\"'([")


def _may_be_glued(left: str, text: str, at: int) -> bool:
    """Whether a sentence can end where no space follows: not within an address, a name, or a short form."""
    token = _last_token(left)
    word = token.rstrip(".!?…\"”’'»)]")
    if "@" in token or "/" in token or token.lower().startswith("www.") or _DOMAIN_NEXT.match(text, at):
        return False
    return (word[-2:].isalpha() and word[-1:].islower()) or word.isdigit()


def _word_before(left: str) -> str:
    """The last word, without the full stop that ends it; empty where a mark stands before the stop."""
    last = left[-_LONG_WORD:-1].rsplit(None, 1)
    if len(last) == 2 and last[1].isalnum() and not left[-2].isspace():
        return last[1]
    found = _LAST_WORD.search(left)
    return found.group(1) if found else ""


def _may_end(word: str, left: str, text: str, at: int) -> bool:
    """Whether a full stop after the word can be the end of a sentence."""
    if word in _NUMBERED and _NUMBER_NEXT.match(text, at):
        return False
    kind = _KINDS.get(word)
    if kind is None:
        return _unlisted_may_end(word, left, text, at)
    if kind == "never":
        return False
    if kind == "time" and text[at] != "(" and not _TIME_OF_THE.search(left):
        return not _TIME_NEXT.match(text, at)
    return _ends_after(_last_token(left[: -len(word) - 1]), kind, text, at) or _starts_sentence(text, at)


def _ends_after(before: str, kind: str, text: str, at: int) -> bool:
    """Whether the word before an abbreviation makes it the end, whatever follows."""
    if kind == "unit":
        return not before[-1:].isdigit()
    if kind == "degree":
        return before.lower() in ("a", "an", "her", "his", "their")
    return kind == "state" and before.endswith(",") and text[at] not in "(0123456789" and not _is_office(text, at)


def _is_office(text: str, at: int) -> bool:
    found = _TITLE.match(text, at)
    return found is not None and found.group(1) in _OFFICES


def _unlisted_may_end(word: str, left: str, text: str, at: int) -> bool:
    if len(word) == 1 or "." in word:
        if _INITIALS.fullmatch(word):
            return _is_label(left, word) or _starts_sentence(text, at)
    elif word.isupper() and word.capitalize() in _KINDS:
        return not text[at : at + 2].isupper()
    return not (len(word) <= 2 and word.isdigit() and _is_enumerator(left, word))


def _is_label(left: str, letter: str) -> bool:
    """Whether the letter is a name after a word, as in "Plan B", or a unit, as in "12 C", and no initial."""
    before = left[: -len(letter) - 1].split()[-1:]
    return bool(before) and (before[0].lower() in _LABELLED or (letter in ("C", "F") and before[0][-1].isdigit()))


def _is_enumerator(left: str, number: str) -> bool:
    """Whether the number begins its sentence: then it counts the items of a list."""
    before = left[: -len(number) - 1].rstrip()
    if not before.endswith("."):
        return not before or before[-1] in "!?…:;"
    word = _word_before(before)
    return not (word in _KINDS or word in _NUMBERED or _INITIALS.fullmatch(word))


def _starts_sentence(text: str, at: int) -> bool:
    found = _FIRST_WORD.match(text, at)
    return found is not None and found.group(1) in _STARTERS
