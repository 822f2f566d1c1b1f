"""The facts of young articles as they lie in the state: JSON, compressed, because a merge or a split is rare."""

import zstandard

from schemas.articles import Facts

_squeeze = zstandard.ZstdCompressor(level=1)
_widen = zstandard.ZstdDecompressor()


def pack_facts(encoded: bytes) -> bytes:
    """Facts as they are stored, from their JSON."""
    return _squeeze.compress(encoded)


def unpack_facts(stored: bytes) -> Facts:
    """The facts that were packed."""
    return Facts.model_validate_json(_widen.decompress(stored))
