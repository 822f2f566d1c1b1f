"""The outlets of the sample world and the addresses of their articles."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from samples.manuscripts import Manuscript

WORLD = Path(__file__).parent / "world.toml"


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes: `key` names the templates, `host` is the source's name."""

    key: str
    name: str
    host: str
    language: str
    path: str
    feed: str
    feed_style: str
    tagline: str
    utc_offset: int = 0

    def local(self, moment: datetime) -> datetime:
        """The moment on the outlet's own clock."""
        return moment.astimezone(timezone(timedelta(hours=self.utc_offset)))

    def article_path(self, first: Manuscript) -> str:
        """The path of an article; it follows from the first version and never changes."""
        at = first.published
        return self.path.format(
            slug=slug(first.title),
            section=slug(first.section),
            year=at.year,
            month=f"{at.month:02}",
            day=f"{at.day:02}",
        )


def slug(title: str, words: int = 9) -> str:
    """Lower-case ASCII words with hyphens."""
    plain = (
        unicodedata.normalize("NFKD", title.replace("’", "").replace("'", ""))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:words])


def read_outlets(path: Path = WORLD) -> tuple[dict[str, Outlet], tuple[datetime, ...]]:
    """The outlets by key, and the ticks as moments."""
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    outlets = {key: Outlet(key=key, **fields) for key, fields in data["outlets"].items()}
    return outlets, tuple(data["ticks"])
