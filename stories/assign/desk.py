"""The desk: the shelves of all languages, and the state that they can be rebuilt from at any moment."""

import orjson

from schemas.articles import Facts
from schemas.stage import State
from stories.assign.abroad import Abroad, Foreign
from stories.assign.kept import pack_facts, unpack_facts
from stories.assign.records import Clock, Fate, Shape, Trace, pack, unpack_shape, unpack_trace
from stories.assign.sagas import Link, Sagas
from stories.assign.shelf import Shelf

CROWD = 64
"""Articles of one story that are looked for, the newest. Bounds the cost of a story that never ends."""


class Desk:
    """Active records are `clock/`, `story/`, `trace/` and `facts/`; `article/` and `closed/` are small, kept for ever.

    `facts/` are on the disk only: of the articles that a second look may still move to another story.
    """

    def __init__(self, state: State, abroad: Abroad | None = None) -> None:
        self._state = state
        self._abroad = abroad
        self._shelves: dict[str, Shelf] = {}
        self._sagas = Sagas(state)
        for key, stored in state.scan("clock/"):
            self._shelves[key.removeprefix("clock/")] = Shelf(Clock(**orjson.loads(stored)))
        for key, stored in state.scan("story/"):
            shape = unpack_shape(stored)
            self.shelf(shape.language).put_story(key.removeprefix("story/"), shape)
        traces = [unpack_trace(stored) for _, stored in state.scan("trace/")]
        for trace in sorted(traces, key=lambda one: one.at or 0):  # oldest first is what the index takes fastest
            self.shelf(trace.language).put_article(trace)

    def shelf(self, language: str) -> Shelf:
        """What is active in a language."""
        shelf = self._shelves.get(language)
        if shelf is None:
            shelf = self._shelves[language] = Shelf()
        return shelf

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
        return unpack_shape(stored)

    def home(self, story: str) -> tuple[str, Shape]:
        """The story that a story is today, through whatever it was merged into. Raises `KeyError` if there is none."""
        shape = self.shape(story)
        while shape.into is not None:
            story, shape = shape.into, self.shape(shape.into)
        return story, shape

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
        self.shelf(shape.language).stories.pop(story, None)
        self._state.put(f"story/{story}", None)
        self._state.put(f"closed/{story}", pack(shape._replace(rivals=())))

    def put_trace(self, trace: Trace, facts: bytes) -> None:
        """Lets an article be found, and keeps its facts, given as JSON; the oldest of a crowded story makes room."""
        shelf = self.shelf(trace.language)
        shelf.put_article(trace)
        self._state.put(f"trace/{trace.article}", pack(trace))
        self._state.put(f"facts/{trace.article}", pack_facts(facts) if shelf.is_fresh(trace) else None)
        self._make_room(shelf, trace.story)

    def move(self, trace: Trace, story: str) -> None:
        """Lets an article be found in another story from now on."""
        shelf = self.shelf(trace.language)
        shelf.index.move(trace, story)
        self._state.put(f"trace/{trace.article}", pack(trace))
        self._make_room(shelf, story)

    def links(self, trace: Trace, shape: Shape, *, opens: bool) -> list[Link]:
        """Counts an article into the thread of its story; the threads that this links the story with."""
        at = self.shelf(trace.language).moment(trace.at)
        return self._sagas.place(trace, at, None if opens else shape.thread or trace.story)

    def foreign(self, trace: Trace) -> Foreign | None:
        """A story of another language on the same event, if the desk was opened with somebody who finds such."""
        return self._abroad.find(self._shelves, trace) if self._abroad else None

    def unlink(self, story: str, shape: Shape) -> None:
        """Takes an article out of the thread of its story."""
        self._sagas.leave(shape.language, shape.thread or story)

    def unite(self, one: str, other: str) -> None:
        """Two stories have become one, and so have their threads."""
        shapes = self.shape(one), self.shape(other)
        self._sagas.unite(shapes[0].language, shapes[0].thread or one, shapes[1].thread or other)

    def drop_trace(self, language: str, article: str) -> None:
        """Lets an article be found no longer."""
        self.shelf(language).index.remove(article)
        for kind in ("trace", "facts"):
            self._state.put(f"{kind}/{article}", None)

    def facts(self, article: str) -> Facts:
        """The facts of an active article that is young enough to be moved. Raises `KeyError` for any other."""
        stored = self._state.get(f"facts/{article}")
        if stored is None:
            raise KeyError(article)
        return unpack_facts(stored)

    def tick(self, language: str, at: int | None) -> list[tuple[str, Shape]]:
        """Moves a language's clock, forgets what has left the window, and gives the stories that are over."""
        shelf = self.shelf(language)
        if not shelf.tick(at) or not shelf.clock:
            return []
        self.put_clock(language, shelf.clock)
        self._sagas.tick(language, shelf.clock.now)
        for article in shelf.pop_aged():
            self._state.put(f"facts/{article}", None)
        for article in shelf.pop_old():
            self._state.put(f"trace/{article}", None)
        return list(shelf.pop_quiet())

    def put_clock(self, language: str, clock: Clock) -> None:
        """Stores where a language's clock stands."""
        self._state.put(f"clock/{language}", pack(clock))

    def _make_room(self, shelf: Shelf, story: str) -> None:
        members = [shelf.index.traces[article] for article in shelf.index.members[story]]
        if len(members) > CROWD:
            oldest = min(members, key=lambda one: (shelf.moment(one.at), one.article))
            self.drop_trace(oldest.language, oldest.article)


def open_desk(state: State, abroad: Abroad | None = None) -> Desk:
    """The desk as its state describes it; with `abroad`, new stories are linked with those of other languages."""
    return Desk(state, abroad)
