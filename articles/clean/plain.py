"""Plain text to untyped lines: hard-wrapped paragraphs are joined, list items recognised."""

import re
from collections.abc import Iterator, Sequence

from articles.clean.characters import squeeze
from articles.clean.draft import Draft, Piece
from articles.clean.lines.shape import ends_sentence

_BULLET = re.compile(r"^(?:[•●▪◦‣·*]\s*|[-–]\s+(?=[^\W\d])|\(?\d{1,2}[.)]\s+(?=[^\W\d]))(?=\S)")
_WRAP_WIDTH = 100
_LEAST_WRAPPED = 4


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
        bullet = _BULLET.match(words)
        if bullet and not words[bullet.end() :].startswith(words[0]):
            yield Piece("list", words[bullet.end() :])
        else:
            yield Piece("line", words)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether most lines break in mid-sentence at a narrow width: a text laid out for a terminal or a telex."""
    pairs = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if a.strip() and b.strip()]
    if len(pairs) < _LEAST_WRAPPED or max(map(len, lines)) > _WRAP_WIDTH:
        return False
    broken = sum(not ends_sentence(a.rstrip()) and _runs_on(b) for a, b in pairs)
    return broken >= 0.4 * len(pairs)


def _runs_on(line: str) -> bool:
    return line[:1].islower() or line[:1].isdigit()


def _unwrap(lines: Sequence[str]) -> list[str]:
    """A blank line or an indent begins a paragraph."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or line.startswith(("  ", "\t")):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return [" ".join(paragraph) for paragraph in paragraphs]
