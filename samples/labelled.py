"""Invented stories whose sentences are labelled with what they say: one `.md` file of articles, one `.toml` of truths.

An article begins with `=== id | source | published` and its title. `<a,b>` stands before a sentence, or before the
part of one, that says *a* and *b*. All sentences with one label say the same, and no others do: labels are complete.
`a.1` and `a.2` are the same matter at two times, `a?` is a case that readers would not agree on: neither is scored.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from samples.truth import Derived, Statement
from schemas.base import Model

FOLDER = Path(__file__).parent / "stories"
HELD_OUT = ("cabinet", "docks", "lander", "prison")
"""Stories that are only measured; the rules were mended on the others."""
_MARK = re.compile(r"<([a-z0-9.,?-]+)>")


class Superseded(Model):
    """Values that no longer stand once the article has joined."""

    values: tuple[float, ...]
    by: str


class Dispute(Model):
    """Values that are at odds from one article until another; one that is not `sure` may be shown or not."""

    values: tuple[float, ...]
    since: str
    until: str | None = None
    mild: bool = False
    sure: bool = True


class Utterance(Model):
    """One utterance in the words of each outlet."""

    speaker: str
    wordings: tuple[Statement, ...]


class Overtaken(Model):
    """Words of a headline that the story's title must not hold from an article on."""

    words: str
    by: str


class LabelledTruth(Model):
    """What is true of a story beside its labels; `title_not` are words that its title must not hold in the end."""

    copies: tuple[Derived, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    discrepancies: tuple[Dispute, ...] = ()
    quotes: tuple[Utterance, ...] = ()
    title_not: tuple[str, ...] = ()
    overtaken: tuple[Overtaken, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """The labels of the sentence in which the words begin."""

    words: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article without its marks, and the marks."""

    ref: str
    source: str
    published: datetime
    title: str
    text: str
    marks: tuple[Mark, ...]

    def row(self) -> dict[str, str]:
        """As a row of JSON Lines that `newsfold fold` takes."""
        published = self.published.isoformat()
        return {
            "id": self.ref,
            "source": self.source,
            "published_at": published,
            "title": self.title,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class LabelledStory:
    """Articles in the order of publication, and what is true of them."""

    name: str
    articles: tuple[LabelledArticle, ...]
    truth: LabelledTruth


@cache
def labelled_stories() -> tuple[LabelledStory, ...]:
    """All of them, by name."""
    return tuple(map(_read, sorted(FOLDER.glob("*.md"))))


def _read(path: Path) -> LabelledStory:
    truth = LabelledTruth.model_validate(tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8")))
    parts = path.read_text(encoding="utf-8").split("=== ")[1:]
    return LabelledStory(path.stem, tuple(map(_article, parts)), truth)


def _article(part: str) -> LabelledArticle:
    head, title, *paragraphs = [line for line in part.splitlines() if line]
    ref, source, published = head.split(" | ")
    text = "\n\n".join(paragraphs)
    return LabelledArticle(
        ref=ref,
        source=source,
        published=datetime.fromisoformat(published),
        title=title.removeprefix("# "),
        text=_MARK.sub("", text),
        marks=tuple(_marks(text)),
    )


def _marks(text: str) -> Iterator[Mark]:
    for mark in _MARK.finditer(text):
        words = text[mark.end() :].partition("<")[0].partition("\n")[0].rstrip()
        yield Mark(words[:40], tuple(mark[1].split(",")))
