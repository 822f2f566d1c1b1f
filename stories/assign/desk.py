"""The desk: the shelves of all languages, and the state that they can be rebuilt from at any moment."""

from collections.abc import Iterator
from typing import Any

import orjson

from schemas.stage import State
from stories.assign.records import Clock, Fate, Shape, Trace, pack
from stories.assign.sagas import Link, Sagas
from stories.assign.shelf import Shelf

CROWD = 64
"""Articles of one story that are looked for, the newest. Bounds the cost of a story that never ends."""


class Desk:
    """Active records are `clock/`, `story/` and `trace/`; `article/` and `closed/` are small and kept for ever."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._shelves: dict[str, Shelf] = {}
        self._sagas = Sagas(state)
        for language, clock in self._records("clock/"):
            self._shelves[language] = Shelf(Clock(**clock))
        for story, shape in self._records("story/"):
            self.shelf(shape["language"]).put_story(story, Shape(**shape))
        for _, trace in self._records("trace/"):
            self.shelf(trace["language"]).put_article(Trace(**trace))

    def shelf(self, language: str) -> Shelf:
        """What is active in a language."""
        return self._shelves.setdefault(language, Shelf())

    def fate(self, article: str) -> Fate | None:
        """What became of an article, or `None` if it was never seen."""
        stored = self._state.get(f"article/{article}")
        return Fate(**orjson.loads(stored)) if stored else None

    def put_fate(self, article: str, fate: Fate) -> None:
        """Stores what became of an article."""
        self._state.put(f"article/{article}", pack(fate))

    def shape(self, story: str) -> Shape:
        """What is known of a story, active or closed. Raises `KeyError` if there is none."""
        stored = self._state.get(f"story/{story}") or self._state.get(f"closed/{story}")
        if stored is None:
            raise KeyError(story)
        return Shape(**orjson.loads(stored))

    def put_story(self, story: str, shape: Shape) -> None:
        """Stores a story as it is now: a new or active one to be found, a closed one to be remembered."""
        shelf = self.shelf(shape.language)
        if shape.version > 1 and story not in shelf.stories:
            self.put_closed(story, shape)
            return
        self._state.put(f"story/{story}", pack(shape))
        shelf.put_story(story, shape)

    def put_closed(self, story: str, shape: Shape) -> None:
        """Stores a story that is over; nothing is looked for in it any more."""
        self._state.put(f"story/{story}", None)
        self._state.put(f"closed/{story}", pack(shape))

    def put_trace(self, trace: Trace) -> None:
        """Lets an article be found; the oldest of a crowded story makes room."""
        shelf = self.shelf(trace.language)
        shelf.put_article(trace)
        self._state.put(f"trace/{trace.article}", pack(trace))
        members = shelf.index.members[trace.story]
        if len(members) > CROWD:
            self.drop_trace(
                trace.language, min(members, key=lambda one: (shelf.moment(shelf.index.traces[one].at), one))
            )

    def links(self, trace: Trace, shape: Shape, *, opens: bool) -> list[Link]:
        """Counts an article into the thread of its story; the threads that this links the story with."""
        at = self.shelf(trace.language).moment(trace.at)
        return self._sagas.place(trace, at, None if opens else shape.thread or trace.story)

    def unlink(self, story: str, shape: Shape) -> None:
        """Takes an article out of the thread of its story."""
        self._sagas.leave(shape.language, shape.thread or story)

    def drop_trace(self, language: str, article: str) -> None:
        """Lets an article be found no longer."""
        self.shelf(language).index.remove(article)
        self._state.put(f"trace/{article}", None)

    def tick(self, language: str, at: int | None) -> list[tuple[str, Shape]]:
        """Moves a language's clock, forgets what has left the window, and gives the stories that are over."""
        shelf = self.shelf(language)
        if not shelf.tick(at) or not shelf.clock:
            return []
        self._state.put(f"clock/{language}", pack(shelf.clock))
        self._sagas.tick(language, shelf.clock.now)
        for article in shelf.pop_old():
            self._state.put(f"trace/{article}", None)
        return list(shelf.pop_quiet())

    def _records(self, prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for key, stored in self._state.scan(prefix):
            yield key.removeprefix(prefix), orjson.loads(stored)


def open_desk(state: State) -> Desk:
    """The desk as its state describes it."""
    return Desk(state)
