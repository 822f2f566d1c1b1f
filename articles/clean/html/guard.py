"""A linear look at a page before any parser sees it: some parsers need seconds for deep nesting."""

import re

from schemas.errors import Quarantine

MAX_DEPTH = 400
"""The deepest of 181 real pages has 49 levels; at 20,000 resiliparse needed 4.6 s."""

MAX_TAGS = 60_000
"""The fullest of them has 3,200; 190,000 flat paragraphs took the readers 11 s."""

_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][a-zA-Z0-9]*))")
_SKIPPED = frozenset({"script", "style", "textarea", "title"})
_ENDS = {"-->": re.compile("-->")} | {name: re.compile(f"</{name}", re.IGNORECASE) for name in _SKIPPED}
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


def refuse_deep(text: str) -> None:
    """Raises `Quarantine` if elements are nested deeper, or tags are more, than any page of news needs."""
    if text.count("<") > MAX_TAGS:
        raise Quarantine(f"the page has more than {MAX_TAGS} tags")
    depth, position = 0, 0
    for match in _TAG.finditer(text):
        if match.start() < position:
            continue
        name = (match[3] or "").lower()
        if match[1] or (name in _SKIPPED and not match[2]):
            position = _after(text, match.end(), "-->" if match[1] else name)
        elif name not in _FLAT:
            depth = max(0, depth - 1) if match[2] else depth + 1
            if depth > MAX_DEPTH:
                raise Quarantine(f"the page is nested more than {MAX_DEPTH} elements deep")


def _after(text: str, position: int, skipped: str) -> int:
    end = _ENDS[skipped].search(text, position)
    return end.end() if end else len(text)
