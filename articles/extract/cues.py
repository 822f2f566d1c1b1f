"""Verbs and phrases that introduce somebody's words, as pieces of regular expressions."""

import re

from articles.data import read_lines


def _load() -> dict[str, list[str]]:
    pairs = (line.split(":", 1) for line in read_lines("cues.txt"))
    return {name: sorted(set(words.split())) for name, words in pairs}


_WORDS = _load()
SPEECH = "|".join(_WORDS["speech"])
"""Verbs that may follow the words they introduce, and stand before their subject."""
SPEECH_WORDS = frozenset(_WORDS["speech"])
CUE_WORDS = SPEECH_WORDS | frozenset(_WORDS["weak"])
"""All verbs, as they stand before the words they introduce."""
_WORD = re.compile(r"([a-z](?<![\w-].)[a-z]*+)\b(?!-)")
"""It begins with a set of characters: sre searches for that far faster than for what stands before it."""
_WORD_AFTER_ON = re.compile(r"(?<![\w-])(?:(?:went|goes|going|gone) on to )?([a-z]+)\b(?!-)")


def find_cues(text: str, start: int, end: int, words: frozenset[str] = CUE_WORDS) -> list[re.Match[str]]:
    """Cues in `text[start:end]`, in order; group 1 is the verb."""
    pattern = _WORD if text.find(" on to ", start, end) < 0 else _WORD_AFTER_ON
    return [found for found in pattern.finditer(text, start, end) if found[1] in words]
