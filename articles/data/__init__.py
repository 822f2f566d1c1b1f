"""Package data, read once at import."""

from functools import cache
from importlib.resources import files


@cache
def read_lines(name: str) -> tuple[str, ...]:
    """The lines of a data file without comments (`#`) and empty lines."""
    text = files(__name__).joinpath(name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def read_header(name: str) -> str:
    """The first line of a data file."""
    return files(__name__).joinpath(name).read_text("utf-8").split("\n", 1)[0]


@cache
def read_words(name: str) -> frozenset[str]:
    """All words of a data file that is laid out freely."""
    return frozenset(word for line in read_lines(name) for word in line.split())


@cache
def read_sections(name: str) -> dict[str, frozenset[str]]:
    """The words of a data file whose lines are `section: words`."""
    pairs = (line.split(":", 1) for line in read_lines(name))
    return {section: frozenset(words.split()) for section, words in pairs}
