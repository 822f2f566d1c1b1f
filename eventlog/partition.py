"""Which partition a key belongs to: the same answer as Kafka's default partitioner gives."""

from functools import lru_cache

_MASK = 0xFFFFFFFF
_MULTIPLIER = 0x5BD1E995
_SEED = 0x9747B28C


def murmur2(data: bytes) -> int:
    """The 32-bit hash MurmurHash2 with Kafka's seed, unsigned (`org.apache.kafka.common.utils.Utils.murmur2`)."""
    whole = len(data) & ~3
    state = _SEED ^ len(data)
    for start in range(0, whole, 4):
        state = (state * _MULTIPLIER & _MASK) ^ _mix(int.from_bytes(data[start : start + 4], "little"))
    if whole < len(data):
        state = (state ^ int.from_bytes(data[whole:], "little")) * _MULTIPLIER & _MASK
    state = (state ^ (state >> 13)) * _MULTIPLIER & _MASK
    return state ^ (state >> 15)


def _mix(word: int) -> int:
    word = word * _MULTIPLIER & _MASK
    return (word ^ (word >> 24)) * _MULTIPLIER & _MASK


@lru_cache(maxsize=1 << 16)
def partition_of(key: bytes, partitions: int) -> int:
    """The partition, counting from 0, that Kafka's default partitioner picks for a key."""
    return (murmur2(key) & 0x7FFFFFFF) % partitions
