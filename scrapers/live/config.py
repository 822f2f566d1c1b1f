"""`sources.toml`: which feeds are polled, how often, and how politely."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from schemas.written import Seconds, Written, read_toml
from scrapers.identity import host_of
from scrapers.urls import origin_of


def _user_agent() -> str:
    try:
        return f"newsfold/{version('newsfold')}"
    except PackageNotFoundError:
        return "newsfold"


UserAgent = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[\x20-\x7e]+$")]


class SourceConfig(Written):
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


class SourcesConfig(Written):
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
    return read_toml(path, SourcesConfig)
