"""`publish(story) -> Story`: the story as consumers see it."""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from schemas.story import Story, TimelineEntry, remember
from stories.fold.copies import shown_article
from stories.fold.encode import encode, remembered
from stories.fold.quotes import named
from stories.fold.state import ClaimState, StoryState
from stories.fold.summary import summary_of


def publish(story: StoryState) -> Story:
    """The story in full. Lists stand in an order that depends on what is said, not on the order of arrival."""
    claims = story.ranked
    quotes = [named(group, story.entities) for group in story.quotes.ordered()]
    entities = story.entities.ordered()
    articles = [shown_article(story, article_id) for article_id in story.members]
    made = Story(
        story_id=story.story_id,
        **head(story),
        summary=summary_of(story),
        claims=tuple([claim.shown for claim in claims]),
        discrepancies=tuple([odds for claim in claims if claim.discrepancies for odds in claim.discrepancies]),
        quotes=tuple([quote for quote, _ in quotes]),
        entities=tuple([group.shown.shown for group in entities]),
        articles=tuple([article for article, _ in articles]),
        timeline=_timeline(claims),
    )
    encoded = {
        "claims": [claim.encoded for claim in claims],
        "quotes": [encoded for _, encoded in quotes],
        "entities": [remembered(group, group.shown.shown) for group in entities],
        "articles": [encoded for _, encoded in articles],
    }
    remember(made, told(made, encoded))
    return made


def told(story: Story, encoded: Mapping[str, Iterable[bytes]]) -> bytes:
    """The story's JSON from the summary to the timeline, with the parts that are many as they were encoded before."""
    fields = ("summary", "claims", "discrepancies", "quotes", "entities", "articles", "timeline")
    parts = (b",".join(encoded[f] if f in encoded else map(encode, getattr(story, f))) for f in fields)
    return b",".join([b'"%b":[%b]' % (field.encode(), part) for field, part in zip(fields, parts, strict=True)])


def head(story: StoryState) -> dict[str, Any]:
    """The fields of the published story that are no lists."""
    return {
        "version": story.version,
        "status": story.status,
        "title": story.title,
        "language": story.language,
        "links": story.links,
        "thread_id": story.thread_id or story.story_id,
        "merged_into": story.merged_into,
        "independent_sources": len(story.roll.groups),
        "first_at": story.roll.first_at,
        "last_at": story.roll.last_at,
    }


def retold(last: Story, story: StoryState) -> Story:
    """The version after `last` where the two differ in nothing but the head."""
    made = last.model_copy(update=head(story))
    known = getattr(last, "told", None)
    if known is not None:
        remember(made, known)
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
