"""What no sentence ends within: quotations, and asides in brackets."""

import re
from collections.abc import Iterator, Sequence

from articles.extract.marks import find_quotations

_ASIDE = re.compile(r"\((?<=[\w,;:%’”\"]\s\()[^()]*+\)")
"""It stands inside a sentence: one that follows a sentence is split as other text is."""

Candidate = tuple[int, int]
"""Where the marks end that may end a sentence, and where the next begins."""


def outside_quotations(found: Sequence[Candidate], text: str, start: int, end: int) -> Sequence[Candidate]:
    """The candidates that are not within a closed quotation in `text[start:end]`, nor in an aside."""
    quotations = find_quotations(text, start, end)
    held = [(quotation.open, quotation.close) for quotation in quotations if quotation.closed] if quotations else []
    if text.find("(", start, end) >= 0:
        held = sorted([*held, *(aside.span() for aside in _ASIDE.finditer(text, start, end))])
    return list(_outside(found, held)) if held else found


def _outside(found: Sequence[Candidate], held: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """Both are in order, so one pass is enough; `held` may overlap."""
    reach = at = 0
    for candidate in found:
        while at < len(held) and held[at][0] < candidate[1]:
            reach = max(reach, held[at][1])
            at += 1
        if candidate[1] >= reach:
            yield candidate
