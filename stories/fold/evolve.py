"""`evolve(story, event) -> story`: one event of a story makes its next version."""

from collections.abc import Iterable
from dataclasses import replace

from schemas.articles import Facts
from schemas.base import Model
from schemas.errors import Quarantine
from schemas.stories import Closed, Joined, Linked, Merged, Opened, Revised, Split, StoryEvent, Withdrawn
from stories.fold.draft import Draft
from stories.fold.join import join
from stories.fold.leave import leave
from stories.fold.revisions import former
from stories.fold.state import StoryState
from stories.fold.title import title_of


def evolve(story: StoryState | None, event: Model) -> StoryState:
    """The version that the event makes; `None` is the story before its first event.

    Raises `Quarantine` if the payload is no story event. Versions are checked by the stage, not here.
    """
    if not isinstance(event, StoryEvent):
        raise Quarantine(f"{type(event).__name__} is no event of a story")
    before = story if story is not None else StoryState(event.story_id)
    return _apply(event, replace(before, version=event.version, since=before.version, met=()))


def _apply(event: StoryEvent, story: StoryState) -> StoryState:
    match event:
        case Opened() | Joined() | Revised():
            return _settled(_with(story, (event.facts,)))
        case Withdrawn():
            return _settled(_without(story, (event.article_id,)))
        case Merged():
            return _merged(event, story)
        case Split():
            parted = _with(_without(story, event.leave), event.facts)
            return replace(_settled(parted), links=_linked(story, event.other))
        case Linked():
            return replace(story, thread_id=event.thread_id, links=_linked(story, event.other))
        case Closed():
            return replace(story, status="closed") if story.status == "active" else story
    raise Quarantine(f"{type(event).__name__} is no event that a story knows")


def _merged(event: Merged, story: StoryState) -> StoryState:
    """The story that stays takes the other's articles in; the one that goes is left without any."""
    links = _linked(story, event.other)
    if event.into is None:
        return replace(_settled(_with(story, event.facts)), links=links)
    return replace(_without(story, tuple(story.members)), status="merged", merged_into=event.into, links=links)


def _with(story: StoryState, facts: Iterable[Facts]) -> StoryState:
    """Each article sees the ones before it. One that is there already gives way to its new text."""
    for one in facts:
        without = _without(story, (one.article_id,))
        draft = Draft(without, story.version, former(story, without, one.article_id))
        join(draft, one)
        story = draft.freeze()
    return story


def _without(story: StoryState, article_ids: Iterable[str]) -> StoryState:
    for article_id in article_ids:
        if article_id in story.members:
            draft = Draft(story, story.version)
            leave(draft, article_id)
            story = draft.freeze()
    return story


def _settled(story: StoryState) -> StoryState:
    """With status, title and language as the articles make them; a story without articles keeps its last title."""
    if not story.members:
        return replace(story, status="empty", merged_into=None)
    return replace(story, status="active", merged_into=None, title=title_of(story), language=_language(story))


def _language(story: StoryState) -> str:
    counts = story.roll.languages
    return min(counts, key=lambda language: (-counts[language], language))


def _linked(story: StoryState, other: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*story.links, other)))
