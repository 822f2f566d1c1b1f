"""Where in a text numbers and dates may stand: one scan for all words they are made of (Aho and Corasick 1975)."""

from bisect import bisect_left
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, MatchKind


class Hints:
    """Finds where any of some words begins, within longer words too."""

    def __init__(self, words: Iterable[str]) -> None:
        self._scanner = AhoCorasick(sorted(set(words)), matchkind=MatchKind.LeftmostLongest)

    def starts(self, text: str) -> list[int]:
        """Positions in order."""
        return [start for _, start, _ in self._scanner.find_matches_as_indexes(text)]


def within(starts: list[int], start: int, end: int) -> list[int]:
    """Those of the positions that lie in `[start, end)`."""
    low = bisect_left(starts, start)
    return starts[low : bisect_left(starts, end, low)]
