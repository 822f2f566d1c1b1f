"""The articles of the sample world as their authors filed them: one file a version, TOML front matter and text."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

ARTICLES = Path(__file__).parent / "articles"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a section heading."""

    kind: Literal["paragraph", "heading"]
    text: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One version of one article. `ref` is unique: the id, and `@n` from the second version on."""

    ref: str
    outlet: str
    section: str
    title: str
    passages: tuple[Passage, ...]
    published: datetime
    modified: datetime | None = None
    withdrawn: datetime | None = None
    dateline: str = ""
    byline: tuple[str, ...] = ()
    credit_line: str = ""
    image: tuple[str, str] | None = None
    """Caption and credit."""
    note: str = ""
    """The correction note of an amended article."""

    @property
    def article(self) -> str:
        """The article's id, whatever its version."""
        return self.ref.partition("@")[0]

    @property
    def version(self) -> int:
        """1, 2, and so on."""
        return int(self.ref.partition("@")[2] or 1)

    @property
    def shown(self) -> datetime:
        """When readers could first see this version."""
        return self.modified or self.published

    @property
    def text(self) -> str:
        """The article's own words: headings and paragraphs joined by blank lines, nothing else."""
        return "\n\n".join(passage.text for passage in self.passages)

    @property
    def standfirst(self) -> str:
        """The first paragraph, which feeds give as summary."""
        return next(passage.text for passage in self.passages if passage.kind == "paragraph")


def read_manuscripts(folder: Path = ARTICLES) -> tuple[Manuscript, ...]:
    """All versions of all articles in the order in which readers could see them."""
    return tuple(sorted(map(_read, folder.rglob("*.md")), key=lambda it: (it.shown, it.ref)))


def _read(path: Path) -> Manuscript:
    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    title, *rest = body.strip().split("\n\n")
    return Manuscript(
        ref=path.stem, title=title.removeprefix("# "), passages=tuple(map(_passage, rest)), **_fields(front)
    )


def _passage(text: str) -> Passage:
    if text.startswith("## "):
        return Passage("heading", text.removeprefix("## "))
    return Passage("paragraph", text)


def _fields(front: str) -> dict[str, Any]:
    return dict(_tuples(tomllib.loads(front)))


def _tuples(fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        yield name, tuple(value) if isinstance(value, list) else value
