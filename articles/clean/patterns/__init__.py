"""Patterns as data: tables of alternatives in TOML files, read once at import. `%name%` stands for a named part."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from articles.clean.agencies import AGENCY
from articles.clean.moments import MONTH

_SHARED = {"agency": AGENCY, "month": MONTH}


def load(name: str) -> dict[str, Any]:
    """The table `name.toml`; its `parts` may use the shared ones and those above them."""
    table = tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
    parts = dict(_SHARED)
    for key, pattern in table.get("parts", {}).items():
        parts[key] = fill(pattern, parts)
    table["parts"] = parts
    return table


def fill(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with its parts put in."""
    for key, part in parts.items():
        pattern = pattern.replace(f"%{key}%", part)
    return pattern


def any_of(alternatives: Iterable[str], parts: Mapping[str, str], flags: int = 0) -> re.Pattern[str]:
    """One pattern that matches where one of the alternatives does."""
    return re.compile("|".join(fill(alternative, parts) for alternative in alternatives), flags)
