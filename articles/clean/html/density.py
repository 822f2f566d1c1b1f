"""A paragraph-density reader: the element whose paragraphs hold most text holds the article.

Each paragraph gives its length (less its links) to its parent and half of it to the grandparent, as Readability
(Arc90, 2010) does. Text that stands in an element without a paragraph gives its length to that element.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.clean.characters import squeeze
from articles.clean.html.junk import Junk

_LOOSE = "div,td,section,article,center,blockquote,span,font,dd,main,body"
_INLINE = frozenset(("span", "font"))
_BROKEN_OFF = ("...", "…")
_LEAST = 25
_LEAST_LOOSE = 80
_LEAST_ITEM = 80
_LEAST_SIBLING = 0.16
"""Share of the best element's text above which a sibling belongs to the article too."""
_LEAST_PARAGRAPH = 80
_LEAST_SHARE = 0.7
_MOST_ABOVE = 60
"""Ancestors looked at, so that time stays linear; the deepest of 181 real pages has 49 levels."""
_LEVELS_ALIKE = 3
_LEVELS = 6
"""How far up from the best element its siblings are looked for."""
_ENOUGH = 1000
"""Characters in paragraphs of one element that make a search for loose text idle."""
_MOST_LOOSE = 2.0
"""Loose text counts where with it the best score is so many times that of paragraphs alone."""


class Found(NamedTuple):
    """The elements that hold the article, in reading order, and what to pass over inside."""

    nodes: list[LexborNode]
    junk: Junk


class _Block(NamedTuple):
    worth: float
    above: list[LexborNode]
    """Its ancestors, inmost first; loose text stands in the first."""


class _Ancestors:
    """The ancestors of elements, inmost first, without `html`; those of one parent are looked up once."""

    def __init__(self) -> None:
        self._known: dict[int, list[LexborNode]] = {}

    def of(self, node: LexborNode) -> list[LexborNode]:
        parent = node.parent
        if parent is None or parent.tag in ("html", "-undef"):
            return []
        known = self._known.get(parent.mem_id)
        if known is None:
            known = self._known[parent.mem_id] = list(islice(_above(parent), _MOST_ABOVE))
        return known


