"""One inverted index: keys lead to places of articles, and a place is an article's time and its name in one number."""

import hashlib
from bisect import bisect_left, insort
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

_NAME_BITS = 64


def place_of(moment: int, article: str) -> int:
    """Where an article stands among all: by event time in seconds, then by a hash of its id."""
    name = hashlib.blake2b(article.encode(), digest_size=_NAME_BITS // 8).digest()
    return (moment << _NAME_BITS) + int.from_bytes(name, "big")


def first_place(moment: int) -> int:
    """The lowest place at a time, or below it."""
    return moment << _NAME_BITS


class Postings(Generic[Key]):
    """Key -> places of the articles that hold it, oldest first.

    Some articles that have left the window stay after `expire`; whoever reads the newest places of a key meets them
    last, so that what is found among the living does not depend on when the others were taken out.
    """

    def __init__(self) -> None:
        self._places: dict[Key, int | list[int]] = {}  # most keys lead to one article, and a list takes 88 bytes

    def add(self, keys: Iterable[Key], place: int) -> None:
        """Puts an article up under its keys."""
        places = self._places
        for key in keys:
            held = places.get(key)
            if held is None:
                places[key] = place
            elif isinstance(held, int):
                places[key] = [held, place] if held < place else [place, held]
            elif held[-1] < place:
                held.append(place)
            else:
                insort(held, place)

    def newest(self, keys: Iterable[Key], count: int) -> list[Sequence[int]]:
        """The newest places of each key, at most so many."""
        return [
            () if held is None else (held,) if isinstance(held, int) else held[-count:]
            for held in map(self._places.get, keys)
        ]

    def remove(self, keys: Iterable[Key], place: int) -> None:
        """Takes an article down from keys that it was put under."""
        for key in keys:
            held = self._places[key]
            if isinstance(held, int):
                del self._places[key]
            else:
                del held[bisect_left(held, place)]
                if not held:
                    del self._places[key]

    def expire(self, keys: Iterable[Key], before: int) -> None:
        """Takes down the places below one from keys; of long lists only once they are half of it.

        So a place costs the same in a list of any length, and a key whose places have all been asked about is gone.
        """
        places = self._places
        for key in keys:
            held = places.get(key)
            if held is None:
                continue
            if isinstance(held, int):
                if held < before:
                    del places[key]
                continue
            gone = bisect_left(held, before)
            if gone == len(held):
                del places[key]
            elif 2 * gone >= len(held):
                del held[:gone]
