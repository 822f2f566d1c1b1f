"""Live pages: entries with times of their own, on a page that says so (LiveBlogPosting of schema.org)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain, takewhile
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.clean.moments import parse_moment

_SAYS_SO = '[itemtype$="LiveBlogPosting"],[itemprop~="liveBlogUpdate"]'
_LEAST_ENTRIES = 2
_MOST_ENTRIES = 2000
_LEAST_TEXT = 40
"""Characters of an entry: around a time there may be as little as its own words."""


class Live(NamedTuple):
    """The element that holds title, lead and entries; when each entry is from, by the identity of its element."""

    root: LexborNode
    entries: dict[int, datetime]


def find_live(tree: LexborHTMLParser, stated: bool) -> Live | None:
    """The entries of a page that says that it is live; `None` for other pages, and where fewer than two are found.

    `stated`: whether its metadata say so; its mark-up may, too. An entry is the largest element around a time that
    holds no other time. They stand beside each other; of several such places, as pages list the latest entries once
    more, the one with most to read is taken.
    """
    if not stated and tree.css_first(_SAYS_SO) is None:
        return None
    times = tree.css("time[datetime]")[:_MOST_ENTRIES]
    held = Counter(above.mem_id for time in times for above in _above(time))
    found = [(_around(time, held), at) for time in times if (at := _time(time))]
    sizes = Counter[int]()
    for node, _ in found:
        sizes[_home(node)] += len(node.text(deep=True))
    home = max(sizes, key=sizes.__getitem__, default=0)
    entries = [(node, at) for node, at in found if _home(node) == home and len(node.text(deep=True)) >= _LEAST_TEXT]
    if len(entries) < _LEAST_ENTRIES:
        return None
    return Live(_root(entries[0][0]), {node.mem_id: at for node, at in entries})


def _time(node: LexborNode) -> datetime | None:
    stated = parse_moment(node.attributes.get("datetime") or "")
    return stated[0] if stated and stated[1] != "day" else None


def _above(node: LexborNode) -> Iterator[LexborNode]:
    while (above := node.parent) is not None and above.tag not in ("body", "html"):
        yield above
        node = above


def _around(time: LexborNode, held: Mapping[int, int]) -> LexborNode:
    *_, largest = chain([time], takewhile(lambda above: held[above.mem_id] == 1, _above(time)))
    return largest


def _home(entry: LexborNode) -> int:
    return entry.parent.mem_id if entry.parent else 0


def _root(entry: LexborNode) -> LexborNode:
    """The nearest element that holds the title, too; else the farthest but the body."""
    node = entry
    for node in _above(entry):
        if node.tag == "main" or node.css_first("h1") is not None:
            break
    return node
