"""One inverted index: keys lead to articles, each of which has a number and a place among all."""

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

_NAME_BITS = 64
GONE = -1 << 2 * _NAME_BITS
"""The place of an article that is no longer active: before all others, those of before 1970 too."""


def place_of(moment: int, article: str) -> int:
    """Where an article stands among all: by event time in seconds, then by a hash of its id."""
    name = hashlib.blake2b(article.encode(), digest_size=_NAME_BITS // 8).digest()
    return (moment << _NAME_BITS) + int.from_bytes(name, "big")


class Postings(Generic[Key]):
    """Key -> numbers of the articles that hold it, oldest first.

    `places`, which its owner keeps, says where each number stands, or that it is gone. Gone ones, which must have stood
    before all others, stay until they are swept out; whoever reads the newest of a key meets them last, so that what is
    found among the living does not depend on when that was.
    """

    def __init__(self, places: Sequence[int]) -> None:
        self._places = places
        self._held: dict[Key, int | array[int]] = {}  # most keys lead to one article, and an array takes 80 bytes

    def add(self, keys: Iterable[Key], number: int) -> None:
        """Puts an article up under its keys."""
        held, places = self._held, self._places
        place = places[number]
        for key in keys:
            numbers = held.get(key)
            if numbers is None:
                held[key] = number
                continue
            if isinstance(numbers, int):
                numbers = held[key] = array("I", (numbers,))
            if places[numbers[-1]] < place:
                numbers.append(number)
            else:
                numbers.insert(bisect_left(numbers, place, key=places.__getitem__), number)

    def newest(self, keys: Iterable[Key], count: int) -> list[Sequence[int]]:
        """The numbers of the newest articles of each key, at most so many."""
        return [
            () if numbers is None else (numbers,) if isinstance(numbers, int) else numbers[-count:]
            for numbers in map(self._held.get, keys)
        ]

    def remove(self, keys: Iterable[Key], number: int) -> None:
        """Takes an article down from keys that it was put under; it must not be gone yet."""
        held, places = self._held, self._places
        place = places[number]
        for key in keys:
            numbers = held[key]
            if isinstance(numbers, int) or len(numbers) == 1:
                del held[key]
            else:
                del numbers[bisect_left(numbers, place, key=places.__getitem__)]

    def sweep(self) -> None:
        """Takes down the articles that are gone. It costs as much as there are keys."""
        held, places = self._held, self._places
        for key in [
            key for key, numbers in held.items() if places[numbers if isinstance(numbers, int) else numbers[0]] == GONE
        ]:
            numbers = held[key]
            if isinstance(numbers, int) or places[numbers[-1]] == GONE:
                del held[key]
            else:
                del numbers[: bisect_left(numbers, GONE + 1, key=places.__getitem__)]
