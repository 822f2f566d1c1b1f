"""Articles of one story through the real clean, extract and fold, one version after the other."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import orjson

from articles.clean import clean
from articles.extract import extract
from schemas.articles import Facts, Fetched
from schemas.errors import Quarantine
from schemas.stories import Joined, Opened, StoryEvent, Why
from scrapers.rows import read_row
from stories.fold.evolve import evolve
from stories.fold.state import StoryState

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def facts_of(row: dict[str, Any]) -> Facts | None:
    """The facts of a row as `newsfold fold` reads it; `None` for one that would be quarantined."""
    try:
        return extract(clean(fetched_of(row)))
    except Quarantine:
        return None


def fetched_of(row: dict[str, Any]) -> Fetched:
    """The row as it would be fetched."""
    return read_row(orjson.dumps(row), row["id"], NOW)


def versions(story_id: str, articles: Iterable[Facts]) -> Iterator[StoryState]:
    """The story after each of its articles."""
    story: StoryState | None = None
    for number, facts in enumerate(articles, start=1):
        story = evolve(story, _event(story_id, number, facts))
        yield story


def _event(story_id: str, version: int, facts: Facts) -> StoryEvent:
    if version == 1:
        return Opened(story_id=story_id, version=1, at=facts.published_at, facts=facts)
    return Joined(story_id=story_id, version=version, at=facts.published_at, facts=facts, why=Why(score=1.0))
