"""Who may write the state of a partition, told from the changelog alone.

A worker that was paused or cut off can wake up and write to a changelog that has a new owner. Kafka's group protocol
does not stop that: nothing in it fences a producer. So the changelog itself does. Each owner first writes a claim, and
tags what it writes with the offset of its claim. Who restores the state goes by the highest claim so far: what has a
lower tag came from an owner that had lost the partition, and does not count.

Compaction may remove a claim whose owner's records are still there; they tell of it by their tag.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

TABLE = "state"
"""Name of the table of every stage."""
CLAIM_KEY = b"\x00owner"
_TAG = struct.Struct(">q")
TAG_SIZE = _TAG.size
UNCLAIMED = -1
TAG_HEADER = "claim"


def changelog_of(group: str) -> str:
    """The topic that keeps the state of a stage, by its consumer group."""
    return f"{group}-{TABLE}-changelog"


def tag_of(claim: int) -> bytes:
    """What an owner puts before its values: the offset of its claim."""
    return _TAG.pack(claim)


def claim_of(value: bytes | None) -> int:
    """The claim that a stored value was written under."""
    return int(_TAG.unpack_from(value)[0]) if value else UNCLAIMED


class Change(NamedTuple):
    """A record of a changelog. What removes a key has no value, and its tag is in a header."""

    offset: int
    key: bytes
    value: bytes | None
    tag: bytes | None = None

    @property
    def claim(self) -> int:
        """The claim that it was written under; a claim is its own."""
        return self.offset if self.key == CLAIM_KEY else claim_of(self.tag if self.value is None else self.value)


def restored(changes: Iterable[Change], claim: int) -> Iterator[tuple[bytes, bytes | None]]:
    """What counts of a changelog from some offset on, in its order: keys and values; `None` removes a key.

    `claim` is the one that the local store is under; the last pair says under which one it is now.
    """
    for change in changes:
        if change.claim >= claim:
            claim = change.claim
            if change.key != CLAIM_KEY:
                yield change.key, change.value
    yield CLAIM_KEY, tag_of(claim)
