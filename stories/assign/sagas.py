"""The threads of all languages, the state that they can be rebuilt from, and where a story is put among them."""

from dataclasses import replace
from sys import intern
from typing import Any, NamedTuple

import orjson

from schemas.stage import State
from schemas.stories import Why
from stories.assign.records import Trace
from stories.assign.threads import ARTICLE_TERMS, THREAD_WEIGHTS, Thread, Threads, ThreadWeights, one_object

EVEN = 0.014
"""Score at which a link is as likely right as wrong; doubt falls as it rises. Of links between labelled stories, in the
stream and in small worlds, .50 are right at .02, .65 at .04, .88 at .065, .89 at .1 and .94 at .15."""

RIVALS = 2
"""Threads beside its own that a story may bring into one with it, by one article."""


class Link(NamedTuple):
    """The thread that a story is put into, a story of it, and what spoke for it."""

    thread: str
    other: str
    why: Why

    @property
    def strength(self) -> float:
        """How likely the two stories are of one saga, 0 to 1."""
        score = max(0.0, self.why.score)
        return round(score / (score + EVEN), 3)


class Sagas:
    """Records: `thread/` for those that go on; `united/`, for ever, from a thread to the one it went up in."""

    def __init__(self, state: State, by: ThreadWeights = THREAD_WEIGHTS) -> None:
        self._state = state
        self._by = by
        self._threads: dict[str, Threads] = {}
        for _, stored in state.scan("thread/"):
            thread = _unpacked(stored)
            self._of(thread.language).put(thread)

    def place(self, trace: Trace, at: int, thread: str | None) -> list[Link]:
        """Counts an article of a story in, and gives the threads that its story is to be linked with.

        `thread` is the one that the story is in (a story without links is its own); `None` for a story that opens.
        `at`: when the article came out, in seconds.
        """
        threads = self._of(trace.language)
        body = dict(zip(*trace.heaviest(0, ARTICLE_TERMS), strict=True))
        near = threads.near(body)
        links = []
        if thread is None and near:
            name, nearness = near[0]
            links.append(Link(name, threads.active[name].latest, nearness.why()))
        own = links[0].thread if links else self._now(thread or trace.story)
        place = threads.active.get(own) or Thread(own, trace.language, trace.story, at, at)
        self._put(place.with_article(body, at, trace.story, self._by, opens=thread is None))
        return links + self._unite(threads, own, [name for name, _ in near if name != own][:RIVALS])

    def leave(self, language: str, thread: str) -> None:
        """An article has gone; a thread without any is no more. What the article said stays in the profile."""
        place = self._of(language).active.get(self._now(thread))
        if place is None:
            return
        if place.articles > 1:
            self._put(replace(place, articles=place.articles - 1))
        else:
            self._drop(place)

    def unite(self, language: str, one: str, other: str) -> None:
        """Makes one thread of two, if both go on."""
        active = self._of(language).active
        first, second = active.get(self._now(one)), active.get(self._now(other))
        if first and second and first is not second:
            self._united(first, second)

    def tick(self, language: str, now: int) -> None:
        """Forgets the threads of a language that have been quiet for too long."""
        for thread in self._of(language).pop_quiet(now):
            self._state.put(f"thread/{thread}", None)

    def _unite(self, threads: Threads, own: str, rivals: list[str]) -> list[Link]:
        links = []
        for rival in rivals:
            one, other = threads.active[own], threads.active[rival]
            nearness = threads.between(one, other)
            if not threads.is_one(one, other, nearness):
                continue
            own = self._united(one, other)
            links.append(Link(own, other.latest, nearness.why()))
        return links

    def _united(self, one: Thread, other: Thread) -> str:
        """Puts two threads into the older one, and gives its name."""
        stays, goes = sorted((one, other), key=lambda thread: (thread.first, thread.thread))
        self._drop(goes)
        self._state.put(f"united/{goes.thread}", stays.thread.encode())
        self._put(stays.united(goes))
        return stays.thread

    def _now(self, thread: str) -> str:
        """The thread that one has become."""
        while into := self._state.get(f"united/{thread}"):
            thread = into.decode()
        return thread

    def _put(self, thread: Thread) -> None:
        self._of(thread.language).put(thread)
        self._state.put(f"thread/{thread.thread}", orjson.dumps({n: getattr(thread, n) for n in thread.__slots__}))

    def _drop(self, thread: Thread) -> None:
        self._of(thread.language).remove(thread.thread)
        self._state.put(f"thread/{thread.thread}", None)

    def _of(self, language: str) -> Threads:
        threads = self._threads.get(language)
        if threads is None:
            threads = self._threads[language] = Threads(self._by)
        return threads


def _unpacked(stored: bytes) -> Thread:
    row: dict[str, Any] = orjson.loads(stored)
    terms = {intern(term): one_object(weight) for term, weight in row["terms"].items()}
    return Thread(**{**row, "terms": terms})
