"""Long stories: the record on `stories.latest` is abridged, and the story's own events make the whole."""

from collections.abc import Iterator
from typing import NamedTuple

from consumers.reading import known, payload
from eventlog.base import EventLog
from eventlog.events import event_of, read_all
from schemas.articles import Facts
from schemas.events import Event
from schemas.stories import Joined, Merged, Opened, Revised, Split, StoryEvent, Withdrawn
from schemas.story import Story
from schemas.topics import LOG, Naming


def whole_story(log: EventLog, naming: Naming, story: Story) -> Story:
    """The story with nothing left out. It takes as long as its articles took to fold, if its record is abridged."""
    return story if story.totals is None else rebuilt(log, naming, story.story_id, story.version)


def rebuilt(log: EventLog, naming: Naming, story_id: str, version: int) -> Story:
    """The story as its events make it, up to the version."""
    from stories.fold import replay_story

    return replay_story(story_events(log, naming, story_id, version), version)


def held_articles(log: EventLog, naming: Naming, story: Story) -> dict[str, str]:
    """Article id -> input id of all articles of the story, in order of arrival."""
    if story.totals is None:
        return {own.article_id: own.input_id for own in story.articles}
    held: dict[str, str] = {}
    for event in story_events(log, naming, story.story_id, story.version):
        for article_id in _left(event, held):
            held.pop(article_id, None)
        held |= {facts.article_id: facts.input_id for facts in _came(event)}
    return held


def _left(event: Event, held: dict[str, str]) -> tuple[str, ...]:
    match event.data:
        case Withdrawn() as data:
            return (data.article_id,)
        case Revised() as data:
            return (data.facts.article_id,)
        case Split() as data:
            return data.leave
        case Merged() as data:
            return tuple(held) if data.into is not None else ()
    return ()


def _came(event: Event) -> tuple[Facts, ...]:
    match event.data:
        case Opened() | Joined() | Revised() as data:
            return (data.facts,)
        case Merged() | Split() as data:
            return data.facts
    return ()


def story_events(log: EventLog, naming: Naming, story_id: str, version: int) -> Iterator[Event]:
    """The events of a story up to a version, each once: a record may stand there twice."""
    last = 0
    for record in read_all(log, known(log, naming, LOG), key=story_id.encode()):
        event = event_of(record)
        if isinstance(event.data, StoryEvent) and last < event.data.version <= version:
            last = event.data.version
            yield event


class Wording(NamedTuple):
    """The text of one article as a story's events carry it, with the spans of its sentences."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def sentence(self, number: int) -> str:
        """The words of a sentence, counted from 0; nothing where there is none of that number."""
        if not 0 <= number < len(self.spans):
            return ""
        start, end = self.spans[number]
        return self.text[start:end]


def wordings(log: EventLog, naming: Naming, story_id: str, version: int) -> dict[str, Wording]:
    """Article id -> its text, of all articles that ever were in the story up to a version: the newest form of each.

    Reads the story's events as plain values, which takes a tenth of the time of decoding them.
    """
    found: dict[str, Wording] = {}
    for record in read_all(log, known(log, naming, LOG), key=story_id.encode()):
        event = payload(record)
        if event["version"] > version:
            break
        facts = event.get("facts") or []
        for own in [facts] if isinstance(facts, dict) else facts:
            spans = tuple((span["start"], span["end"]) for span in own["sentences"])
            found[own["article_id"]] = Wording(own["text"], spans)
    return found


def article_facts(log: EventLog, naming: Naming, story_id: str, article_id: str, version: int) -> Facts | None:
    """The newest facts of an article that a story's events up to a version carry; `None` if they carry none."""
    newest: Facts | None = None
    for record in read_all(log, known(log, naming, LOG), key=story_id.encode()):
        if article_id.encode() not in record.value:
            continue
        event = event_of(record)
        if isinstance(event.data, StoryEvent) and event.data.version > version:
            break
        newest = next((own for own in _came(event) if own.article_id == article_id), newest)
    return newest
