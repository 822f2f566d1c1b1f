"""Lines that stand in many articles of one source: what a site adds to them, though no rule knows its wording.

A line is dropped in the third article that has it, if the three tell of different things, as far as titles tell: no two
of them share a stem. And it must be foreign to the article at hand: of the stems that it consists of, little by weight
stands in the rest of the article. So a standing paragraph on what went before, which an outlet repeats in all articles
on one conflict, stays. The first two articles keep the line. Sources are never held against each other: outlets share
whole paragraphs of a wire.

What is kept is one record for each of a source's latest articles, set whole, so that a redelivered or revised article
counts once. What is read back from the state is all that decides, so a memory that is made anew decides the same.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import orjson

from articles.clean.assemble import lay_out
from articles.clean.draft import Piece
from articles.clean.lines.shape import holds_sentence
from articles.text.idf import idf
from articles.text.stems import stems
from schemas.articles import Block, Cleaned, Dropped
from schemas.stage import State

SEEN = "seen in other articles"
"""The rule's name."""
_MOST_ARTICLES = 48
"""Of each source; then the oldest record is written over."""
_MOST_SOURCES = 256
"""Held in memory; the others are read from the state when they come again."""
_EDGE = 12
"""Blocks at either end that are looked at: what a site adds stands around the article."""
_LENGTHS = range(12, 401)
"""Characters of a line that may be one."""
_LEAST_STEMS = 3
_MOST_KNOWN = 0.4
"""Share of the line's weight that may stand elsewhere in the article."""
_MOST_DAYS = 60
_MOST_COMPARED = 12
_SPEECH = re.compile(r"[\"“”«»]|\b(?:said|says|told|added|according to|wrote)\b")


class Sighting(NamedTuple):
    """One article of a source, with hashes of its lines. `number` counts the source's articles, from 0."""

    number: int
    article_id: str
    day: int | None
    title: frozenset[str]
    lines: frozenset[int]

    def encoded(self) -> bytes:
        """As it stands in the state, the same bytes for the same sighting."""
        return orjson.dumps([self.number, self.article_id, self.day, sorted(self.title), sorted(self.lines)])


@lru_cache(maxsize=1 << 9)
def _decoded(stored: bytes) -> Sighting:
    """The sighting that was stored. Memoised: whenever an input is refused, the stage reads its memory anew."""
    number, article_id, day, title, lines = orjson.loads(stored)
    return Sighting(number, article_id, day, frozenset(title), frozenset(lines))


