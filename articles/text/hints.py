"""A quick look before a slow pattern."""

from collections.abc import Callable, Iterable

from ahocorasick_rs import AhoCorasick


def has_any(text: str, hints: tuple[str, ...]) -> bool:
    """Whether one of the hints is in the text: spares most lines a pattern, which costs 15 times as much."""
    for hint in hints:  # noqa: SIM110 - a generator costs half as much again
        if hint in text:
            return True
    return False


def any_in(hints: Iterable[str]) -> Callable[[str], bool]:
    """The same for a dozen hints and more: one scan of the text for all of them (Aho and Corasick 1975)."""
    scan = AhoCorasick(sorted(set(hints))).find_matches_as_indexes
    return lambda text: bool(scan(text))
