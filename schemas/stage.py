"""What a stage's pure step may touch: an event, and a keyed state that somebody else makes durable."""

from collections.abc import Iterator
from typing import Protocol


class State(Protocol):
    """The state of one stage on one partition. A value that was put is seen at once by `get` and `scan`."""

    def get(self, key: str) -> bytes | None:
        """The value under the key, or `None`."""

    def put(self, key: str, value: bytes | None) -> None:
        """Sets the value under the key; `None` removes it."""

    def scan(self, prefix: str) -> Iterator[tuple[str, bytes]]:
        """All pairs whose key begins with the prefix, in the order of the keys."""
