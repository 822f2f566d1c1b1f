"""What the list of stories shows, in memory: a line a story, kept up to date by the feed, so no request reads the log.

The lines are made of plain JSON values: a whole story need not be decoded for them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from sys import intern
from typing import Any, NamedTuple

from consumers.web.search import Words, words_of

LIVING = ("active", "closed")
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Line(NamedTuple):
    """What is known of the newest version of a story without reading it. `place` is (partition, offset)."""

    story_id: str
    version: int
    status: str
    title: str
    language: str
    lead: str
    """First sentence of the summary."""
    whole: bool
    """Whether the record names all articles; else `outlets` counts those of the articles that it names."""
    articles: int
    outlets: int
    independent_sources: int
    discrepancies: int
    """Those that are not mild."""
    first_at: datetime | None
    last_at: datetime | None
    merged_into: str | None
    place: tuple[int, int]
    held: tuple[str, ...]
    """Ids of the articles that the record names."""
    words: tuple[str, ...]
    """Each once; the same word is the same object in all stories, as a set a story would take four times the room."""

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Newest news first; of the same moment the story of more sources."""
        return (self.last_at or LONG_AGO, self.independent_sources, self.story_id)


class Found(NamedTuple):
    """One page of a list; pages count from 1."""

    lines: Sequence[Line]
    page: int
    pages: int
    total: int


def line_of(story: dict[str, Any], place: tuple[int, int]) -> Line:
    """The line of a story that is given as plain values (`schemas.story.Story`)."""
    summary, articles = story["summary"], story["articles"]
    names = [name for own in story["entities"] for name in (own["name"], *own["aliases"])]
    sources = {own["source"] for own in articles}
    said = " ".join([story["title"], *(own["text"] for own in summary), *names, *sources])
    return Line(
        story_id=story["story_id"],
        version=story["version"],
        status=story["status"],
        title=story["title"],
        language=story["language"],
        lead=summary[0]["text"] if summary else "",
        whole=story["totals"] is None,
        articles=(story["totals"] or {}).get("articles", len(articles)),
        outlets=len(sources),
        independent_sources=story["independent_sources"],
        discrepancies=sum(not own["mild"] for own in story["discrepancies"]),
        first_at=_moment(story["first_at"]),
        last_at=_moment(story["last_at"]),
        merged_into=story["merged_into"],
        place=place,
        held=tuple(own["article_id"] for own in articles),
        words=tuple(set(map(intern, words_of(said)))),
    )


class Index:
    """All stories by id, in the order of the list, by word, and by article."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}
        self._words = Words()
        self._homes: dict[str, str] = {}
        self._sorted: list[Line] = []
        self._stale = False

    def put(self, line: Line) -> None:
        """Takes a story's line in place of an older one; one that is not newer changes nothing."""
        before = self._lines.get(line.story_id)
        if before is not None and line.version <= before.version:
            return
        had, has = frozenset(before.words if before else ()), frozenset(line.words)
        self._words.remove(line.story_id, had - has)
        self._words.add(line.story_id, has - had)
        self._lines[line.story_id] = line
        if line.status in LIVING:
            self._homes.update(dict.fromkeys(line.held, line.story_id))
        self._stale = True

    def get(self, story_id: str) -> Line | None:
        """The story of exactly this id."""
        return self._lines.get(story_id)

    def current(self, story_id: str) -> Line | None:
        """The story that goes on with this one's articles: itself, or the one it was merged into, and so on.

        `None` if there is none.
        """
        line = self._lines.get(story_id)
        for _ in self._lines:
            if line is None or line.merged_into is None:
                return line
            line = self._lines.get(line.merged_into)
        return None

    def beginning(self, prefix: str, most: int = 10) -> list[Line]:
        """Stories whose ids begin so, `most` at most."""
        fitting = (self._lines[own] for own in self._lines if own.startswith(prefix))
        return [line for line, _ in zip(fitting, range(most), strict=False)]

    def home_of(self, article_id: str) -> str | None:
        """The story that holds an article now, as far as the records name it."""
        return self._homes.get(article_id)

    def page(self, query: str, number: int, size: int) -> Found:
        """Living stories that have all words of the query (all stories without one), newest news first.

        A number beyond the last page gives the last one.
        """
        lines = self._living()
        if query.strip():
            ids = self._words.find(query)
            lines = [line for line in lines if line.story_id in ids]
        pages = max(1, -(-len(lines) // size))
        at = min(max(1, number), pages)
        return Found(lines[(at - 1) * size : at * size], at, pages, len(lines))

    def _living(self) -> list[Line]:
        if self._stale:
            living = (line for line in self._lines.values() if line.status in LIVING)
            self._sorted = sorted(living, key=lambda line: line.order, reverse=True)
            self._stale = False
        return self._sorted


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
