"""The typed blocks of an element, in reading order."""

from collections.abc import Mapping
from datetime import datetime

from selectolax.lexbor import LexborNode

from articles.clean.characters import squeeze
from articles.clean.draft import Piece, PieceKind
from articles.clean.html.junk import Junk
from articles.clean.lines.headings import looks_like_heading
from articles.clean.lines.shape import ends_sentence

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "address",
        "hr",
        "details",
        "summary",
        "center",
        "body",
    ]
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCK_SELECTOR = ",".join(sorted(_BLOCKS))
_BOXES = frozenset(("div", "section", "article", "li"))
_CAPTIONS = frozenset(("figcaption", "figure"))
_MOST_DEPTH = 100
"""Levels that are walked one by one; what lies deeper is taken as one text. Calls nest three to a level."""
_MOST_LINKED = 0.5
_LINK_LINE = 0.8
_LABELLED = 0.9
_MOST_LABEL = 40
_LEAST_HEADLINE = 20
"""Characters of a link: shorter ones are names or words in passing."""
_MOST_LINK_LINE = 600
_MOST_CARD = 350
_LINKED_HEADING = "h2 a,h3 a,h4 a,h5 a,a h2,a h3,a h4,a h5"
_MOST_RECORDED = 400
"""Characters kept of an element that was passed over: enough to see what it was."""
_BREAK = "\x1e"
"""Stands for `<br>`; scrubbed input never holds it."""


class Collector:
    """Walks an element once; text runs between block borders become pieces."""

    def __init__(self, junk: Junk, live: Mapping[int, datetime]) -> None:
        """`live`: the times of the entries of a live page, by the identities of their elements."""
        self.pieces: list[Piece] = []
        self.dropped: list[tuple[str, str]] = []
        """Words passed over, and the rule."""
        self.entries: list[datetime] = []
        """Of the entries met so far, in the order of the page."""
        self._live = live
        self._entry = 0
        self._junk = junk
        self._run: list[str] = []
        self._depth = 0

    def add(self, node: LexborNode) -> None:
        """Adds all blocks of an element."""
        if node.tag in _BLOCKS and node.tag not in ("div", "section", "article", "main", "body", "td"):
            self._block(node, node.tag, "paragraph")
        else:
            self._inside(node, "paragraph")

    def walk(self, node: LexborNode, kind: PieceKind) -> None:
        """Adds the pieces of the node's children; `kind` is what a text run directly inside is."""
        if self._depth == _MOST_DEPTH:
            self._run.append(node.text(deep=True))
            return
        self._depth += 1
        self._walk(node, kind)
        self._depth -= 1

    def _walk(self, node: LexborNode, kind: PieceKind) -> None:
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self._run.append(child.text_content or "")
            elif tag[:1] in "-!":
                continue
            elif rule := self._junk.rule(child):
                self._pass_over(child, rule)
            elif tag == "br":
                self._run.append(_BREAK)
            elif child.mem_id in self._live:
                self._live_entry(child, kind)
            elif tag == "time" and self._entry:
                self._pass_over(child, "time stamp")
            elif tag in _BLOCKS:
                self.flush(kind)
                self._block(child, tag, kind)
            elif child.css_first(_BLOCK_SELECTOR) is not None:
                self.walk(child, kind)
            else:
                self._run.append(_inline(child))

    def _live_entry(self, node: LexborNode, kind: PieceKind) -> None:
        self.flush(kind)
        self.entries.append(self._live[node.mem_id])
        self._entry = len(self.entries)
        self._inside(node, "paragraph")
        self._entry = 0

    def _block(self, node: LexborNode, tag: str, kind: PieceKind) -> None:
        if tag in _CAPTIONS:
            self._figure(node)
        elif tag in _HEADINGS:
            self._add("heading", squeeze(node.text(deep=True)))
        elif tag in ("ul", "ol"):
            if _is_link_list(node):
                self._pass_over(node, "related links")
            else:
                self._inside(node, "list")
        elif tag == "table":
            self._table(node)
        elif tag == "blockquote":
            self._inside(node, "quote")
        elif (tag in _BOXES and _is_card(node)) or (tag in ("p", "div") and _is_link_line(node)):
            self._pass_over(node, "related links")
        elif tag == "p" and _is_emphasised(node):
            self._add("line", squeeze(node.text(deep=True)))
        else:
            self._inside(node, kind if kind in ("quote", "list") else "paragraph")

    def _inside(self, node: LexborNode, kind: PieceKind) -> None:
        self.walk(node, kind)
        self.flush(kind)

    def _figure(self, node: LexborNode) -> None:
        if (
            node.tag == "figure"
            and node.css_first("p,table,blockquote") is not None
            and node.css_first("figcaption") is None
        ):
            self._inside(node, "paragraph")
            return
        self._pass_over(node, "photo caption")

    def _pass_over(self, node: LexborNode, rule: str) -> None:
        text = squeeze(node.text(deep=True, separator=" "))
        if text:
            self.dropped.append((text[:_MOST_RECORDED], rule))

    def _table(self, node: LexborNode) -> None:
        if any(inner.mem_id != node.mem_id for inner in node.css("p,div,table,ul,h2,h3")):
            self._inside(node, "paragraph")
            return
        for row in node.css("tr"):
            cells = (squeeze(cell.text(deep=True)) for cell in row.css("td,th"))
            self._add("table", " | ".join(cell for cell in cells if cell))

    def flush(self, kind: PieceKind) -> None:
        """Ends the text run: a blank line inside it, or a break after a sentence, parts two pieces."""
        if not self._run:
            return
        text, self._run = "".join(self._run), []
        if text.isspace():
            return
        for part in _parts(text):
            self._add(kind, part)

    def _add(self, kind: PieceKind, text: str) -> None:
        if text:
            self.pieces.append(Piece(kind, text, self._entry))


