"""Claims or groups in orders of their own: each list is made when first asked for, and kept up from then on."""

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
_FEW = 4
"""Up to a quarter of a list it is cheaper to put items in their places than to sort all anew."""


class Order(NamedTuple, Generic[T]):
    """What items are sorted by, and which of them have a place at all."""

    key: Callable[[T], Any]
    has: Callable[[T], Any] | None = None

    def of(self, items: Iterable[T]) -> list[T]:
        """The items that have a place, in any order."""
        return list(items) if self.has is None else list(filter(self.has, items))


class Orders(Generic[T]):
    """The lists of one version. Never changed, but for a list that nobody has asked for yet."""

    __slots__ = ("_made",)

    def __init__(self, made: dict[Order[T], Sequence[T]] | None = None) -> None:
        self._made = made if made is not None else {}

    def by(self, order: Order[T], items: Iterable[T]) -> Sequence[T]:
        """All items of this version in the order; not to be changed."""
        if order not in self._made:
            self._made[order] = sorted(order.of(items), key=order.key)
        return self._made[order]

    def changed(self, gone: Collection[T], come: Collection[T]) -> "Orders[T]":
        """The same lists without some items and with others."""
        return Orders(
            {order: reordered(known, order.of(gone), order.of(come), order.key) for order, known in self._made.items()}
        )


def reordered(known: Sequence[T], gone: Collection[T], come: Collection[T], key: Callable[[T], Any]) -> Sequence[T]:
    """A list in the order of the key, without some items and with others."""
    if not gone and not come:
        return known
    if _FEW * (len(gone) + len(come)) > len(known):
        left = set(map(id, gone))
        return sorted([*(item for item in known if id(item) not in left), *come], key=key)
    made = list(known)
    for item in gone:
        at = bisect_left(made, key(item), key=key)
        while made[at] is not item:  # a name may stand there twice
            at += 1
        del made[at]
    for item in come:
        insort(made, item, key=key)
    return made
