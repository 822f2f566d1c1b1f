"""The main text of a page: the fast reader where a second opinion agrees on the length, else trafilatura.

Measured in `bench/quality/main_text.py` against either reader alone.
"""

from typing import NamedTuple

from resiliparse.extract.html2text import extract_plain_text
from selectolax.lexbor import LexborHTMLParser

from articles.clean.draft import Piece
from articles.clean.html.blocks import Collector
from articles.clean.html.density import find_article
from articles.clean.html.fallback import read_with_trafilatura
from articles.clean.html.junk import mark_junk

_AGREEMENT = (0.6, 1.7)


class MainText(NamedTuple):
    """Typed pieces, and what was passed over between them with the rule."""

    pieces: list[Piece]
    dropped: list[tuple[str, str]]


def read_main_text(text: str, tree: LexborHTMLParser) -> MainText:
    """The article's pieces. Changes the tree: junk is cut out of it."""
    ours = _read_by_density(tree)
    length = sum(len(piece.text) for piece in ours.pieces)
    second = len(extract_plain_text(text, main_content=True, preserve_formatting=False, alt_texts=False, links=False))
    if second and _AGREEMENT[0] * second <= length <= _AGREEMENT[1] * second:
        return ours
    theirs = read_with_trafilatura(text)
    return MainText(theirs, ours.dropped) if theirs else ours


def _read_by_density(tree: LexborHTMLParser) -> MainText:
    junk = mark_junk(tree)
    collector = Collector(junk)
    for node in find_article(tree, junk):
        collector.add(node)
    return MainText(collector.pieces, collector.dropped)
