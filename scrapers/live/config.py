"""`sources.toml`: which feeds are polled, how often, and how politely."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from schemas.errors import UsageError
from scrapers.identity import host_of
from scrapers.urls import origin_of

_UNITS = {"": 1, "ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|)\s*")


def seconds(value: object) -> object:
    """`"5m"`, `"1.5h"`, `"2d"` or a plain number of seconds, in seconds. Raises `ValueError` for other text."""
    if not isinstance(value, str):
        return value
    match = _DURATION.fullmatch(value)
    if not match:
        raise ValueError(f"{value!r} is no duration; write for example 30s, 5m, 2h or 1d")
    return float(match[1]) * _UNITS[match[2]]


def _user_agent() -> str:
    try:
        return f"newsfold/{version('newsfold')}"
    except PackageNotFoundError:
        return "newsfold"


Seconds = Annotated[float, BeforeValidator(seconds), Field(ge=0, allow_inf_nan=False)]
UserAgent = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[\x20-\x7e]+$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceConfig(_Strict):
    """One outlet: its feeds, and how they are read. Described in docs/scraping.md."""

    feeds: tuple[str, ...] = Field(min_length=1)
    name: str | None = Field(None, min_length=1, max_length=255)
    every: Seconds = Field(300.0, gt=0)
    max_pages: int = Field(100, ge=1)
    user_agent: UserAgent | None = None
    delay: Seconds = 1.0
    recheck: Seconds = 2 * 86_400.0
    recheck_after: Seconds = 1800.0
    full_text: int = Field(1500, ge=1)

    @model_validator(mode="after")
    def _feeds_are_urls(self) -> Self:
        for feed in self.feeds:
            if origin_of(feed) is None:
                raise ValueError(f"{feed!r} is no http or https URL")
        return self

    @property
    def label(self) -> str:
        """What the source is called in reports and in the journal."""
        return self.name or host_of(self.feeds[0]) or self.feeds[0]


class SourcesConfig(_Strict):
    """All sources of one scraper, and what they share."""

    source: tuple[SourceConfig, ...] = Field(min_length=1)
    user_agent: UserAgent = Field(default_factory=_user_agent)
    timeout: Seconds = Field(60.0, gt=0)
    max_bytes: int = Field(5_000_000, ge=1)
    attempts: int = Field(3, ge=1, le=10)
    connections: int = Field(32, ge=1)

    @model_validator(mode="after")
    def _labels_differ(self) -> Self:
        labels = [source.label for source in self.source]
        doubles = sorted({label for label in labels if labels.count(label) > 1})
        if doubles:
            raise ValueError(f"two sources are called {doubles[0]!r}; give each a name of its own")
        return self

    def agent_of(self, source: SourceConfig) -> str:
        """The user agent that the source's servers are shown."""
        return source.user_agent or self.user_agent


def load_sources(path: Path) -> SourcesConfig:
    """Reads `sources.toml`. Raises `UsageError` that names what is wrong with it."""
    try:
        given: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return SourcesConfig.model_validate(given)
    except OSError as reason:
        raise UsageError(f"{path} cannot be read: {reason.strerror}") from reason
    except ValidationError as reason:
        raise UsageError(f"{path}: {_sentence(reason)}") from reason
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise UsageError(f"{path} is not valid TOML: {reason}") from reason


def _sentence(reason: ValidationError) -> str:
    first = reason.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    text = f"there is no setting {place!r}" if first["type"] == "extra_forbidden" else first["msg"]
    return text if first["type"] == "extra_forbidden" or not place else f"{place}: {text}"
