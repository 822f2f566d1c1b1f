"""What client libraries say on standard error: once, not ten thousand times while a broker is away."""

import logging
import time
from collections.abc import Callable

QUIET_SECONDS = 30.0


class Sparing(logging.Filter):
    """Lets each message through once in a while; messages are the same if they differ in their arguments only."""

    def __init__(self, seconds: float = QUIET_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds, self._clock = seconds, clock
        self._last: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is to be printed."""
        now, what = self._clock(), (record.name, str(record.msg))
        if now - self._last.get(what, -self._seconds) < self._seconds:
            return False
        self._last[what] = now
        return True


def be_sparing() -> None:
    """Warnings and errors of all libraries go to standard error, each kind of message once in a while."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    handler.addFilter(Sparing())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
