"""The slower reader for pages on which two fast ones disagree: trafilatura (Barbaresi, ACL 2021), as typed blocks."""

from typing import Any

from trafilatura import bare_extraction

from articles.clean.characters import squeeze
from articles.clean.draft import Piece, PieceKind

_KINDS: dict[str, PieceKind] = {
    "head": "heading",
    "item": "list",
    "quote": "quote",
    "p": "paragraph",
    "code": "paragraph",
    "ab": "paragraph",
}


def read_with_trafilatura(text: str) -> list[Piece]:
    """The page's pieces; empty if trafilatura finds no article."""
    document = bare_extraction(text, fast=True, include_comments=False, with_metadata=False)
    body = getattr(document, "body", None)
    if body is None:
        return []
    pieces: list[Piece] = []
    for element in body:
        _collect(element, pieces)
    return [piece for piece in pieces if piece.text]


def _collect(element: Any, pieces: list[Piece]) -> None:
    if element.tag in ("list", "table"):
        inner = "item" if element.tag == "list" else "row"
        pieces.extend(_piece(child, "list" if inner == "item" else "table") for child in element.iter(inner))
        return
    pieces.append(_piece(element, _KINDS.get(element.tag, "paragraph")))
    if element.tail and element.tail.strip():
        pieces.append(Piece("paragraph", squeeze(element.tail)))


def _piece(element: Any, kind: PieceKind) -> Piece:
    joint = " | " if kind == "table" else ""
    words = (
        (joint.join(filter(None, (squeeze(part) for part in element.itertext()))))
        if joint
        else "".join(element.itertext())
    )
    return Piece(kind, squeeze(words))
