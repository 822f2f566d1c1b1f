"""Keeping a log small that runs for ever."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agents.inprocess import OnBatch
    from agents.partition import Batch
    from newsfold.wiring import Home

EVERY = 1000
"""Versions of stories between two tidyings: a few seconds of folding at full speed, a day of a quiet newsroom."""


class Tidying:
    """Passes every batch on, and now and then has the home remove what newer versions have replaced."""

    def __init__(self, home: "Home", hear: "OnBatch", every: int = EVERY) -> None:
        self._home, self._hear, self._every = home, hear, every
        self._versions = 0

    def __call__(self, batch: "Batch") -> None:
        """Between two batches nobody else writes, so this is the moment."""
        self._hear(batch)
        if batch.stage == "fold":
            self._versions += batch.handled
        if self._versions >= self._every:
            self._home.tidy()
            self._versions = 0
