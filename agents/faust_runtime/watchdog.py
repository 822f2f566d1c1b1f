"""Notices when nothing moves any more: Faust is known to stall without an error.

It asks the brokers for the ends of the partitions instead of trusting what was fetched, because the fetching may be
what stands still.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

from faust.types import TP

from schemas.errors import Fatal


class Stalled(Fatal):
    """A stage has stood still for too long; the text says how."""


class Watchdog:
    """Watches one app. Time is read from `clock`, in seconds."""

    def __init__(self, name: str, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._name, self._patience, self._clock = name, patience, clock
        self._since: dict[str, tuple[object, float]] = {}

    def see(self, positions: Mapping[TP, int], ends: Mapping[TP, int]) -> None:
        """Partitions that are ours: where we stand, and where they end. Raises `Stalled`."""
        for at, position in positions.items():
            lag = ends.get(at, position) - position
            what = (
                f"{self._name} does not get past offset {position} of {at.topic}/{at.partition}, {lag} before its end"
            )
            self._note(f"{at.topic}/{at.partition}", position if lag > 0 else None, what)

    def see_loading(self, records: int | None) -> None:
        """Records of the state that have been loaded; `None` if partitions are not on the move. Raises `Stalled`."""
        self._note("loading", records, f"{self._name} cannot load its state: it stands at {records} records")

    def see_contact(self, problem: str | None) -> None:
        """What stands between us and the brokers, if anything does. Raises `Stalled`."""
        self._note("contact", problem, f"{self._name}: {problem}")

    def _note(self, what: str, state: object, problem: str) -> None:
        """`None` is well; any other state may stay the same for a while and no longer."""
        now = self._clock()
        known, since = self._since.get(what, (None, now))
        if state is None or state != known:
            since = now
        self._since[what] = (state, since)
        if now - since > self._patience:
            raise Stalled(f"{problem}; this has been so for {now - since:.0f} s")


async def look(app: Any, watchdog: Watchdog, timeout: float = 10.0) -> None:
    """Shows the watchdog how an app stands. Raises `Stalled`."""
    moving = app.rebalancing or app.tables.recovery.in_recovery
    watchdog.see_loading(app.loaded if moving else None)
    positions = app.positions()
    try:
        ends = await asyncio.wait_for(app.consumer.highwaters(*positions), timeout) if positions else {}
    except Exception as reason:  # whatever it is: no answer
        watchdog.see_contact(f"no broker tells where the partitions end ({type(reason).__name__})")
        return
    watchdog.see_contact(None if app.consumer.has_coordinator() else "the group has no coordinator")
    if not moving:
        watchdog.see(positions, ends)
