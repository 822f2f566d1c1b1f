"""The newest updates with when they came and whose articles they rest on: what a feed is made of."""

import heapq
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from consumers.atom import LONG_AGO, Told, matters
from consumers.reading import fetch, known, newest_stories, story_of
from consumers.whole import sources_ever
from eventlog.base import EventLog
from eventlog.events import event_of, read_all
from schemas.story import Alteration, Novelty, Update
from schemas.topics import LATEST, UPDATES, Naming


class _Came(NamedTuple):
    moment: datetime
    update: Update

    @property
    def place(self) -> tuple[datetime, str, int]:
        return self.moment, self.update.story_id, self.update.version


def newest_updates(
    log: EventLog, naming: Naming, *, limit: int, min_significance: float = 0.0, story_id: str | None = None
) -> list[Told]:
    """At most so many of the updates that matter, newest first; with `story_id`, of that story only.

    Reads all updates once, and holds `limit` of them and one moment a story.
    """
    came = (own for own in _all(log, naming, story_id) if matters(own.update, min_significance))
    newest = heapq.nlargest(limit, came, key=lambda own: own.place)
    sources = _sources(log, naming, [own.update for own in newest])
    return [Told(own.update, own.moment, sources) for own in newest]


def _all(log: EventLog, naming: Naming, story_id: str | None) -> Iterator[_Came]:
    """Each version once. The moment is the record's, else the article's own; a story's never goes back."""
    reached: dict[str, tuple[int, datetime]] = {}
    for record in read_all(log, known(log, naming, UPDATES), key=story_id.encode() if story_id else None):
        event = event_of(record)
        update = event.data
        assert isinstance(update, Update), record.topic
        version, before = reached.get(update.story_id, (0, LONG_AGO))
        if update.version > version:
            moment = max(before, event.time or update.at or before)
            reached[update.story_id] = update.version, moment
            yield _Came(moment, update)


def _sources(log: EventLog, naming: Naming, updates: Sequence[Update]) -> dict[str, str]:
    """Article id -> outlet of all supports: as the stories stand now, and where one has left, by the story's events."""
    wanted = {update.story_id for update in updates}
    places = (place for story_id, place in newest_stories(log, naming).items() if story_id in wanted)
    stories = map(story_of, fetch(log, known(log, naming, LATEST), places, ahead=1))
    sources = {article.article_id: article.source for story in stories for article in story.articles}
    for story_id in sorted({update.story_id for update in updates if _cited(update) - sources.keys()}):
        sources |= sources_ever(log, naming, story_id)
    return sources


def _cited(update: Update) -> set[str]:
    supports = chain.from_iterable(item.supports for item in chain[Novelty | Alteration](update.new, update.changed))
    return {support.article_id for support in supports}