class SeenLines:
    """The memory of one partition: the lines of the latest articles of each source that comes on it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._sources: dict[str, _Latest] = {}

    def without_seen(self, cleaned: Cleaned) -> Cleaned:
        """The article without its source's standing lines; from now on it is one of those that later ones are held to.

        An article whose only sentences would go keeps them all.
        """
        latest = self._of(cleaned.source)
        if cleaned.entries:  # each grows by the hour, and in other ways than articles do
            return cleaned
        lines = {number: _hash(words) for number, words in _edge_lines(cleaned)}
        sighting = Sighting(
            latest.number_of(cleaned.article_id),
            cleaned.article_id,
            _day(cleaned.published_at or cleaned.fetched_at),
            frozenset(stems(cleaned.title, cleaned.language)),
            frozenset(lines.values()),
        )
        often = [number for number, line in lines.items() if latest.counts.get(line, 0) > 1]
        seen = [number for number in often if latest.stands_apart(sighting, lines[number])]
        latest.take(sighting)
        self._state.put(f"{_prefix(cleaned.source)}{sighting.number % _MOST_ARTICLES:02}", sighting.encoded())
        return _without(cleaned, _foreign(cleaned, seen)) if seen else cleaned

    def _of(self, source: str) -> "_Latest":
        latest = self._sources.pop(source, None) or _Latest(self._state.scan(_prefix(source)))
        self._sources[source] = latest  # put at the end: the first is the one that has not come for longest
        if len(self._sources) > _MOST_SOURCES:
            del self._sources[next(iter(self._sources))]
        return latest


class _Latest:
    """The latest articles of one source by their place, and how many of them have each line."""

    def __init__(self, stored: Iterable[tuple[str, bytes]]) -> None:
        self._sightings: dict[int, Sighting] = {}
        self._numbers: dict[str, int] = {}
        self._next = 0
        self.counts: dict[int, int] = {}
        for _, value in stored:
            self.take(_decoded(value))

    def number_of(self, article_id: str) -> int:
        """The number that the article has, if it is known; else the next one."""
        return self._numbers.get(article_id, self._next)

    def take(self, sighting: Sighting) -> None:
        """Puts the article in, in the place of its older form or of the oldest article."""
        place = sighting.number % _MOST_ARTICLES
        if place in self._sightings:
            self._forget(self._sightings[place])
        self._sightings[place] = sighting
        self._numbers[sighting.article_id] = sighting.number
        self._next = max(self._next, sighting.number + 1)
        counts = self.counts
        for line in sighting.lines:
            counts[line] = counts.get(line, 0) + 1

    def _forget(self, sighting: Sighting) -> None:
        del self._numbers[sighting.article_id]
        counts = self.counts
        for line in sighting.lines:
            if counts[line] == 1:
                del counts[line]
            else:
                counts[line] -= 1

    def stands_apart(self, current: Sighting, line: int) -> bool:
        """Whether two earlier articles have the line, and no two of the three are on the same thing by their titles."""
        others = [
            other
            for other in self._sightings.values()
            if line in other.lines and other.article_id != current.article_id and _are_apart(current, other)
        ]
        latest = sorted(others, reverse=True)[:_MOST_COMPARED]
        return any(_are_apart(first, second) for first, second in combinations(latest, 2))


def _are_apart(first: Sighting, second: Sighting) -> bool:
    if first.day is not None and second.day is not None and abs(first.day - second.day) > _MOST_DAYS:
        return False
    return bool(first.title and second.title) and first.title.isdisjoint(second.title)


def _prefix(source: str) -> str:
    return f"lines/{len(source)}/{source}/"


def _day(moment: datetime | None) -> int | None:
    return moment.toordinal() if moment else None


def _hash(line: str) -> int:
    return int.from_bytes(hashlib.blake2b(line.encode(), digest_size=8).digest(), "big")


def _edge_lines(cleaned: Cleaned) -> Iterator[tuple[int, str]]:
    blocks = cleaned.blocks
    numbers = range(len(blocks))
    for number in numbers if len(numbers) <= 2 * _EDGE else (*numbers[:_EDGE], *numbers[-_EDGE:]):
        block = blocks[number]
        if block.kind != "table" and block.end - block.start in _LENGTHS:
            yield number, block.of(cleaned.text)


def _foreign(cleaned: Cleaned, seen: Sequence[int]) -> list[int]:
    """Those of the blocks that have nothing to do with the others."""
    rest = [block.of(cleaned.text) for number, block in enumerate(cleaned.blocks) if number not in seen]
    known = set(stems(" ".join([cleaned.title, *rest]), cleaned.language))
    return [number for number in seen if _is_foreign(cleaned.blocks[number].of(cleaned.text), known, cleaned.language)]


def _is_foreign(line: str, known: set[str], language: str) -> bool:
    words = dict.fromkeys(stem for stem in stems(line, language) if not stem[0].isdigit())
    if len(words) < _LEAST_STEMS or _SPEECH.search(line):
        return False
    weights = [(idf(word, language), word in known) for word in words]
    return sum(weight for weight, there in weights if there) <= _MOST_KNOWN * sum(weight for weight, _ in weights)


def _without(cleaned: Cleaned, dropped: Sequence[int]) -> Cleaned:
    kept = [block for number, block in enumerate(cleaned.blocks) if number not in dropped]
    if not dropped or not any(_may_be_sentence(block, cleaned.text) for block in kept):
        return cleaned
    text, blocks = lay_out([Piece(block.kind, block.of(cleaned.text)) for block in kept])
    left = [Dropped(text=cleaned.blocks[number].of(cleaned.text), rule=SEEN) for number in dropped]
    return cleaned.model_copy(update={"text": text, "blocks": blocks, "dropped": (*cleaned.dropped, *left)})


def _may_be_sentence(block: Block, text: str) -> bool:
    return block.kind not in ("heading", "table") and holds_sentence(block.of(text))


def without_lines(cleaned: Cleaned, lines: Iterable[str]) -> Cleaned:
    """The article without the blocks that are one of the lines: what the memory decided before, told again."""
    wanted = frozenset(lines)
    return _without(cleaned, [at for at, block in enumerate(cleaned.blocks) if block.of(cleaned.text) in wanted])
