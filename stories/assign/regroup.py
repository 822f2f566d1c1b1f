"""Merges and splits as events: each of the two stories gets one that carries what it needs."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from schemas.articles import Facts
from schemas.events import Event, derive, stable_id
from schemas.stories import Merged, Split, StoryEvent, Why
from stories.assign.desk import Desk
from stories.assign.records import Shape
from stories.assign.second_look import GROWN, NEAR, Merge, Parting, merges, parting

RIVALS = 3
"""Rivals that are remembered of a story, the newest."""


def look_again(desk: Desk, event: Event, language: str, at: datetime | None) -> Iterator[Event]:
    """Takes the second look, if it is due: the events of what was merged."""
    shelf = desk.shelf(language)
    looked = shelf.clock.looked if shelf.clock else 0
    stories = shelf.due_look()
    if shelf.clock is None or shelf.clock.looked == looked:
        return
    desk.put_clock(language, shelf.clock)
    for merge in merges(desk, shelf, stories):
        yield from _merge(desk, event, merge, at)


def part(desk: Desk, event: Event, story: str, at: datetime | None) -> list[Event]:
    """The events of a split, if the story has just grown to a size at which it is asked, and is two."""
    shape = desk.shape(story)
    if shape.articles not in GROWN:
        return []
    parted = parting(desk.shelf(shape.language), story)
    return list(_split(desk, event, parted, at)) if parted else []


def grown(shape: Shape, articles: int) -> Shape:
    """The next version of a story, with so many more articles."""
    return shape._replace(version=shape.version + 1, articles=shape.articles + articles)


def with_rivals(shape: Shape, why: Why) -> Shape:
    """With the stories that its new article nearly went to."""
    near = tuple(
        rival.story_id for rival in why.rivals if why.threshold is not None and rival.score >= NEAR * why.threshold
    )
    return shape._replace(rivals=_newest((*shape.rivals, *reversed(near))))


def made(cause: Event, data: StoryEvent) -> Event:
    """The event of a story that an article's event led to."""
    return derive(cause, data, key=data.story_id, subject=f"{data.story_id}@{data.version}")


def _newest(rivals: Sequence[str]) -> tuple[str, ...]:
    return tuple(reversed(list(dict.fromkeys(reversed(rivals)))[:RIVALS]))


def _merge(desk: Desk, event: Event, merge: Merge, at: datetime | None) -> Iterator[Event]:
    facts = _facts(desk, merge.articles)
    stays, goes = desk.shape(merge.stays), desk.shape(merge.goes)
    shelf = desk.shelf(stays.language)
    for article in merge.articles:
        desk.move(shelf.index.traces[article], merge.stays)
    gone = grown(goes, -len(facts))._replace(into=merge.stays)
    desk.unite(merge.stays, merge.goes)
    desk.put_closed(merge.goes, gone)
    kept = grown(stays, len(facts))._replace(
        last=max(shelf.moment(stays.last), shelf.moment(goes.last)),
        touched=shelf.now(),
        rivals=_newest([one for one in (*stays.rivals, *goes.rivals) if one not in (merge.stays, merge.goes)]),
    )
    desk.put_story(merge.stays, kept)
    yield made(event, Merged(story_id=merge.stays, version=kept.version, at=at, other=merge.goes, facts=facts))
    yield made(event, Merged(story_id=merge.goes, version=gone.version, at=at, other=merge.stays, into=merge.stays))


def _split(desk: Desk, event: Event, parting: Parting, at: datetime | None) -> Iterator[Event]:
    facts, shape = _facts(desk, parting.articles), desk.shape(parting.story)
    shelf = desk.shelf(shape.language)
    new = stable_id("split", parting.story, str(shape.version), *parting.articles)[:16]
    traces = [shelf.index.traces[article] for article in parting.articles]
    last = max(shelf.moment(trace.at) for trace in traces)
    desk.put_story(new, Shape(1, shape.language, last, shape.thread or parting.story, len(facts), shelf.now()))
    for trace in traces:
        desk.move(trace, new)
        if fate := desk.fate(trace.article):
            desk.put_fate(trace.article, fate._replace(story=new))
    left = grown(shape, -len(facts))
    desk.put_story(parting.story, left)
    leave = parting.articles
    yield made(event, Split(story_id=parting.story, version=left.version, at=at, other=new, leave=leave))
    yield made(event, Split(story_id=new, version=1, at=at, other=parting.story, facts=facts))


def _facts(desk: Desk, articles: Sequence[str]) -> tuple[Facts, ...]:
    """All are there: only young articles are moved, and their facts are kept."""
    return tuple(desk.facts(article) for article in articles)