def _inline(node: LexborNode) -> str:
    if node.css_first("br") is not None:
        return "".join(
            _BREAK if child.tag == "br" else (child.text_content or "")
            for child in node.traverse(include_text=True)
            if child.tag in ("br", "-text")
        )
    return node.text(deep=True)


def _parts(text: str) -> list[str]:
    """Two breaks part paragraphs; a single one does so only after a whole sentence."""
    parts: list[str] = []
    whole = True
    for line in text.split(_BREAK):
        words = squeeze(line)
        if whole or not words or not parts:
            parts.append(words)
        else:
            parts[-1] = f"{parts[-1]} {words}".strip()
        whole = not words or (len(parts[-1]) > 60 and ends_sentence(parts[-1]))
    return [part for part in parts if part]


def _is_link_list(node: LexborNode) -> bool:
    items = [child for child in node.iter() if child.tag == "li"]
    if len(items) >= 2 and sum(map(_is_link_line, items)) >= _MOST_LINKED * len(items):
        return True
    length = len(squeeze(node.text(deep=True)))
    linked = sum(len(squeeze(link.text(deep=True))) for link in node.css("a"))
    return length == 0 or linked > _MOST_LINKED * length


def _is_link_line(node: LexborNode) -> bool:
    """A line that is all links and no sentence leads elsewhere; so do several whole headlines, or one after a label."""
    links = node.css("a")
    if not links:
        return False
    text = squeeze(node.text(deep=True))
    if not text or len(text) > _MOST_LINK_LINE or text.endswith((".", ":", ",", "”")):
        return False
    lengths = [len(squeeze(link.text(deep=True))) for link in links]
    linked = sum(lengths)
    if linked >= _LINK_LINE * len(text):
        return len(text) < 200 or (len(links) > 1 and min(lengths) >= _LEAST_HEADLINE)
    label = text.find(":") + 1
    return 0 < label <= _MOST_LABEL and lengths[-1] >= _LEAST_HEADLINE and linked >= _LABELLED * (len(text) - label)


def _is_card(node: LexborNode) -> bool:
    """One of several boxes alike, each a linked headline and a few words: they lead to other articles."""
    kind = node.attributes.get("class")
    beside = (_next(node, 1), _next(node, -1))
    if not kind or node.css_first(_LINKED_HEADING) is None or len(node.text(deep=True)) > _MOST_CARD:
        return False
    return any(near is not None and near.tag == node.tag and near.attributes.get("class") == kind for near in beside)


def _next(node: LexborNode, step: int) -> LexborNode | None:
    """The next element, or the one before."""
    near = node.next if step > 0 else node.prev
    while near is not None and (near.tag or "")[:1] in "-!":
        near = near.next if step > 0 else near.prev
    return near


def _is_emphasised(node: LexborNode) -> bool:
    first = node.css_first("strong,b,em,i,u")
    if first is None:
        return False
    text = squeeze(node.text(deep=True))
    return text == squeeze(first.text(deep=True)) and looks_like_heading(text) and not ends_sentence(text)
