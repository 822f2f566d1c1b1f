"""What became of every request: each counts once, under one outcome."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

Outcome = Literal["fetched", "unchanged", "not_modified", "gone", "failed", "disallowed", "away", "back"]
What = Literal["feed", "page", "log"]


class ScrapeEvent(NamedTuple):
    """One thing that the scraper did. `reason` says why it failed or was not allowed; `entries` counts new ones.

    Of the log it says when it does not answer (`away`), with the `entries` that wait for it, and when it does again
    (`back`).
    """

    at: datetime
    source: str
    what: What
    url: str
    outcome: Outcome
    reason: str | None = None
    title: str | None = None
    entries: int = 0


@dataclass
class Tally:
    """All outcomes of a run. `failures` counts the failed ones by reason."""

    feeds: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    quarantined: int = 0
    waiting: int = 0
    """Events that the log had not taken at the end: they are kept, and the next run sends them."""

    def add(self, event: ScrapeEvent) -> None:
        """Counts one request."""
        (self.feeds if event.what == "feed" else self.pages)[event.outcome] += 1
        if event.outcome == "failed":
            self.failures[event.reason or "unknown"] += 1


OnEvent = Callable[[ScrapeEvent], None]
