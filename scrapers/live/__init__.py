"""The live scraper: polls feeds, fetches pages, and publishes what is new."""

from scrapers.live.config import SourceConfig, SourcesConfig, load_sources
from scrapers.live.engine import Tools, scrape
from scrapers.live.journal import Journal
from scrapers.live.outcomes import Outcome, ScrapeEvent, Tally

__all__ = [
    "Journal",
    "Outcome",
    "ScrapeEvent",
    "SourceConfig",
    "SourcesConfig",
    "Tally",
    "Tools",
    "load_sources",
    "scrape",
]
