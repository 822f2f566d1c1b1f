"""One hook at work: from its place in the log to its receiver, in a thread of its own."""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from consumers.subscribe import Subscription
from consumers.webhooks.config import HookConfig
from consumers.webhooks.dead_letters import DeadLetters
from consumers.webhooks.delivery import Delivery, Gone, Posts, Stopped, Surroundings
from consumers.webhooks.message import message_of
from consumers.webhooks.signing import Secret
from schemas.errors import Retry
from schemas.events import Event

Say = Callable[[str], None]


class Worker:
    """Delivers batch after batch, each in this order: 1 it is taken or kept as a dead letter; 2 the place moves on.

    So a crash between the two repeats the batch, with the same ids, and nothing is lost.
    """

    def __init__(
        self,
        hook: HookConfig,
        secrets: tuple[Secret, ...],
        subscription: Subscription,
        dead: DeadLetters,
        poster: Posts,
        around: Surroundings,
        say: Say,
    ) -> None:
        self.hook, self._subscription, self.dead, self._around = hook, subscription, dead, around
        self._say = say
        self._delivery = Delivery(hook, secrets, poster, around, self._turn)
        self._at_work = threading.Lock()
        self._in_hand = 0
        self.delivered = self.given_up = 0
        self.gone = False
        self.error: Exception | None = None

    def run(self, stop: threading.Event) -> None:
        """Works until it is stopped, the subscription ends or the receiver is gone; keeps what else ends it."""
        try:
            for events in self._subscription.batches(self.hook.batch):
                with self._at_work:
                    self._handle(events)
                if stop.is_set():
                    return
        except Stopped:
            return
        except Gone as reason:
            self.gone = True
            self._say(f"{reason}: the hook has ended, its place in the log is kept")
        except Exception as reason:
            if not stop.is_set():  # else the log was closed under it
                self.error = reason

    def rest(self, seconds: float) -> bool:
        """Waits until nothing is in hand, or so long; whether nothing is."""
        free = self._at_work.acquire(timeout=seconds)
        if free:
            self._at_work.release()
        return free

    def waiting(self) -> str:
        """How many updates wait for it; a question mark if the log does not say."""
        try:
            return f"{self._subscription.behind() + self._in_hand:,}"
        except Retry:
            return "?"

    def line(self, waiting: str | None = None) -> str:
        """`desk: 120 delivered, 3 waiting, failing since 2025-03-14 16:05: HTTP 503`."""
        parts = [f"{self.delivered:,} delivered"]
        if waiting is not None:
            parts.append(f"{waiting} waiting")
        if self.given_up:
            parts.append(f"{self.given_up:,} given up")
        if self.gone:
            parts.append("ended: its receiver is gone")
        elif self._delivery.since is not None:
            parts.append(f"failing since {moment(self._delivery.since)[:16]}: {self._delivery.reason}")
        return f"{self.hook.name}: {', '.join(parts)}"

    def _handle(self, events: Sequence[Event]) -> None:
        self._in_hand = len(events)
        message = message_of(events, batched=self.hook.batch > 1)
        reason = self._delivery.deliver(message)
        if reason is None:
            self.delivered += len(events)
        else:
            self.dead.add(message.events, reason, moment(self._around.clock()))  # 1
            self.given_up += len(events)
            self._say(f"{self.hook.name}: {len(events):,} given up ({reason}), kept in {self.dead.path}")
        self._subscription.commit()  # 2
        self._in_hand = 0

    def _turn(self, reason: str | None) -> None:
        news = "its receiver takes updates again" if reason is None else f"its receiver takes nothing: {reason}"
        self._say(f"{self.hook.name}: {news}")


def moment(seconds: float) -> str:
    """`2025-03-14 16:05:31Z`."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(sep=" ", timespec="seconds").replace("+00:00", "Z")
