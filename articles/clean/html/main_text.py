"""The main text of a page as typed pieces."""

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from articles.clean.draft import Piece
from articles.clean.html.blocks import Collector
from articles.clean.html.density import find_article
from articles.clean.html.junk import cut_textless


class MainText(NamedTuple):
    """Typed pieces, and what was passed over between them with the rule."""

    pieces: list[Piece]
    dropped: list[tuple[str, str]]


def read_main_text(tree: LexborHTMLParser) -> MainText:
    """The article's pieces. Changes the tree: what holds no text is cut out of it."""
    cut_textless(tree)
    nodes, junk = find_article(tree)
    collector = Collector(junk)
    for node in nodes:
        collector.add(node)
    return MainText(collector.pieces, collector.dropped)
