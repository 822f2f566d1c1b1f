"""What a run did, in one line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agents.partition import Batch


class Counts:
    """Counts the batches that it hears of."""

    def __init__(self) -> None:
        self.articles = self.updates = self.quarantined = 0

    def __call__(self, batch: "Batch") -> None:
        """Counts a batch of any stage."""
        self.quarantined += batch.quarantined
        if batch.stage == "assign":
            self.articles += batch.handled
        if batch.stage == "fold":
            self.updates += batch.handled

    def line(self) -> str:
        """For example `12 articles, 14 updates, 0 quarantined`."""
        return f"{self.articles:,} articles, {self.updates:,} updates, {self.quarantined:,} quarantined"
