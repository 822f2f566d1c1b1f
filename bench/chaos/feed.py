"""A publisher in a thread: articles go on the log in small handfuls, as far as it is told."""

import random
import threading
import time
from collections.abc import Sequence

from bench.chaos.workers import LOOK_SECONDS
from eventlog.cluster import Cluster
from eventlog.kafka import KafkaLog
from samples.stream import Item
from schemas.errors import Retry
from schemas.topics import Naming
from scrapers.publish import publish

HANDFUL = 12
PATIENCE = 300.0


class Feed:
    """Publishes items up to `allowed`, and goes on when it is raised."""

    def __init__(self, address: str, naming: Naming, items: Sequence[Item], chance: random.Random) -> None:
        self._address, self._naming, self._items, self._chance = address, naming, items, chance
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._failure: BaseException | None = None
        self.allowed = 0
        self.published = 0

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def allow(self, share: float) -> None:
        """Lets so much of all through."""
        self.allowed = int(share * len(self._items))

    @property
    def behind(self) -> int:
        """How many articles it has still to publish of those that are let through."""
        return self.allowed - self.published

    def finish(self, seconds: float = PATIENCE) -> None:
        """Lets everything through and waits for the end. Raises what the publisher raised."""
        self.allowed = len(self._items)
        self._thread.join(seconds)
        if self._failure is not None:
            raise self._failure
        if self._thread.is_alive():
            raise TimeoutError(f"only {self.published} of {len(self._items)} articles were published")

    def _run(self) -> None:
        try:
            with KafkaLog(Cluster((self._address,)), patience=PATIENCE) as log:
                while self.published < len(self._items):
                    self._handful(log)
        except BaseException as failure:
            self._failure = failure

    def _handful(self, log: KafkaLog) -> None:
        end = min(self.allowed, self.published + self._chance.randint(1, HANDFUL))
        if end == self.published:
            time.sleep(LOOK_SECONDS)
            return
        try:
            publish(log, self._naming, self._items[self.published : end])
        except Retry:  # again as a whole: the same article has the same id
            return
        self.published = end
        time.sleep(self._chance.uniform(0, 0.1))
