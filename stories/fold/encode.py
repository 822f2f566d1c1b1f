"""Parts of a story as JSON: one that stays the same in the next version is encoded once only."""

from typing import Any

from schemas.base import Model
from stories.fold.clusters import Group


def encode(part: Model) -> bytes:
    """The part as JSON."""
    encoded: bytes = part.__pydantic_serializer__.to_json(part)
    return encoded


def remembered(group: Group[Any], part: Model) -> bytes:
    """What the group is shown as, as JSON."""
    if group.encoded is None:
        group.encoded = encode(part)
    return group.encoded
