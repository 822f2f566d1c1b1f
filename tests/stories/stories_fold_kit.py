"""What the tests of the fold share: facts from plain sentences, a state in memory, and logs of story events."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from schemas.articles import Date, Entity, Facts, Figure, Quote, Sentence
from schemas.base import Span
from schemas.events import Event
from schemas.stories import Joined, Opened, StoryEvent, Why
from schemas.story import Story, Update
from stories.fold import FoldView, fold, open_fold

START = datetime(2031, 5, 4, 9, 0, tzinfo=UTC)
_FIGURE = re.compile(r"(?:\b(some|about|around|at least|more than) )?\b(\d[\d,]*) ((?:[a-z]+ )?[a-z]+)")
_QUALIFIERS = {"some": "about", "about": "about", "around": "about"}
_QUOTE = re.compile(r'"([^"]+)"(?:,? (?:said|says) ([A-Z]\w+(?: [A-Z]\w+)*))?')
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zü]+(?: [A-Z][a-z]+)*")


def facts(
    article_id: str,
    *sentences: str,
    source: str = "",
    hours: float | None = None,
    title: str = "",
    credits: tuple[str, ...] = (),
    people: Iterable[str] = (),
    dates: Sequence[str] = (),
    headings: Iterable[str] = (),
) -> Facts:
    """An article of these sentences, published so many hours after the start; figures and quotes are found simply."""
    text, spans = "", []
    for sentence in (*headings, *sentences):
        kind = "heading" if sentence in headings else "sentence"
        spans.append(Sentence(start=len(text), end=len(text) + len(sentence), kind=kind))
        text += sentence + " "
    return Facts(
        article_id=article_id,
        source=source or f"{article_id}.example",
        input_id=article_id,
        title=title,
        language="en",
        published_at=START + timedelta(hours=hours) if hours is not None else None,
        published_precision="minute" if hours is not None else None,
        credits=credits,
        text=text,
        digest=article_id,
        sentences=tuple(spans),
        entities=tuple(_entities(text, people)),
        quotes=tuple(Quote(start=m.start(1), end=m.end(1), speaker=m[2]) for m in _QUOTE.finditer(text)),
        figures=tuple(_figure(m) for m in _FIGURE.finditer(text)),
        dates=tuple(_date(text, day) for day in dates),
    )


def _figure(found: re.Match[str]) -> Figure:
    words = found[1]
    return Figure(
        start=found.start(2),
        end=found.end(2),
        value=int(found[2].replace(",", "")),
        counted=found[3],
        qualifier=_QUALIFIERS.get(words, words) if words else None,
    )


def _date(text: str, day: str) -> Date:
    at = text.index(day)
    return Date(start=at, end=at + len(day), value=f"2031-05-{int(day.split()[-1]):02d}", granularity="day")


def _entities(text: str, people: Iterable[str]) -> Iterator[Entity]:
    for name in people:
        mentions = tuple(Span(start=m.start(), end=m.end()) for m in re.finditer(re.escape(name), text))
        yield Entity(name=name, kind="person" if " " in name else "place", mentions=mentions)


class MemoryState:
    """The `State` protocol over a dict; counts what is written."""

    def __init__(self) -> None:
        self.rows: dict[str, bytes] = {}
        self.writes: list[str] = []

    def get(self, key: str) -> bytes | None:
        return self.rows.get(key)

    def put(self, key: str, value: bytes | None) -> None:
        self.writes.append(key)
        if value is None:
            self.rows.pop(key, None)
        else:
            self.rows[key] = value

    def scan(self, prefix: str) -> Iterator[tuple[str, bytes]]:
        return iter([(key, self.rows[key]) for key in sorted(self.rows) if key.startswith(prefix)])


def event(data: StoryEvent) -> Event:
    """The log event that holds the data."""
    return Event(id=f"{data.story_id}-{data.version}", key=data.story_id, subject=data.story_id, data=data)


def joined(*articles: Facts, story_id: str = "s1", first: int = 1) -> list[StoryEvent]:
    """Story events that bring the articles in, one a version."""
    return [
        Opened(story_id=story_id, version=version, facts=one, at=one.published_at)
        if version == 1
        else Joined(story_id=story_id, version=version, facts=one, why=Why(score=1.0), at=one.published_at)
        for version, one in enumerate(articles, start=first)
    ]


def folded(events: Iterable[StoryEvent], view: FoldView | None = None) -> list[tuple[Update, Story]]:
    """Update and story of every version."""
    view = view or open_fold(MemoryState())
    made = []
    for data in events:
        update, story = (output.data for output in fold(view, event(data)))
        assert isinstance(update, Update)
        assert isinstance(story, Story)
        made.append((update, story))
    return made


def told(*articles: Facts) -> Story:
    """The story that the articles make together."""
    return folded(joined(*articles))[-1][1]


def pairs(story: Story) -> set[frozenset[tuple[str, int]]]:
    """Sentences that share a claim, two by two."""
    found = set()
    for claim in story.claims:
        supports = [(support.article_id, support.sentence) for support in claim.supports]
        found |= {frozenset((a, b)) for a in supports for b in supports if a != b}
    return found


def together(story: Story, one: tuple[str, int], other: tuple[str, int]) -> bool:
    """Whether the two sentences support one claim."""
    return frozenset((one, other)) in pairs(story)
