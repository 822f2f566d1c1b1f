"""Ends of orders: what is kept up step by step is what sorting all items anew would give."""

import random
from operator import itemgetter

import pytest

from stories.fold.orders import LEAST, MOST, Order, Orders

Item = tuple[int, int]
FIRST: Order[Item] = Order(itemgetter(0, 1))
LAST: Order[Item] = Order(itemgetter(0, 1), last=True)
EVEN: Order[Item] = Order(itemgetter(0, 1), lambda item: item[1] % 2 == 0)


@pytest.mark.parametrize("size", [30, MOST - 3, MOST + 40, 4 * MOST])
@pytest.mark.parametrize("shrinking", [True, False])
def test_ends_kept_up_are_those_of_all_items_sorted(size: int, shrinking: bool) -> None:
    chance = random.Random(size)
    items = {(chance.randrange(50), number) for number in range(size)}
    orders: Orders[Item] = Orders()
    for step in range(60):
        ordered = sorted(items)
        even = [item for item in ordered if item[1] % 2 == 0]
        assert orders.end(FIRST, items, 40) == ordered[:40]
        assert orders.end(LAST, items, 200) == ordered[-200:]
        assert orders.end(EVEN, items) == even[:LEAST]
        assert orders.total(EVEN, items) == len(even)
        assert orders.by(EVEN, items) == even
        gone = chance.sample(ordered, min(len(ordered), 12 if shrinking else 3))
        gone += [item for item in ordered[:6] if item not in gone]
        come = [(chance.randrange(50), size + 100 * step + number) for number in range(3 if shrinking else 12)]
        items = items.difference(gone).union(come)
        orders = orders.changed(gone, come)


def test_items_are_looked_at_only_where_too_few_of_an_end_are_known() -> None:
    items = [(number, number) for number in range(2 * MOST)]
    orders: Orders[Item] = Orders()
    assert orders.end(FIRST, items, 2) == items[:2]
    left = MOST - LEAST
    orders = orders.changed(items[:left], [])
    assert orders.end(FIRST, [], 1) == [items[left]]
    orders = orders.changed(items[left : left + 1], [])
    assert orders.end(FIRST, items[left + 1 :], 1) == [items[left + 1]]
    assert orders.end(FIRST, items[left + 1 :], LEAST) == items[left + 1 :][:LEAST]
