"""Updates on their way to open pages, as Server-Sent Events whose ids are places in the topic.

A page that was away says how far it had come, and is given what it missed: from memory, or where that does not reach
back far enough from the log. So nothing is lost between two connections. Source of the format: the HTML standard,
"Server-sent events".
"""

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple, Self

import orjson

from schemas.story import Update

REMEMBERED = 1_000
"""Updates that are kept in memory for pages that come back."""
BATCH = 200
"""Updates that are read from the log at once for a page that was away."""
_CURSOR = re.compile(r"([A-Za-z0-9_-]{1,30})/([0-9]{1,6}:[0-9]{1,18}(?:,[0-9]{1,6}:[0-9]{1,18}){0,9999})?")
_FIELDS = {"story_id", "version", "kind", "title", "summary", "significance", "at", "merged_into"}


class Cursor(NamedTuple):
    """The next offset of each partition of `stories.updates`, in one generation."""

    generation: str
    places: Mapping[int, int]

    def __str__(self) -> str:
        return f"{self.generation}/" + ",".join(f"{part}:{offset}" for part, offset in sorted(self.places.items()))

    @classmethod
    def read(cls, text: str) -> Self:
        """The cursor that was written so. Raises `ValueError` if it is none."""
        found = _CURSOR.fullmatch(text)
        if found is None:
            raise ValueError(f"{text[:80]!r} is no place in the updates")
        pairs = (pair.split(":") for pair in (found[2] or "").split(",") if pair)
        return cls(found[1], {int(part): int(offset) for part, offset in pairs})

    def after(self, told: "Told") -> Self:
        """The place behind an update."""
        return self._replace(places={**self.places, told.partition: told.offset + 1})

    def covers(self, told: "Told") -> bool:
        """Whether this update lies before the place."""
        return told.offset < self.places.get(told.partition, 0)


class Told(NamedTuple):
    """An update and where it stands."""

    partition: int
    offset: int
    update: Update


Missed = Callable[[Cursor, Cursor], Awaitable[Sequence[Told]]]
"""Reads the next updates between two places from the log; none if there are no more."""


class Live:
    """What came last, and a bell for those who wait for more. Belongs to one event loop."""

    def __init__(self, generation: str, most: int = REMEMBERED) -> None:
        self._recent: deque[Told] = deque()
        self._most = most
        self._begin = self.cursor = Cursor(generation, {})
        self._bell = asyncio.Event()
        self._started = self._closed = False

    def start(self, places: Mapping[int, int]) -> None:
        """What stands before these places is not told. Until then nobody is told anything."""
        self._begin = self.cursor = self.cursor._replace(places=dict(places))
        self._started = True
        self._ring()

    @property
    def place(self) -> Cursor | None:
        """Where what comes next will stand; `None` before the start."""
        return self.cursor if self._started else None

    def tell(self, told: Sequence[Told]) -> None:
        """Updates have come, in the order of their partitions."""
        for one in told:
            self._recent.append(one)
            self.cursor = self.cursor.after(one)
            if len(self._recent) > self._most:
                self._begin = self._begin.after(self._recent.popleft())
        self._ring()

    def close(self) -> None:
        """Ends all streams."""
        self._closed = True
        self._ring()

    async def stream(
        self, since: Cursor | None, missed: Missed, quiet: float
    ) -> AsyncIterator[tuple[Cursor, Told | None]]:
        """Updates after a place, each with the place behind it; `None` after so many quiet seconds. Ends on close.

        Without a place, or with one of another generation or beyond the end, it begins at what comes now.
        """
        while not (self._started or self._closed):
            await self._bell.wait()
        cursor = since if since is not None and self._holds(since) else self.cursor
        while not self._closed:
            bell, before = self._bell, cursor
            while self._forgotten(cursor) and (some := await missed(cursor, self.cursor)):
                for told in some:
                    cursor = cursor.after(told)
                    yield cursor, told
            for told in [one for one in self._recent if not cursor.covers(one)]:
                cursor = cursor.after(told)
                yield cursor, told
            if cursor == before and not await _rung(bell, quiet):
                yield cursor, None

    def _ring(self) -> None:
        self._bell.set()
        self._bell = asyncio.Event()

    def _forgotten(self, cursor: Cursor) -> bool:
        """Whether something after the cursor is not in memory any more."""
        return any(cursor.places.get(part, 0) < offset for part, offset in self._begin.places.items())

    def _holds(self, cursor: Cursor) -> bool:
        ends = self.cursor.places
        return cursor.generation == self.cursor.generation and all(
            offset <= ends.get(part, 0) for part, offset in cursor.places.items()
        )


async def _rung(bell: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return False
    return True


def message(cursor: Cursor, told: Told) -> bytes:
    """One event as it goes over the wire; JSON has no line breaks, so one `data` line is enough."""
    data = orjson.dumps(told.update.model_dump(mode="json", include=_FIELDS))
    return b"id: %b\nevent: update\ndata: %b\n\n" % (str(cursor).encode(), data)
