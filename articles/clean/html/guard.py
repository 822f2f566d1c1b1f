"""A linear look at a page before any parser sees it: some parsers need seconds for deep nesting."""

import re
from itertools import accumulate

from schemas.errors import Quarantine

MAX_DEPTH = 400
"""The deepest of 181 real pages has 49 levels; at 20,000 some parsers need seconds."""

MAX_TAGS = 40_000
"""The fullest of them has 3,200; 29,000 flat paragraphs, 58,000 tags, took a second."""

_RAW = ("script", "style", "textarea", "title")
_TAG = re.compile(
    r"<(?:!--(?:-?>|(?:[^-]++|-(?!->))*+)|"
    + "|".join(rf"(?i:{name})(?=[\s/>])(?:[^<]++|<(?!/(?i:{name})))*+" for name in _RAW)
    + r"|(/?[a-zA-Z][a-zA-Z0-9]*+))"
)
"""A tag's name, with `/` before it in a closing tag; nothing for comments and elements whose content is no mark-up."""

_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "html",
        "head",
        "body",
        "rp",
        "rt",
    ]
)


_MOST_KNOWN = 1000


class _Steps(dict[str, int]):
    """What a tag adds to the depth; kept for the names seen first, so that made-up names take no memory."""

    def __missing__(self, tag: str) -> int:
        name = tag.lstrip("/").lower()
        step = 0 if not name or name in _FLAT or name in _RAW else -1 if tag[0] == "/" else 1
        if len(self) < _MOST_KNOWN:
            self[tag] = step
        return step


_STEPS = _Steps()


def refuse_deep(text: str) -> None:
    """Raises `Quarantine` if elements are nested deeper, or tags are more, than any page of news needs."""
    if _most_depth(text) > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise Quarantine(f"the page is nested more than {MAX_DEPTH} elements deep")
    if text.count("<") > MAX_TAGS:
        raise Quarantine(f"the page has more than {MAX_TAGS} tags")


def _most_depth(text: str) -> int:
    """A bound on the depth, at the speed of C: the span of the running sum of tags, closing ones counted as -1."""
    depths = list(accumulate(map(_STEPS.__getitem__, _TAG.findall(text)), initial=0))
    return max(depths) - min(depths)


def _depth(text: str) -> int:
    """The depth reached, up to one more than `MAX_DEPTH`; a closing tag too many opens nothing."""
    depth = 0
    for tag in _TAG.findall(text):
        depth = max(0, depth + _STEPS[tag])
        if depth > MAX_DEPTH:
            break
    return depth
