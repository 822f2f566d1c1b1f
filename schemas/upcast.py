"""From a payload of any past version to the newest one: one function a version step, applied on read."""

from collections.abc import Callable, Mapping
from typing import Any

from schemas.events import Kind

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: Mapping[tuple[str, int], Upcaster] = {}
"""`(name, n)` -> the step from version n to n+1. A kind of version v must have all steps from 1 to v-1."""


def upcast(
    kind: Kind, version: int, payload: dict[str, Any], steps: Mapping[tuple[str, int], Upcaster] = UPCASTERS
) -> dict[str, Any]:
    """The payload in the newest version of its kind. Raises `ValueError` for a version not known here."""
    if not 1 <= version <= kind.version:
        raise ValueError(f"{kind.name} has versions 1 to {kind.version}, not {version}")
    for step in range(version, kind.version):
        payload = steps[kind.name, step](payload)
    return payload
