"""Long stories: the record on `stories.latest` is abridged, and the story's own events make the whole."""

from collections.abc import Iterator

from consumers.reading import known
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


def sources_ever(log: EventLog, naming: Naming, story_id: str) -> dict[str, str]:
    """Article id -> outlet of all articles that the story ever held."""
    events = story_events(log, naming, story_id)
    return {facts.article_id: facts.source for event in events for facts in _came(event)}


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


def story_events(log: EventLog, naming: Naming, story_id: str, version: int | None = None) -> Iterator[Event]:
    """The events of a story, up to a version if one is given, each once: a record may stand there twice."""
    last = 0
    for record in read_all(log, known(log, naming, LOG), key=story_id.encode()):
        event = event_of(record)
        if isinstance(event.data, StoryEvent) and last < event.data.version <= (version or event.data.version):
            last = event.data.version
            yield event
