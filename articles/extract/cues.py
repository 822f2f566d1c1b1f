"""Verbs and phrases that introduce somebody's words, as pieces of regular expressions."""

from articles.data import read_lines


def _load() -> dict[str, list[str]]:
    pairs = (line.split(":", 1) for line in read_lines("cues.txt"))
    return {name: sorted(set(words.split())) for name, words in pairs}


_WORDS = _load()
SPEECH = "|".join(_WORDS["speech"])
"""Verbs that may follow the words they introduce, and stand before their subject."""
ANY = "|".join(sorted({*_WORDS["speech"], *_WORDS["weak"]}))
"""All verbs, as they stand before the words they introduce."""
