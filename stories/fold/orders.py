"""Claims or groups in orders of their own: each list is made when first asked for, and kept up from then on.

Of many items only one end of each order is kept, which is all that the record of a long story shows: to keep up whole
lists cost more than all else that one more article costs a story of a thousand.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Sequence
from heapq import nlargest, nsmallest
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
_FEW = 4
"""Up to a quarter of a list it is cheaper to put items in their places than to sort all anew."""
LEAST, MOST = 256, 512
"""Items of an end that is kept. Below the least it is looked for anew, among all."""


class Order(NamedTuple, Generic[T]):
    """What items are sorted by (no two alike), which of them have a place at all, and which end of it is asked for."""

    key: Callable[[T], Any]
    has: Callable[[T], Any] | None = None
    last: bool = False

    def of(self, items: Iterable[T]) -> list[T]:
        """The items that have a place, in any order."""
        return list(items) if self.has is None else list(filter(self.has, items))


class _End(NamedTuple, Generic[T]):
    """The items of one end in order, and how many have a place."""

    items: Sequence[T]
    total: int


class Orders(Generic[T]):
    """The lists of one version. Never changed, but for a list that nobody has asked for yet."""

    __slots__ = ("_made",)

    def __init__(self, made: dict[Order[T], _End[T]] | None = None) -> None:
        self._made = made if made is not None else {}

    def by(self, order: Order[T], items: Iterable[T]) -> Sequence[T]:
        """All items in the order, of all items of this version; not to be changed."""
        end = self._made.get(order) or self._end(order, items := list(items))
        return end.items if len(end.items) == end.total else sorted(order.of(items), key=order.key)

    def end(self, order: Order[T], items: Iterable[T], count: int = LEAST) -> Sequence[T]:
        """Up to so many items of the end that the order is asked from, in the order; `items` are all of this version.

        These are only looked at where the end is not known. It has `LEAST` items at most.
        """
        found = self._end(order, items).items
        return found[-count:] if order.last else found[:count]

    def total(self, order: Order[T], items: Iterable[T]) -> int:
        """How many items have a place in the order."""
        return self._end(order, items).total

    def _end(self, order: Order[T], items: Iterable[T]) -> _End[T]:
        if order not in self._made:
            placed = order.of(items)
            if len(placed) <= MOST:
                found = sorted(placed, key=order.key)
            elif order.last:
                found = nlargest(MOST, placed, key=order.key)[::-1]
            else:
                found = nsmallest(MOST, placed, key=order.key)
            self._made[order] = _End(found, len(placed))
        return self._made[order]

    def changed(self, gone: Collection[T], come: Collection[T]) -> "Orders[T]":
        """The same lists without some items and with others."""
        made = {order: _changed(end, order, order.of(gone), order.of(come)) for order, end in self._made.items()}
        return Orders({order: end for order, end in made.items() if len(end.items) >= min(LEAST, end.total)})


def _changed(end: _End[T], order: Order[T], gone: Sequence[T], come: Sequence[T]) -> _End[T]:
    total = end.total - len(gone) + len(come)
    if len(end.items) < end.total:
        gone, come = _within(end, order, gone), _within(end, order, come)
    items = reordered(end.items, gone, come, order.key)
    if len(items) > MOST:
        items = items[-MOST:] if order.last else items[:MOST]
    return _End(items, total)


def _within(end: _End[T], order: Order[T], items: Iterable[T]) -> list[T]:
    """The items that stand where the end reaches to."""
    if order.last:
        first = order.key(end.items[0])
        return [item for item in items if order.key(item) >= first]
    last = order.key(end.items[-1])
    return [item for item in items if order.key(item) <= last]


def reordered(known: Sequence[T], gone: Collection[T], come: Collection[T], key: Callable[[T], Any]) -> Sequence[T]:
    """A list in the order of the key, without some items and with others."""
    if not gone and not come:
        return known
    if _FEW * (len(gone) + len(come)) > len(known):
        left = set(map(id, gone))
        return sorted([*(item for item in known if id(item) not in left), *come], key=key)
    made = list(known)
    for item in gone:
        del made[bisect_left(made, key(item), key=key)]
    for item in come:
        insort(made, item, key=key)
    return made
