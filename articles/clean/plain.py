"""Plain text to untyped lines: hard-wrapped paragraphs are joined, list items recognised."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from articles.clean.characters import squeeze
from articles.clean.draft import Draft, Piece
from articles.clean.lines.shape import ends_sentence

_BULLET = re.compile(r"^(?:[•●▪◦‣·*]\s*|[-–]\s+(?=[^\W\d])|\(?\d{1,2}[.)]\s+(?=[^\W\d]))(?=\S)")
_LEAST_WIDTH, _MOST_WIDTH = 40, 100
_LEAST_BROKEN = 2


def read_plain(text: str) -> Draft:
    """A draft with one piece for each line of the text (for each paragraph, if it is hard-wrapped)."""
    lines = text.split("\n")
    joined = _unwrap(lines) if _is_wrapped(lines) else lines
    return Draft(pieces=list(_pieces(joined)))


def _pieces(lines: Sequence[str]) -> Iterator[Piece]:
    for line in lines:
        words = squeeze(line)
        if not words:
            continue
        bullet = None if words[0].isalpha() else _BULLET.match(words)
        if bullet and not words[bullet.end() :].startswith(words[0]):
            yield Piece("list", words[bullet.end() :])
        else:
            yield Piece("line", words)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines break in mid-sentence where the next word would not have fitted, as on a telex."""
    width = max(map(len, lines))
    if not _LEAST_WIDTH <= width <= _MOST_WIDTH:
        return False
    pairs = [(a, b) for a, b in pairwise(lines) if not _is_indented(b) and a.strip() and b.strip()]
    open_ended = [(a, b) for a, b in pairs if not ends_sentence(a.rstrip())]
    broken = sum(_runs_on(a, b, width) for a, b in open_ended)
    goes_on = any(b[0].islower() for _, b in open_ended)
    return broken >= (1 if goes_on else _LEAST_BROKEN) and broken >= 0.6 * len(open_ended)


def _runs_on(line: str, following: str, width: int) -> bool:
    word = following.split(maxsplit=1)[0]
    return word[0].islower() or len(line.rstrip()) + 1 + len(word) > width


def _is_indented(line: str) -> bool:
    return line[:1] in " \t"


def _unwrap(lines: Sequence[str]) -> list[str]:
    """A blank line or an indent begins a paragraph."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if _is_indented(line) or not line.strip():
            paragraphs.append([])
        paragraphs[-1].append(line)
    return [" ".join(paragraph) for paragraph in paragraphs]
