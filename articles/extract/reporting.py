"""Where words of saying and thinking stand, and what each lets follow: one scan of the text (Aho and Corasick 1975)."""

from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.data import read_lines

ACCORDING = "according to"
_DETERMINERS = frozenset(
    ("the", "a", "an", "his", "her", "their", "its", "our", "my", "your", "these", "those", "any", "some", "no")
)
_BEFORE_NOUNS = frozenset(("of", "in", "for", "on", "with", "by", "at", "from", "into", "about", "over", "under"))
NOUN_FRAMES = frozenset(("noun", "noun_to"))
_LONGEST_WORD_BEFORE = 25


class Cue(NamedTuple):
    """A word of saying or thinking and its frames, the names of the sections of `reporting.txt` that hold it."""

    start: int
    end: int
    word: str
    frames: frozenset[str]


def _load() -> dict[str, frozenset[str]]:
    frames: dict[str, set[str]] = {ACCORDING: {ACCORDING}}
    for line in read_lines("reporting.txt"):
        section, words = line.split(": ", 1)
        for word in words.split(", "):
            frames.setdefault(word, set()).add(section)
    return {word: frozenset(found) for word, found in frames.items()}


_FRAMES = _load()
_AS_NOUNS = {word: found & NOUN_FRAMES for word, found in _FRAMES.items()}
_WORDS = (*sorted(_FRAMES), ACCORDING)
# A space leads, so that none is found at the end of a longer word; "According to" begins its sentence.
_SCANNER = AhoCorasick([" " + word for word in _WORDS[:-1]] + ["According to"], matchkind=MatchKind.LeftmostLongest)


def find_reporting(text: str) -> list[Cue]:
    """All cues in order, wherever they stand, each with the frames that the word before it leaves."""
    found: list[Cue] = []
    for number, _, end in _SCANNER.find_matches_as_indexes(text):
        after = text[end : end + 1]
        if after.isalnum() or after == "-":
            continue
        word = _WORDS[number]
        at = end - len(word)
        frames = _frames(text, at, word)
        if frames:
            found.append(Cue(at, end, word, frames))
    return found


def _frames(text: str, at: int, word: str) -> frozenset[str]:
    """After an article, a possessive or a preposition a word is a noun, or is left out."""
    end = at - 1 if at else 0
    low = at - _LONGEST_WORD_BEFORE if at > _LONGEST_WORD_BEFORE else 0
    before = text[text.rfind(" ", low, end) + 1 : end].lower()
    if before in _DETERMINERS:
        return _AS_NOUNS[word]
    if (before in _BEFORE_NOUNS or before.endswith(("'s", "’s"))) and not word.endswith("ing"):
        return _AS_NOUNS[word]
    return _FRAMES[word]
