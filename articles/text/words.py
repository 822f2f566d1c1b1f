"""Stop words by language."""

from articles.data import read_lines


def _load() -> dict[str, frozenset[str]]:
    pairs = (line.split(":", 1) for line in read_lines("stopwords.txt"))
    return {language: frozenset(words.split()) for language, words in pairs}


_STOP_WORDS = _load()


def stop_words(language: str) -> frozenset[str]:
    """Function words of a language, lower-case; empty for a language without a list."""
    return _STOP_WORDS.get(language, frozenset())
