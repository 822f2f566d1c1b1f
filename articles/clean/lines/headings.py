"""Title and section headings of a text that has no mark-up: told by their shape and by what stands around them."""

import re
from collections.abc import Sequence

from articles.clean.draft import Piece
from articles.clean.lines.shape import (
    Style,
    ends_openly,
    ends_sentence,
    has_small_letters,
    in_capitals,
    is_quoted,
    style_of,
    words_of,
)

_NO_HEADING = re.compile(r"https?:|www\.|pic\.twitter|@\w|\.com\b")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?$")
"""The entries of a live file stand under their time."""
_MAX_HEADING = 100
_MAX_TITLE = 220


def looks_like_heading(text: str) -> bool:
    """A short line that is no sentence: no full stop, few words. Capitals and quoted phrases count too."""
    if len(text) > _MAX_HEADING or _is_plain_sentence(text) or _NO_HEADING.search(text):
        return False
    if _CLOCK.match(text):
        return True
    count = len(words_of(text))
    if not 1 <= count <= 14 or not any(map(str.isalpha, text)):
        return False
    if in_capitals(text) or is_quoted(text):
        return not (is_quoted(text) and count > 10)
    if text.endswith("?"):
        return count <= 10 and text[0] not in "\"“‘'"
    return not ends_sentence(text) and not ends_openly(text) and count <= 12 and text[0] not in '"“'


def _is_plain_sentence(text: str) -> bool:
    """What most lines are: a look at both ends spares them the expressions."""
    return text[-1:] == "." and text[:1].isalpha() and has_small_letters(text)


def type_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Lines that look like headings become headings where text follows; all other lines become paragraphs."""
    typed = []
    for number, piece in enumerate(pieces):
        if piece.kind != "line":
            typed.append(piece)
            continue
        heads = looks_like_heading(piece.text) and _has_text_after(pieces, number)
        typed.append(Piece("heading" if heads else "paragraph", piece.text, piece.entry))
    return typed


def _has_text_after(pieces: Sequence[Piece], number: int) -> bool:
    return any(piece.kind != "heading" and not looks_like_heading(piece.text) for piece in pieces[number + 1 :])


def takes_title(pieces: Sequence[Piece]) -> bool:
    """Whether the first line is the title: no sentence, text follows, not in the style of the later headings."""
    if len(pieces) < 2 or pieces[0].kind not in ("line", "heading"):
        return False
    first = pieces[0].text
    if len(first) > _MAX_TITLE or ends_openly(first) or (ends_sentence(first) and not _is_question(first)):
        return False
    if first[0] in '"“' and first[-1] in '"”':
        return False
    later = [piece.text for piece in pieces[1:] if piece.kind in ("line", "heading") and looks_like_heading(piece.text)]
    return _has_text_after(pieces, 0) and not _in_style(first, later)


def _is_question(text: str) -> bool:
    return text.rstrip("\"'”’").endswith(("?", "!")) and len(words_of(text)) <= 20


def _in_style(first: str, later: Sequence[str]) -> bool:
    """Same typographic style, and for plain ones no longer than headings are."""
    style: Style = style_of(first)
    alike = [text for text in later if style_of(text) == style]
    if not alike:
        return False
    mean = sum(len(text) for text in alike) / len(alike)
    return style in ("capitals", "quoted") or len(first) <= max(1.5 * mean, 30)
