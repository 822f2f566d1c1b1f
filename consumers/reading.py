"""Reading whole topics as they stand now: decoded events, the newest record of each key, and where keys live."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson

from eventlog.base import EventLog, Record
from eventlog.events import CHUNK, event_of, read_all
from schemas.errors import UsageError
from schemas.events import KINDS
from schemas.story import Story, SummarySentence, Update
from schemas.topics import LATEST, UPDATES, Naming, Topic

if TYPE_CHECKING:
    from stories.fold import StoryState

CURRENT = frozenset(kind.full_type.encode() for kind in KINDS)
"""Event types whose payloads need no upcaster."""


def fetch(log: EventLog, topic: str, places: Iterable[tuple[int, int]], ahead: int = CHUNK) -> Iterator[Record]:
    """The records at these (partition, offset), in this order. What was cleaned up meanwhile is left out."""
    held: dict[int, dict[int, Record]] = {}
    for partition, offset in places:
        found = held.get(partition, {}).get(offset)
        if found is None:
            held[partition] = {record.offset: record for record in log.read(topic, partition, offset, ahead)}
            found = held[partition].get(offset)
        if found is not None:
            yield found


def payload_json(record: Record) -> bytes:
    """The payload as JSON in the newest version of its type. The same payload gives the same bytes."""
    if any(name == "ce_type" and value in CURRENT for name, value in record.headers):
        return record.value
    return event_of(record).data.encoded()


def payload(record: Record) -> dict[str, Any]:
    """The payload as plain values in the newest version of its type."""
    values: dict[str, Any] = orjson.loads(payload_json(record))
    return values


def generations(log: EventLog, prefix: str) -> list[str]:
    """The generations that the log holds, in the order of their names (g2 before g10)."""
    stem = LATEST.full_name(prefix, "")
    names = (name.removeprefix(stem) for name in log.topics() if name.startswith(stem))
    return sorted(names, key=lambda name: (len(name), name))


def known(log: EventLog, naming: Naming, topic: Topic) -> str:
    """The topic's full name. Raises `UsageError` that names the generations, if this one is not among them."""
    if naming.of(topic) not in log.topics():
        have = ", ".join(generations(log, naming.prefix)) or "none yet"
        raise UsageError(f"there is no generation {naming.generation!r} in this log (there are: {have})")
    return naming.of(topic)


def newest_stories(log: EventLog, naming: Naming) -> dict[str, tuple[int, int]]:
    """Story id -> (partition, offset) of its newest record, in the order of the log."""
    places: dict[str, tuple[int, int]] = {}
    for record in read_all(log, known(log, naming, LATEST)):
        places[record.key.decode()] = (record.partition, record.offset)
    return places


def stories(log: EventLog, naming: Naming) -> Iterator[tuple[Record, Story]]:
    """The newest version of every story with its record; one at a time in memory."""
    topic = known(log, naming, LATEST)
    for story_id, (partition, offset) in newest_stories(log, naming).items():
        for record in log.read(topic, partition, offset, 1, key=story_id.encode()):
            yield record, story_of(record)


def find_story(log: EventLog, naming: Naming, prefix: str) -> str:
    """The id of the one story whose id begins with the prefix. Raises `UsageError` if there is none or more."""
    ids = {record.key.decode() for record in read_all(log, known(log, naming, UPDATES))}
    if prefix in ids:
        return prefix
    fitting = sorted(own for own in ids if own.startswith(prefix)) if prefix else []
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise UsageError(f"no story's id begins with {prefix!r}; `newsfold stories` lists them")
    some = ", ".join(fitting[:3]) + (" ..." if len(fitting) > 3 else "")
    raise UsageError(f"{prefix!r} fits {len(fitting)} stories ({some}): type more of the id")


def latest_story(log: EventLog, naming: Naming, story_id: str) -> Story:
    """The newest version of the story, abridged if it is long. Raises `UsageError` if there is no such story."""
    last: Record | None = None
    for record in read_all(log, known(log, naming, LATEST), key=story_id.encode()):
        last = record
    if last is None:
        raise UsageError(f"there is no story {story_id!r}")
    return story_of(last)


def current_story(log: EventLog, naming: Naming, story_id: str) -> Story:
    """The story that goes on with a story's articles today: itself, or the one it was merged into, and so on.

    Raises `UsageError` if there is no such story.
    """
    story = latest_story(log, naming, story_id)
    while story.merged_into is not None:
        story = latest_story(log, naming, story.merged_into)
    return story


def past_story(log: EventLog, naming: Naming, story_id: str, version: int) -> Story:
    """The story as it was at that version, rebuilt from its own events. Raises `UsageError` if it never had it."""
    from consumers.whole import rebuilt, whole_story

    newest = latest_story(log, naming, story_id)
    if not 1 <= version <= newest.version:
        raise UsageError(f"story {story_id} has versions 1 to {newest.version}, not {version}")
    if version == newest.version:
        return whole_story(log, naming, newest)
    return rebuilt(log, naming, story_id, version, newest.first_at)


def story_state(log: EventLog, naming: Naming, story_id: str, version: int | None = None) -> "StoryState":
    """The story as the fold holds it, at a version (the newest without one), rebuilt from its own events.

    Raises `UsageError` if it never had the version.
    """
    from consumers.whole import story_events
    from stories.fold import replayed

    newest = latest_story(log, naming, story_id)
    wanted = newest.version if version is None else version
    if not 1 <= wanted <= newest.version:
        raise UsageError(f"story {story_id} has versions 1 to {newest.version}, not {wanted}")
    state = replayed(story_events(log, naming, story_id, wanted, newest.first_at), wanted)
    assert state is not None, "it has a version"
    return state


def summary_of_length(
    log: EventLog, naming: Naming, story_id: str, version: int, words: int
) -> tuple[SummarySentence, ...]:
    """A summary of the version of about so many words, and not more. Raises `UsageError` for no such version."""
    from stories.fold import summary_of

    state = story_state(log, naming, story_id, version)
    return summary_of(state, words)


def news_since(
    log: EventLog, naming: Naming, story_id: str, since: int, version: int, words: int | None = None
) -> tuple[SummarySentence, ...]:
    """What a reader of version `since` does not know yet of the version, each sentence with its supports.

    Raises `UsageError` if the story never had one of the versions.
    """
    from stories.fold import StoryState, news_of

    before = story_state(log, naming, story_id, since) if since else StoryState(story_id)
    return news_of(before, story_state(log, naming, story_id, version), words)


def version_at(log: EventLog, naming: Naming, story_id: str, moment: datetime) -> int:
    """The last version that was made of articles published up to the moment.

    That is the version before the first event whose article is younger. Raises `UsageError` if there is none.
    """
    version = 0
    for record in read_all(log, known(log, naming, UPDATES), key=story_id.encode()):
        update = update_of(record)
        if update.at is not None and update.at > moment:
            break
        version = max(version, update.version)
    if not version:
        raise UsageError(f"story {story_id} had not begun at {moment.isoformat()}")
    return version


def update_of(record: Record) -> Update:
    """The update that a record of `stories.updates` holds."""
    data = event_of(record).data
    assert isinstance(data, Update), record.topic
    return data


def story_of(record: Record) -> Story:
    """The story that a record of `stories.latest` holds: a long one is abridged."""
    data = event_of(record).data
    assert isinstance(data, Story), record.topic
    return data
