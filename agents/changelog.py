"""Who may write the state of a partition, told from the changelog alone.

A worker that was paused or cut off can wake up and write to a changelog that has a new owner. Kafka's group protocol
does not stop that: nothing in it fences a producer. So the changelog itself does. Each owner first writes a claim, and
tags what it writes with the offset of its claim. Who restores the state goes by the highest claim so far: what has a
lower tag came from an owner that had lost the partition, and does not count.

Compaction may remove a claim whose owner's records are still there; they tell of it by their tag.
"""

import struct

TABLE = "state"
"""Name of the table of every stage."""
CLAIM_KEY = b"\x00owner"
_TAG = struct.Struct(">q")
TAG_SIZE = _TAG.size
UNCLAIMED = -1


def changelog_of(group: str) -> str:
    """The topic that keeps the state of a stage, by its consumer group."""
    return f"{group}-{TABLE}-changelog"


def tag_of(claim: int) -> bytes:
    """What an owner puts before its values: the offset of its claim."""
    return _TAG.pack(claim)


def claim_of(value: bytes | None) -> int:
    """The claim that a stored value was written under."""
    return int(_TAG.unpack_from(value)[0]) if value else UNCLAIMED


class Restored:
    """What of a changelog counts, record by record in its order."""

    def __init__(self, claim: int) -> None:
        """Starts from the claim that the local store is under."""
        self.claim = claim

    def accepts(self, offset: int, key: bytes, value: bytes | None) -> bool:
        """Whether the record is its owner's. A removal carries no tag: it is of a key that nobody writes again."""
        if value is None:
            return True
        claim = offset if key == CLAIM_KEY else claim_of(value)
        if claim < self.claim:
            return False
        self.claim = claim
        return key != CLAIM_KEY