def _above(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None and node.tag not in ("html", "-undef"):
        yield node
        node = node.parent


def find_article(tree: LexborHTMLParser) -> Found:
    """The best element and those beside it with text of weight."""
    ancestors = _Ancestors()
    blocks = list(_paragraphs(tree, ancestors))
    junk = Junk(*_weights(blocks))
    ranked = _rank(blocks, junk)
    loose = list(_loose(tree, ancestors)) if ranked.top < _ENOUGH else []
    if loose:
        everything = [*blocks, *loose]
        junk = Junk(*_weights(everything))
        ranked, widely = _rank(blocks, junk), _rank(everything, junk)
        if widely.top > _MOST_LOOSE * ranked.top:
            ranked = widely
    if ranked.best is None:
        return Found([tree.body] if tree.body else [], junk)
    return Found(_with_siblings(ranked.best, ranked.totals), junk)


class _Ranked(NamedTuple):
    best: LexborNode | None
    top: float
    """The score of the best element."""
    totals: dict[int, float]
    """Text below each element."""


def _rank(blocks: list[_Block], junk: Junk) -> _Ranked:
    scores: dict[int, float] = {}
    totals: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    inside: dict[int, bool] = {}
    for worth, above in blocks:
        if not above or _is_inside(above, junk, inside):
            continue
        for level, node in enumerate(above):
            key = node.mem_id
            totals[key] = totals.get(key, 0.0) + worth
            if level < 2:
                nodes[key] = node
                scores[key] = scores.get(key, 0.0) + worth / (1 + level)
    best = max(scores, key=lambda key: scores[key], default=None)
    return _Ranked(nodes[best], scores[best], totals) if best is not None else _Ranked(None, 0.0, totals)


def _is_inside(above: list[LexborNode], junk: Junk, known: dict[int, bool]) -> bool:
    """Whether a block stands in junk; looked up once for all blocks of one element."""
    key = above[0].mem_id
    if key not in known:
        known[key] = any(junk.rule(node) for node in above)
    return known[key]


def _paragraphs(tree: LexborHTMLParser, ancestors: _Ancestors) -> Iterator[_Block]:
    for node in tree.css("p,pre"):
        worth = _worth(node, _LEAST)
        if worth:
            yield _Block(worth, ancestors.of(node))
    for node in tree.css("li"):
        worth = _worth(node, _LEAST_ITEM)
        if worth and node.css_first("p,div,h2,h3,h4") is None and not _is_teaser(node):
            yield _Block(worth, ancestors.of(node)[1:])


def _loose(tree: LexborHTMLParser, ancestors: _Ancestors) -> Iterator[_Block]:
    for node in tree.css(_LOOSE):
        text = node.text(deep=False)
        if len(text) < _LEAST_LOOSE:
            continue
        text = squeeze(text)
        if len(text) < _LEAST_LOOSE or text.endswith(_BROKEN_OFF):
            continue
        above = ancestors.of(node)
        while node.tag in _INLINE and above:
            node, above = above[0], above[1:]
        is_container = node.css_first("br,p,div,h2,h3,ul") is not None
        yield _Block(float(len(text)), [node, *above] if is_container else above)


def _weights(blocks: list[_Block]) -> tuple[dict[int, float], float]:
    weights: dict[int, float] = {}
    for worth, above in blocks:
        for node in above:
            key = node.mem_id
            weights[key] = weights.get(key, 0.0) + worth
    return weights, sum(block.worth for block in blocks)


def _with_siblings(best: LexborNode, totals: dict[int, float]) -> list[LexborNode]:
    """Siblings as in Readability, on some levels: an element with a fair share of the text, or a paragraph."""
    found, node = [best], best
    for level in range(_LEVELS):
        if node.parent is None or node.tag == "body":
            break
        before, after = _beside(node, totals, _LEAST_SIBLING * totals[best.mem_id], level)
        found = [*before, *found, *after]
        node = node.parent
    return found


def _beside(
    node: LexborNode, totals: dict[int, float], least: float, level: int
) -> tuple[list[LexborNode], list[LexborNode]]:
    before: list[LexborNode] = []
    after: list[LexborNode] = []
    side = before
    for sibling in node.parent.iter() if node.parent else ():
        if sibling.mem_id == node.mem_id:
            side = after
        elif (level < _LEVELS_ALIKE or _is_alike(sibling, node)) and _belongs(sibling, totals, least, level):
            side.append(sibling)
    return before, after


def _is_alike(one: LexborNode, other: LexborNode) -> bool:
    return one.tag == other.tag and one.attributes.get("class") == other.attributes.get("class")


def _belongs(node: LexborNode, totals: dict[int, float], least: float, level: int) -> bool:
    if node.tag == "p":
        return level == 0 and _worth(node, _LEAST_PARAGRAPH) > 0
    if level == 0 and node.tag in ("div", "section"):
        text = squeeze(node.text(deep=False))
        if len(text) >= _LEAST_LOOSE and node.css_first("a,p,ul") is None and text.endswith("."):
            return True
    total = totals.get(node.mem_id, 0.0)
    if total < least or node.tag in ("li", "td"):
        return False
    return total > _LEAST_SHARE * len(squeeze(node.text(deep=True)))


def _is_teaser(node: LexborNode) -> bool:
    """A text that breaks off below a link leads to another article."""
    return node.text(deep=True).rstrip(" \n\t])").endswith(_BROKEN_OFF) and node.css_first("a") is not None


def _worth(paragraph: LexborNode, least: int) -> float:
    """Characters outside links; 0 if they are too few."""
    text = paragraph.text(deep=True)
    if len(text) < least:
        return 0.0
    worth = len(squeeze(text)) - sum(len(link.text(deep=True)) for link in paragraph.css("a"))
    return float(worth) if worth >= least else 0.0
