"""The main text of a page as typed pieces."""

from datetime import datetime
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from articles.clean.draft import Piece
from articles.clean.html.blocks import Collector
from articles.clean.html.density import find_article
from articles.clean.html.junk import cut_textless
from articles.clean.html.live import find_live


class MainText(NamedTuple):
    """Typed pieces, and what was passed over between them with the rule."""

    pieces: list[Piece]
    dropped: list[tuple[str, str]]
    entries: list[datetime]
    """The times of a live page's entries."""


def read_main_text(tree: LexborHTMLParser, live_stated: bool = False) -> MainText:
    """The article's pieces; `live_stated`: the metadata call the page live.

    Changes the tree: what holds no text is cut out of it.
    """
    live = find_live(tree, live_stated)
    cut_textless(tree)
    nodes, junk = find_article(tree)
    collector = Collector(junk, live.entries if live else {})
    for node in [live.root] if live else nodes:
        collector.add(node)
    return MainText(collector.pieces, collector.dropped, collector.entries)
