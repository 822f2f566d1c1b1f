"""Parts of a story as JSON: one that stays the same in the next version is encoded once only."""

from schemas.base import Model


def encode(part: Model) -> bytes:
    """The part as JSON."""
    encoded: bytes = part.__pydantic_serializer__.to_json(part)
    return encoded
