"""The article while it is being cleaned: what is kept so far, what was taken away, what is known about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from schemas.articles import BlockKind, Dropped, Precision

PieceKind = Literal["paragraph", "heading", "list", "quote", "table", "line"]
"""A block kind, or `line` while it is not known yet."""


class Stated(NamedTuple):
    """A time that the input states, how exact it is, and where it stood."""

    at: datetime
    precision: Precision
    origin: str


class Piece(NamedTuple):
    """One line or block of the input, white space normalised."""

    kind: PieceKind
    text: str
    entry: int = 0
    """Which entry of a live page it belongs to, counted from 1."""

    @property
    def block_kind(self) -> BlockKind:
        """The kind that it has in the clean text: a line that no rule typed is a paragraph."""
        return "paragraph" if self.kind == "line" else self.kind


@dataclass(slots=True)
class Draft:
    """Changed by each rule in turn; `dropped` keeps every word that leaves."""

    pieces: list[Piece]
    title: str = ""
    url: str | None = None
    language: str | None = None
    published: Stated | None = None
    modified: datetime | None = None
    byline: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    dateline: str | None = None
    entries: list[datetime] = field(default_factory=list)
    """The times of a live page's entries."""
    dropped: list[Dropped] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)

    def drop(self, text: str, rule: str) -> None:
        """Records words that leave the text, and why."""
        self.dropped.append(Dropped(text=text, rule=rule))

    def credit(self, names: Sequence[str]) -> None:
        """Adds agencies, each once."""
        self.credits.extend(name for name in dict.fromkeys(names) if name not in self.credits)

    def sign(self, names: Sequence[str]) -> None:
        """Adds authors, each once."""
        self.byline.extend(name for name in dict.fromkeys(names) if name not in self.byline)

    def state_time(self, stated: Stated | None) -> None:
        """Takes the time unless an earlier, stronger source has given one."""
        if self.published is None:
            self.published = stated
