"""Where quotations begin and end: straight, curly, angled, low and single marks, closed or not."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

# Patterns that begin with a set of characters are searched for several times as fast as others.
_DOUBLE = re.compile(r"[“”„«»\"`'](?:(?<=[“”„«»\"])|(?<=`)`|(?<=')')")
_ASCII_MARKS = ('"', "``", "''")
_DOUBLE_MARKS = (*_ASCII_MARKS, "“", "”", "„", "«", "»")
_SINGLE_OPEN = re.compile(r"[‘'](?<![\w’'].)(?=[^\W\d_])")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])['’](?!\w)")
_SINGLE_LONGEST = 600


class Quotation(NamedTuple):
    """A pair of marks: `[start, end)` is what stands between them, `[open, close)` includes them."""

    open: int
    start: int
    end: int
    close: int
    closed: bool = True
    single: bool = False


@lru_cache(maxsize=64)
def find_quotations(text: str, start: int, end: int) -> Sequence[Quotation]:
    """The outermost quotations in `text[start:end]`, in order. One without a closing mark runs to `end`.

    Memoised, as both sentences and quotes ask for those of each paragraph.
    """
    double = _find_double(text, start, end) if _has_double(text, start, end) else []
    if text.find("'", start, end) < 0 and (text.isascii() or text.find("‘", start, end) < 0):
        return double
    gaps_from = [start, *(quotation.close for quotation in double)]
    gaps_to = [*(quotation.open for quotation in double), end]
    single = [
        quotation for since, to in zip(gaps_from, gaps_to, strict=True) for quotation in _find_single(text, since, to)
    ]
    return sorted(double + single) if single else double


def _has_double(text: str, start: int, end: int) -> bool:
    """Most paragraphs hold no mark at all: to look for each of them costs less than the expression."""
    for mark in _ASCII_MARKS if text.isascii() else _DOUBLE_MARKS:  # noqa: SIM110 - a generator costs twice as much
        if text.find(mark, start, end) >= 0:
            return True
    return False


def _find_double(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    for mark in _DOUBLE.finditer(text, start, end):
        if opened is not None and not _opens(text, mark, start, end):
            found.append(Quotation(opened.start(), opened.end(), mark.start(), mark.end()))
            opened = None
        elif _may_open(text, mark, start, end):
            opened = mark
    if opened is not None:
        found.append(Quotation(opened.start(), opened.end(), end, end, closed=False))
    return [quotation for quotation in found if text[quotation.start : quotation.end].strip()]


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark met inside a quotation begins another: then the first was never closed."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    return mark.group() in '“„«"' and before in " \n\t(" and not after.isspace()


def _may_open(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if mark.group() in ("“", "„", "«", "``"):
        return not after.isspace()
    return not before.isalnum() and before != "=" and not after.isspace()


def _find_single(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    at = start
    while opened := _SINGLE_OPEN.search(text, at, end):
        closing = _closing_single(text, opened.end(), min(end, opened.end() + _SINGLE_LONGEST))
        if closing is not None:
            found.append(Quotation(opened.start(), opened.end(), closing, closing + 1, single=True))
        at = opened.end() if closing is None else closing + 1
    return found


def _closing_single(text: str, start: int, end: int) -> int | None:
    """The first mark that is surely no apostrophe; after an s, before a lower-case word, it may be a possessive."""
    doubtful: int | None = None
    for mark in _SINGLE_CLOSE.finditer(text, start, end):
        at = mark.start()
        if text[at - 1] != "s" or not re.match(r"\s+[a-z]", text[at + 1 : at + 4]):
            return at
        doubtful = at if doubtful is None else doubtful
    return doubtful
