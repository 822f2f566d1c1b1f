"""Groups of parts of articles that mean one thing (entities, utterances), with an index to find a group by a key."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from immutables import Map, MapMutation

T = TypeVar("T")


class Part(NamedTuple):
    """The `number`-th entity or quote of an article."""

    article_id: str
    number: int


Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Group(Generic[T]):
    """Parts in order of arrival, and how they are shown together."""

    parts: Parts
    shown: T


@dataclass(frozen=True, slots=True, eq=False)
class Clusters(Generic[T]):
    """`groups` by id; `index` from a key to the ids of groups that hold it. Neither has an order of its own."""

    groups: Map[str, Group[T]] = field(default_factory=Map)
    index: Map[str, tuple[str, ...]] = field(default_factory=Map)

    def candidates(self, keys: Iterable[str]) -> list[str]:
        """Ids of groups that hold one of the keys, those with the most keys first, then by id."""
        votes: dict[str, int] = {}
        for key in keys:
            for found in self.index.get(key, ()):
                votes[found] = votes.get(found, 0) + 1
        return sorted(votes, key=lambda found: (-votes[found], found))

    def added(self, group: str, part: Part, keys: Iterable[str], show: Callable[[Parts], T]) -> "Clusters[T]":
        """With the part in the group, which is made if there is none."""
        index = self.index.mutate()
        for key in keys:
            known = index.get(key, ())
            if group not in known:
                index[key] = tuple(sorted((*known, group)))
        there = self.groups.get(group)
        parts = (*there.parts, part) if there is not None else (part,)
        return Clusters(self.groups.set(group, Group(parts, show(parts))), index.finish())

    def removed(
        self, group: str, part: Part, keys_of: Callable[[Part], Iterable[str]], show: Callable[[Parts], T]
    ) -> "Clusters[T]":
        """Without the part; a group that has no part left is gone."""
        left = tuple(other for other in self.groups[group].parts if other != part)
        kept = {key for other in left for key in keys_of(other)}
        index = self.index.mutate()
        for key in dict.fromkeys(keys_of(part)):
            if key not in kept:
                _drop(index, key, group)
        groups = self.groups.set(group, Group(left, show(left))) if left else self.groups.delete(group)
        return Clusters(groups, index.finish())


def gathered(placed: Iterable[tuple[str, Part, Iterable[str]]], show: Callable[[Parts], T]) -> Clusters[T]:
    """The clusters that adding all parts one by one would give."""
    parts: dict[str, list[Part]] = {}
    index: dict[str, dict[str, None]] = {}
    for group, part, keys in placed:
        parts.setdefault(group, []).append(part)
        for key in keys:
            index.setdefault(key, {})[group] = None
    groups = {group: Group(tuple(found), show(tuple(found))) for group, found in parts.items()}
    return Clusters(Map(groups), Map({key: tuple(sorted(found)) for key, found in index.items()}))


def _drop(index: MapMutation[str, tuple[str, ...]], key: str, group: str) -> None:
    rest = tuple(other for other in index.get(key, ()) if other != group)
    if rest:
        index[key] = rest
    elif key in index:
        del index[key]
