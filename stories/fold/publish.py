"""`publish(story) -> Story`: the story as consumers see it."""

from collections.abc import Iterable

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
        version=story.version,
        status=story.status,
        title=story.title,
        language=story.language,
        summary=summary_of(story, claims),
        claims=tuple(claim.shown for claim in claims),
        discrepancies=tuple(odds for claim in claims for odds in claim.discrepancies),
        quotes=_quotes(story),
        entities=_entities(story),
        articles=shown_articles(story),
        timeline=_timeline(claims),
        independent_sources=len({member.group for member in story.members.values()}),
        links=story.links,
        merged_into=story.merged_into,
        first_at=min(times, default=None),
        last_at=max(changes, default=None),
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
