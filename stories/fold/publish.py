"""`publish(story) -> Story`: the story as consumers see it."""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any, TypeVar

from schemas.story import Story, TimelineEntry, remember
from stories.fold.clusters import Clusters, Group
from stories.fold.copies import shown_articles
from stories.fold.encode import encode
from stories.fold.quotes import named
from stories.fold.state import ClaimState, StoryState
from stories.fold.summary import summary_of

T = TypeVar("T")


def publish(story: StoryState) -> Story:
    """The full story. Lists stand in an order that depends on what is said, not on the order of arrival."""
    claims = story.ranked
    quotes = [named(group, story.entities) for group in _in_order(story.quotes)]
    entities = _in_order(story.entities)
    times = [t for m in story.members.values() if (t := m.facts.published_at) is not None]
    changes = [t for m in story.members.values() if (t := m.reported) is not None]
    made = Story(
        story_id=story.story_id,
        **head(story),
        summary=summary_of(story, claims),
        claims=tuple([claim.shown for claim in claims]),
        discrepancies=tuple([odds for claim in claims if claim.discrepancies for odds in claim.discrepancies]),
        quotes=tuple([quote for quote, _ in quotes]),
        entities=tuple([group.shown.shown for group in entities]),
        articles=shown_articles(story),
        timeline=_timeline(claims),
        independent_sources=len({member.group for member in story.members.values()}),
        first_at=min(times, default=None),
        last_at=max(changes, default=None),
    )
    encoded = {
        "claims": [claim.encoded for claim in claims],
        "quotes": [encoded for _, encoded in quotes],
        "entities": [group.encoded for group in entities],
    }
    remember(made, _told(made, encoded))
    return made


def _told(story: Story, encoded: Mapping[str, Iterable[bytes]]) -> bytes:
    """The story's JSON from the summary to the timeline, with the parts that are many as they were encoded before."""
    fields = ("summary", "claims", "discrepancies", "quotes", "entities", "articles", "timeline")
    parts = (b",".join(encoded[f] if f in encoded else map(encode, getattr(story, f))) for f in fields)
    return b",".join([b'"%b":[%b]' % (field.encode(), part) for field, part in zip(fields, parts, strict=True)])


def _in_order(clusters: Clusters[T]) -> list[Group[T]]:
    return sorted(clusters.groups.values(), key=attrgetter("order"))


def head(story: StoryState) -> dict[str, Any]:
    """The fields of the published story that are no matter of its articles."""
    return {
        "version": story.version,
        "status": story.status,
        "title": story.title,
        "language": story.language,
        "links": story.links,
        "thread_id": story.thread_id or story.story_id,
        "merged_into": story.merged_into,
    }


def retold(last: Story, story: StoryState) -> Story:
    """The version after `last` where the two differ in nothing but the head."""
    made = last.model_copy(update=head(story))
    told = getattr(last, "told", None)
    if told is not None:
        remember(made, told)
    return made


def told_alike(one: StoryState, other: StoryState) -> bool:
    """Whether two versions of a story, published, differ in nothing but the head."""
    return (
        one.members is other.members
        and one.claims is other.claims
        and one.words is other.words
        and one.entities is other.entities
        and one.quotes is other.quotes
    )


def _timeline(claims: Iterable[ClaimState]) -> tuple[TimelineEntry, ...]:
    entries = [entry for claim in claims if claim.timeline for entry in claim.timeline]
    return tuple(sorted(entries, key=attrgetter("date")))
