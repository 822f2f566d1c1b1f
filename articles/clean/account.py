"""Every line of a raw article with what became of it: made by cleaning it again, so that nothing more is stored."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from resiliparse.extract.html2text import extract_plain_text

from articles.clean.characters import squeeze
from articles.clean.cleaning import clean
from articles.clean.forms import open_form
from articles.clean.html.guard import refuse_deep
from articles.clean.plain import read_plain
from articles.clean.seen import without_lines
from schemas.articles import Cleaned, Fetched
from schemas.errors import Quarantine

OUTSIDE = "outside the main text"
"""The rule for a line of a page that stands neither in its article nor in what was passed over within that."""
REFUSED = "the article was refused"
_LEAST_PART = 24
"""Letters and digits: a shorter line may stand by chance within another one."""

_CUTTING = frozenset(("dateline", "date artefact", "agency credit"))
"""Rules that take a part of a line."""


class Line(NamedTuple):
    """A line of the input, or a part of it where the parts fared differently."""

    text: str
    kept: bool
    verdict: str
    """The kind of block that it is in; or the rule that left it out."""


class Account(NamedTuple):
    """What cleaning made of a raw article."""

    cleaned: Cleaned | None
    refused: str | None
    """Why it is no article, where there is none."""
    lines: tuple[Line, ...]


def account_for(fetched: Fetched, seen: Sequence[str] = ()) -> Account:
    """Cleans the article and says of each line of the input whether it was kept, as what, or which rule left it out.

    `seen`: lines that the memory of the clean stage left out. Lines come in the order of the input. A page's lines are
    those that it shows, as resiliparse lays them out; what was left out but is no such line comes last.
    """
    try:
        cleaned = without_lines(clean(fetched), seen)
    except Quarantine as reason:
        return Account(None, str(reason), tuple(Line(text, False, REFUSED) for text in _lines_if_readable(fetched)))
    return Account(cleaned, None, tuple(_Ledger(cleaned).lines(_lines(fetched))))


def _lines_if_readable(fetched: Fetched) -> Sequence[str]:
    """An input that is no text, or a page that is too deep for any reader, has no lines."""
    try:
        return _lines(fetched)
    except Quarantine:
        return ()


def _lines(fetched: Fetched) -> Sequence[str]:
    form = open_form(fetched)
    if not form.is_html:
        return [piece.text for piece in read_plain(form.text).pieces]
    refuse_deep(form.text)
    shown = extract_plain_text(form.text, main_content=False, alt_texts=False, links=False, list_bullets=False)
    return [words for line in shown.split("\n") if (words := squeeze(line))]


def _bare(text: str) -> str:
    """For comparing: readers set spaces and marks between cells and items differently."""
    return "".join(filter(str.isalnum, text)) or text


class _Entry(NamedTuple):
    """A block, or a line that was dropped."""

    key: str
    line: Line
    place: int
    """In its list."""


class _Ledger:
    """Blocks and dropped lines, both in their order, each to be told once."""

    def __init__(self, cleaned: Cleaned) -> None:
        blocks = [(block.of(cleaned.text), True, block.kind) for block in cleaned.blocks]
        dropped = [(one.text, False, one.rule) for one in cleaned.dropped]
        self._blocks = [_Entry(_bare(line[0]), Line(*line), place) for place, line in enumerate(blocks)]
        self._dropped = [_Entry(_bare(line[0]), Line(*line), place) for place, line in enumerate(dropped)]
        self._cuts = [entry for entry in self._dropped if entry.line.verdict in _CUTTING]
        self._kept_left = _by_key(self._blocks)
        self._dropped_left = _by_key(self._dropped)
        self._told: set[int] = set()
        self._next = 0

    def lines(self, texts: Sequence[str]) -> Iterator[Line]:
        """Each line, or its parts, with its verdict; at the end what was dropped but is no such line."""
        for text in texts:
            yield from self._line(text, _bare(text))
        yield from (entry.line for entry in self._dropped if self._take(entry.key, self._dropped_left))

    def _line(self, text: str, key: str) -> Iterator[Line]:
        cut = next((entry for entry in self._cuts if self._parts(key, entry.key)), None)
        if cut and self._take(cut.key, self._dropped_left):
            before = key.startswith(cut.key)
            if before:
                yield cut.line
            yield from self._line(text, key[len(cut.key) :] if before else key[: -len(cut.key)])
            if not before:
                yield cut.line
            return
        whole = self._whole(key)
        if whole:
            yield whole._replace(text=text) if _bare(text) == key else whole
        else:
            yield from self._pieces(text, key)

    def _parts(self, key: str, cut: str) -> bool:
        """Whether a line is what was cut off and something else that is known."""
        if len(cut) >= len(key) or not self._dropped_left[cut]:
            return False
        rest = key[len(cut) :] if key.startswith(cut) else key[: -len(cut)] if key.endswith(cut) else ""
        return bool(rest) and (rest == self._next_key() or bool(self._dropped_left.get(rest)))

    def _next_key(self) -> str:
        """The first block that has not been told."""
        while self._next in self._told:
            self._next += 1
        return self._blocks[self._next].key if self._next < len(self._blocks) else ""

    def _whole(self, key: str) -> Line | None:
        """The line's own entry: where it was kept once and dropped once, the order tells which."""
        first, second = self._kept_left, self._dropped_left
        if key != self._next_key():
            first, second = second, first
        return self._take(key, first) or self._take(key, second)

    def _take(self, key: str, left: dict[str, deque[_Entry]]) -> Line | None:
        if not left.get(key):
            return None
        entry = left[key].popleft()
        if entry.line.kept:
            self._told.add(entry.place)
        return entry.line

    def _pieces(self, text: str, key: str) -> Iterator[Line]:
        """Of a line that is a part of something known, or has several blocks in it."""
        if len(key) >= _LEAST_PART:
            around = next((entry for entry in (*self._blocks, *self._dropped) if key in entry.key), None)
            if around:
                self._take(around.key, self._kept_left if around.line.kept else self._dropped_left)
                yield around.line._replace(text=text)
                return
        inner = [entry for entry in self._blocks if self._kept_left[entry.key] and _borders(key, entry.key)]
        found = [line for entry in inner if (line := self._take(entry.key, self._kept_left))]
        yield from found or [Line(text, False, OUTSIDE)]


def _by_key(entries: Sequence[_Entry]) -> dict[str, deque[_Entry]]:
    found: dict[str, deque[_Entry]] = {}
    for entry in entries:
        found.setdefault(entry.key, deque()).append(entry)
    return found


def _borders(key: str, part: str) -> bool:
    return key.startswith(part) or key.endswith(part) or (len(part) >= _LEAST_PART and part in key)
