"""Folds a live stream of news articles into versioned stories. Programs import this room and no other."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from consumers.subscribe import Subscription

__version__ = "0.1.0"
__all__ = ["__version__", "subscribe"]


def subscribe(
    home: str | Path | None = None,
    *,
    generation: str | None = None,
    group: str | None = None,
    start: Literal["beginning", "end"] | datetime = "beginning",
    min_significance: float = 0.0,
    stories: Collection[str] = (),
    kinds: Collection[str] = (),
    follow: bool = True,
    wait: float | None = None,
) -> "Subscription":
    """Every update of every story once, as an iterator: see docs/subscribing.md.

    `home` and `generation` default to the settings. `wait` is the idle time in seconds after which the iteration
    ends (never, if it is `None`); without `follow` it ends at the end of the log. Raises `UsageError` if there is no
    log or no such generation.
    """
    from consumers.subscribe import Subscription
    from newsfold.opening import open_log
    from newsfold.settings import load

    settings = load(home=home, generation=generation)
    return Subscription(
        open_log(settings.home, settings.cluster),
        settings.naming,
        group=group,
        start=start,
        min_significance=min_significance,
        stories=stories,
        kinds=kinds,
        follow=follow,
        wait=wait,
        owns_log=True,
    )
