"""A paragraph-density reader: the element whose paragraphs hold most text holds the article.

Each paragraph gives its length (less its links) to its parent and half of it to the grandparent, as Readability
(Arc90, 2010) does.
"""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.clean.characters import squeeze
from articles.clean.html.junk import Junk

_LEAST = 25
_LEAST_SIBLING = 0.12
"""Share of the best element's text above which a sibling belongs to the article too."""
_LEAST_PARAGRAPH = 80
_LEVELS = 3
"""How far up from the best element its siblings are looked for."""


def find_article(tree: LexborHTMLParser, junk: Junk) -> list[LexborNode]:
    """The elements that hold the article, in reading order: the best one and those beside it with text of weight."""
    scores: dict[int, float] = {}
    totals: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for paragraph in tree.css("p,pre"):
        worth = _worth(paragraph)
        above = list(_ancestors(paragraph))
        if worth < _LEAST or paragraph.mem_id in junk or any(node.mem_id in junk for node in above):
            continue
        for level, node in enumerate(above):
            key = node.mem_id
            totals[key] = totals.get(key, 0.0) + worth
            if level < 2:
                nodes[key] = node
                scores[key] = scores.get(key, 0.0) + worth / (1 + level)
    if not scores:
        return [tree.body] if tree.body else []
    best = nodes[max(scores, key=lambda key: scores[key])]
    return _with_siblings(best, totals)


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None and parent.tag not in ("html", "-undef"):
        yield parent
        parent = parent.parent


def _with_siblings(best: LexborNode, totals: dict[int, float]) -> list[LexborNode]:
    """Siblings as in Readability, on some levels: an element with a fair share of the text, or a paragraph."""
    found, node = [best], best
    for level in range(_LEVELS):
        if node.parent is None or node.tag == "body":
            break
        before, after = _beside(node, totals, _LEAST_SIBLING * totals[best.mem_id], level == 0)
        found = [*before, *found, *after]
        node = node.parent
    return found


def _beside(
    node: LexborNode, totals: dict[int, float], least: float, with_paragraphs: bool
) -> tuple[list[LexborNode], list[LexborNode]]:
    before: list[LexborNode] = []
    after: list[LexborNode] = []
    side = before
    for sibling in node.parent.iter() if node.parent else ():
        if sibling.mem_id == node.mem_id:
            side = after
        elif _belongs(sibling, totals, least, with_paragraphs):
            side.append(sibling)
    return before, after


def _belongs(node: LexborNode, totals: dict[int, float], least: float, with_paragraphs: bool) -> bool:
    if node.tag == "p":
        return with_paragraphs and _worth(node) > _LEAST_PARAGRAPH
    total = totals.get(node.mem_id, 0.0)
    if total < least or node.tag in ("li", "td"):
        return False
    return total > 0.7 * len(squeeze(node.text(deep=True)))


def _worth(paragraph: LexborNode) -> float:
    length = len(squeeze(paragraph.text(deep=True)))
    linked = sum(len(link.text(deep=True)) for link in paragraph.css("a"))
    return float(length - linked)
