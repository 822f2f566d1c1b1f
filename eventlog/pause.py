"""Waiting for news: short naps at first, longer ones while nothing happens."""

from collections.abc import Callable

_SHORTEST, _LONGEST = 0.002, 0.1


class Pause:
    """Counts the time slept since the last news, in seconds; it reads no clock."""

    def __init__(self, sleep: Callable[[float], None], wait: float) -> None:
        self._sleep, self._wait = sleep, wait
        self.reset()

    def reset(self) -> None:
        """There was news."""
        self._slept, self._nap = 0.0, _SHORTEST

    @property
    def over(self) -> bool:
        """Whether all of `wait` has been slept without news."""
        return self._slept >= self._wait

    def take(self) -> None:
        """Sleeps once."""
        nap = min(self._nap, self._wait - self._slept)
        self._sleep(nap)
        self._slept += nap
        self._nap = min(2 * self._nap, _LONGEST)
