"""The stories that the fold holds open: a cache of the stage's state, which can be dropped at any moment."""

from collections import OrderedDict
from collections.abc import Iterable

from schemas.errors import VersionGap
from schemas.events import Event
from schemas.stage import State
from schemas.stories import StoryEvent
from schemas.story import Story
from stories.fold.evolve import evolve
from stories.fold.load import load
from stories.fold.state import StoryState
from stories.fold.store import header_key, save

_SENTENCES = 15_000
"""Sentences of open stories held in memory beside those of the largest: each takes 9 to 12 kB with all that is made of
it, of wire texts and long reads alike. With less, stories of the newswire were read back only to be closed."""


class FoldView:
    """Stories by id, those used last in memory. Two views on one state behave alike, byte for byte.

    The stories beside the largest one have up to so many `sentences`, so that a story of more is not loaded again for
    each of its articles; after as many of other stories it goes as any other does.
    """

    def __init__(self, state: State, *, sentences: int = _SENTENCES) -> None:
        self._state = state
        self._capacity = sentences
        self._held = self._largest = 0
        self._open: OrderedDict[str, StoryState] = OrderedDict()
        self._shown: dict[str, Story] = {}

    def story(self, story_id: str) -> StoryState | None:
        """The story in its newest version; `None` before its first event."""
        story = self._open.pop(story_id, None)
        if story is None:
            story = load(self._state, story_id)
            self._hold(_size(story))
        if story is not None:
            self._open[story_id] = story
        return story

    def shown(self, story_id: str) -> Story | None:
        """The newest version as it was published, if that is in memory."""
        return self._shown.get(story_id)

    def keep(self, story: StoryState, shown: Story | None = None) -> None:
        """Makes this the newest version of an open story, in state and memory; `shown` is how it was published."""
        before = self._open.pop(story.story_id, None)
        save(self._state, before, story)
        self._open[story.story_id] = story
        self._hold(_size(story), instead_of=_size(before))
        self._shown.pop(story.story_id, None)
        if shown is not None:
            self._shown[story.story_id] = shown
        while self._held > self._capacity + self._largest:
            self._drop(next(iter(self._open)))

    def rebuild(self, events: Iterable[Event]) -> StoryState | None:
        """Replaces one story by what its log events make of it; gives the story, or `None` for no events.

        Raises `VersionGap` if the log itself lacks a version.
        """
        story = replayed(events)
        if story is None:
            return None
        self._forget(story.story_id)
        self.keep(story)
        return story

    def _hold(self, size: int, instead_of: int = 0) -> None:
        """Counts a story that is open from now on."""
        self._held += size - instead_of
        if size >= self._largest:
            self._largest = size
        elif instead_of == self._largest:
            self._largest = max(map(_size, self._open.values()), default=0)

    def _drop(self, story_id: str) -> None:
        """Takes a story out of memory, if it is there."""
        self._shown.pop(story_id, None)
        self._hold(0, instead_of=_size(self._open.pop(story_id, None)))

    def _forget(self, story_id: str) -> None:
        self._drop(story_id)
        for key, _ in list(self._state.scan(header_key(story_id) + "/")):
            self._state.put(key, None)
        self._state.put(header_key(story_id), None)


def _size(story: StoryState | None) -> int:
    return 1 + story.roll.sentences if story is not None else 0


def replayed(events: Iterable[Event], upto: int | None = None) -> StoryState | None:
    """The story that the events of one story make, up to and with the version; repeated events count once.

    Raises `VersionGap` if a version is missing.
    """
    story: StoryState | None = None
    for event in events:
        data = event.data
        if not isinstance(data, StoryEvent) or data.version <= (story.version if story else 0):
            continue
        if upto is not None and data.version > upto:
            break
        story = evolve(story, checked(story, data))
    return story


def checked(story: StoryState | None, event: StoryEvent) -> StoryEvent:
    """The event if it makes the version after the story's. Raises `VersionGap` if one is missing between."""
    have = story.version if story is not None else 0
    if event.version != have + 1:
        raise VersionGap(event.story_id, have, event.version)
    return event
