"""Groups of parts of articles that mean one thing (entities, utterances), with an index to find a group by a key."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from schemas.story import StoryQuote
from stories.fold.orders import Order, Orders

T = TypeVar("T")
_LOOKUPS = 240
"""Entries of the index read for one entity or quote."""


class Part(NamedTuple):
    """The `number`-th entity or quote of an article."""

    article_id: str
    number: int


Parts = tuple[Part, ...]


class Shown(NamedTuple, Generic[T]):
    """How parts are shown together, and where that stands among the story's."""

    value: T
    order: tuple[Any, ...]


@dataclass(slots=True, eq=False)
class Group(Generic[T]):
    """Parts in order of arrival, and how they are shown together. Never changed."""

    parts: Parts
    shown: T
    order: tuple[Any, ...]
    encoded: bytes | None = None
    """What is shown as JSON, once that was asked for."""
    renamed: tuple[StoryQuote, bytes] | None = None
    """A quote as it was shown last under another name, and its JSON: only remembered."""


Groups = dict[str, Group[T]]
Show = Callable[[Parts, Group[T] | None], Shown[T]]
"""Shows parts together; the group holds some of them, the first ones, as they were shown in the version before."""
Index = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Clusters(Generic[T]):
    """`groups` by id; `index` from a key to the ids of groups that hold it. Neither is ever changed in place.

    `orders` are lists of the groups.
    """

    groups: Groups[T] = field(default_factory=dict)
    index: Index = field(default_factory=dict)
    orders: Orders[Group[T]] = field(default_factory=Orders)

    def ordered(self) -> Sequence[Group[T]]:
        """The groups as consumers see them: by `order`."""
        return self.orders.by(_AS_SHOWN, self.groups.values())

    def foremost(self, count: int) -> Sequence[Group[T]]:
        """The first of these."""
        return self.orders.end(_AS_SHOWN, self.groups.values(), count)


_AS_SHOWN: Order[Any] = Order(attrgetter("order"))


class ClustersDraft(Generic[T]):
    """Parts to be put in and taken out; `freeze` shows every group that changed once."""

    def __init__(self, known: Clusters[T], show: Show[T]) -> None:
        self._known = known
        self._groups = dict(known.groups)
        self._index = dict(known.index)
        self._changed: dict[str, Parts] = {}
        self._show = show

    def parts(self, group: str) -> Parts:
        """The parts of a group as they stand; none if there is no such group."""
        if group in self._changed:
            return self._changed[group]
        return self._groups[group].parts if group in self._groups else ()

    def grown(self, group: str) -> tuple[Group[T] | None, Parts]:
        """The group before, if it has only grown, and the parts that came to it."""
        if group not in self._changed:
            return self._known.groups.get(group), ()
        parts, before = self.parts(group), self._known.groups.get(group)
        if before is None or parts[: len(before.parts)] != before.parts:
            return None, parts
        return before, parts[len(before.parts) :]

    def candidates(self, keys: Iterable[str]) -> list[str]:
        """Ids of groups that hold one of the keys, those with the most keys first, then by id.

        Only so many entries of the index are read, rarest keys first: keeps the cost off the story's size.
        """
        entries = [self._index[key] for key in keys if key in self._index]
        if sum(map(len, entries)) > _LOOKUPS:
            entries = _rarest(entries)
        votes: dict[str, int] = {}
        for ids in entries:
            for found in ids:
                votes[found] = votes.get(found, 0) + 1
        return sorted(votes, key=lambda found: (-votes[found], found)) if len(votes) > 1 else list(votes)

    def add(self, group: str, part: Part, keys: Iterable[str]) -> None:
        """Puts the part into the group, which is made if there is none."""
        for key in keys:
            known = self._index.get(key, ())
            if group not in known:
                self._index[key] = tuple(sorted((*known, group))) if known else (group,)
        self._changed[group] = (*self.parts(group), part)

    def remove(self, group: str, part: Part, keys_of: Callable[[Part], Iterable[str]]) -> None:
        """Takes the part out; a group that has no part left is gone."""
        left = self._changed[group] = tuple(other for other in self.parts(group) if other != part)
        kept = {key for other in left for key in keys_of(other)}
        for key in dict.fromkeys(keys_of(part)):
            if key not in kept:
                self._drop(key, group)

    def _drop(self, key: str, group: str) -> None:
        rest = tuple(other for other in self._index.get(key, ()) if other != group)
        if rest:
            self._index[key] = rest
        else:
            self._index.pop(key, None)

    def freeze(self) -> Clusters[T]:
        """The groups with all changes; the very same clusters if there are none."""
        if not self._changed:
            return self._known
        gone = [self._groups[group] for group in self._changed if group in self._groups]
        for group, parts in self._changed.items():
            if parts:
                self._groups[group] = Group(parts, *self._show(parts, self.grown(group)[0]))
            else:
                self._groups.pop(group, None)
        come = [self._groups[group] for group in self._changed if group in self._groups]
        return Clusters(self._groups, self._index, self._known.orders.changed(gone, come))


def _rarest(entries: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    left, read = _LOOKUPS, []
    for ids in sorted(entries, key=len):
        if left > 0:
            read.append(ids[:left])
            left -= len(ids)
    return read


def gathered(placed: Iterable[tuple[str, Part, Iterable[str]]], show: Show[T]) -> Clusters[T]:
    """The clusters that adding all parts one by one would give."""
    draft: ClustersDraft[T] = ClustersDraft(Clusters(), show)
    for group, part, keys in placed:
        draft.add(group, part, keys)
    return draft.freeze()
