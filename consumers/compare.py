"""What two generations of one log make of the same articles: the same stories to the byte, or where they differ."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from consumers.reading import known, payload, stories
from consumers.whole import held_articles
from eventlog.base import EventLog
from eventlog.events import read_all
from schemas.base import Model
from schemas.topics import UPDATES, Naming


class ChangedStory(Model):
    """A story of the same id in both generations that is not the same to the byte."""

    story_id: str
    versions: tuple[int, int]
    title: str
    articles: Literal["same", "different"]


class MovedArticle(Model):
    """An article whose story in the second generation is not the counterpart of its story in the first."""

    article_id: str
    input_id: str
    before: str | None
    after: str | None


class Regrouped(Model):
    """A story whose articles stand in several stories of the other generation."""

    story_id: str
    title: str
    others: tuple[str, ...]


class Comparison(Model):
    """Everything that differs. `generations`, `stories`, `updates` and `articles` count the first and the second."""

    verdict: Literal["identical", "different"]
    generations: tuple[str, str]
    stories: tuple[int, int]
    updates: tuple[int, int]
    articles: tuple[int, int]
    same_stories: int
    same_updates: int
    changed: tuple[ChangedStory, ...] = ()
    moved: tuple[MovedArticle, ...] = ()
    split: tuple[Regrouped, ...] = ()
    merged: tuple[Regrouped, ...] = ()
    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()
    changed_updates: tuple[str, ...] = ()
    """`STORY@VERSION` of updates that are not the same to the byte, or stand in one generation only."""


class _Seen(NamedTuple):
    version: int
    digest: bytes
    title: str
    articles: frozenset[str]


class _Generation(NamedTuple):
    stories: dict[str, _Seen]
    updates: dict[tuple[str, int], bytes]
    homes: dict[str, str]
    inputs: dict[str, str]


def compare(log: EventLog, first: Naming, second: Naming) -> Comparison:
    """Compares two generations. Holds ids and hashes in memory, no texts. Raises `UsageError` for an unknown one."""
    one, two = _read(log, first), _read(log, second)
    counterpart = _counterparts(one, two)
    changed_updates = _changed_updates(one.updates, two.updates)
    same = sum(seen == two.stories.get(story) for story, seen in one.stories.items())
    identical = same == len(one.stories) == len(two.stories) and not changed_updates
    return Comparison(
        verdict="identical" if identical else "different",
        generations=(first.generation, second.generation),
        stories=(len(one.stories), len(two.stories)),
        updates=(len(one.updates), len(two.updates)),
        articles=(len(one.homes), len(two.homes)),
        same_stories=same,
        same_updates=len(one.updates.keys() | two.updates.keys()) - len(changed_updates),
        changed=tuple(_changed(one, two)),
        moved=tuple(_moved(one, two, counterpart)),
        split=tuple(_regrouped(one, two)),
        merged=tuple(_regrouped(two, one)),
        only_first=tuple(sorted(one.stories.keys() - two.stories.keys())),
        only_second=tuple(sorted(two.stories.keys() - one.stories.keys())),
        changed_updates=tuple(f"{story}@{version}" for story, version in changed_updates),
    )


def _read(log: EventLog, naming: Naming) -> _Generation:
    found = _Generation({}, {}, {}, {})
    for record, story in stories(log, naming):
        held = held_articles(log, naming, story)
        found.stories[story.story_id] = _Seen(story.version, _digest(record.value), story.title, frozenset(held))
        if story.merged_into is None:
            found.homes.update(dict.fromkeys(held, story.story_id))
            found.inputs.update(held)
    for record in read_all(log, known(log, naming, UPDATES)):
        version = int(payload(record)["version"])
        found.updates.setdefault((record.key.decode(), version), _digest(record.value))
    return found


def _digest(value: bytes) -> bytes:
    return hashlib.sha256(value).digest()[:16]


def _counterparts(one: _Generation, two: _Generation) -> dict[str, str]:
    """Story of the first -> the one of the second with most of its articles; of equals the same id, else the least."""
    shared: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article, story in one.homes.items():
        if article in two.homes:
            shared[story][two.homes[article]] += 1
    return {
        story: min(counts, key=lambda other: (-counts[other], other != story, other))
        for story, counts in shared.items()
    }


def _changed_updates(
    one: Mapping[tuple[str, int], bytes], two: Mapping[tuple[str, int], bytes]
) -> list[tuple[str, int]]:
    return sorted(key for key in one.keys() | two.keys() if one.get(key) != two.get(key))


def _changed(one: _Generation, two: _Generation) -> Iterator[ChangedStory]:
    for story in sorted(one.stories.keys() & two.stories.keys()):
        before, after = one.stories[story], two.stories[story]
        if before != after:
            yield ChangedStory(
                story_id=story,
                versions=(before.version, after.version),
                title=after.title,
                articles="same" if before.articles == after.articles else "different",
            )


def _moved(one: _Generation, two: _Generation, counterpart: Mapping[str, str]) -> Iterator[MovedArticle]:
    inputs = {**one.inputs, **two.inputs}
    for article in sorted(one.homes.keys() | two.homes.keys()):
        before, after = one.homes.get(article), two.homes.get(article)
        if before is None or after is None or counterpart[before] != after:
            yield MovedArticle(article_id=article, input_id=inputs[article], before=before, after=after)


def _regrouped(one: _Generation, two: _Generation) -> Iterator[Regrouped]:
    others: defaultdict[str, set[str]] = defaultdict(set)
    for article, story in one.homes.items():
        if article in two.homes:
            others[story].add(two.homes[article])
    for story in sorted(_several(others)):
        yield Regrouped(story_id=story, title=one.stories[story].title, others=tuple(sorted(others[story])))


def _several(others: Mapping[str, Iterable[str]]) -> list[str]:
    return [story for story, found in others.items() if len(list(found)) > 1]
