"""`publish(story) -> Story`: the story as consumers see it."""

from collections.abc import Iterable
from typing import Any

from schemas.story import Story, StoryEntity, StoryQuote, TimelineEntry
from stories.fold.copies import shown_articles
from stories.fold.quotes import named
from stories.fold.rank import all_claims
from stories.fold.state import ClaimState, StoryState
from stories.fold.summary import summary_of


def publish(story: StoryState) -> Story:
    """The full story. Lists stand in an order that depends on what is said, not on the order of arrival."""
    claims = all_claims(story)
    times = [t for m in story.members.values() if (t := m.facts.published_at) is not None]
    changes = [t for m in story.members.values() if (t := m.reported) is not None]
    return Story(
        story_id=story.story_id,
        **head(story),
        summary=summary_of(story, claims),
        claims=tuple(claim.shown for claim in claims),
        discrepancies=tuple(odds for claim in claims for odds in claim.discrepancies),
        quotes=_quotes(story),
        entities=_entities(story),
        articles=shown_articles(story),
        timeline=_timeline(claims),
        independent_sources=len({member.group for member in story.members.values()}),
        first_at=min(times, default=None),
        last_at=max(changes, default=None),
    )


def head(story: StoryState) -> dict[str, Any]:
    """The fields of the published story that are no matter of its articles."""
    return {
        "version": story.version,
        "status": story.status,
        "title": story.title,
        "language": story.language,
        "links": story.links,
        "merged_into": story.merged_into,
    }


def told_alike(one: StoryState, other: StoryState) -> bool:
    """Whether two versions of a story, published, differ in nothing but the head."""
    return (
        one.members is other.members
        and one.claims is other.claims
        and one.words is other.words
        and one.entities is other.entities
        and one.quotes is other.quotes
    )


def _quotes(story: StoryState) -> tuple[StoryQuote, ...]:
    quotes = [named(group.shown, story.entities) for group in story.quotes.groups.values()]
    return tuple(sorted(quotes, key=lambda q: (-len(q.wordings), q.wordings[0].article_id, q.wordings[0].start)))


def _entities(story: StoryState) -> tuple[StoryEntity, ...]:
    entities = (group.shown for group in story.entities.groups.values())
    return tuple(sorted(entities, key=lambda e: (-e.mentions, e.name, e.kind, e.aliases)))


def _timeline(claims: Iterable[ClaimState]) -> tuple[TimelineEntry, ...]:
    entries = (entry for claim in claims for entry in claim.timeline)
    return tuple(sorted(entries, key=lambda entry: entry.date))
