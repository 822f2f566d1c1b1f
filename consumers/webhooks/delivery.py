"""Getting one message to its receiver: attempts, pauses between them, and when it is given up."""

from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from itertools import count
from typing import NamedTuple, Protocol

from consumers.webhooks.config import HookConfig
from consumers.webhooks.message import Message
from consumers.webhooks.posting import Answer
from consumers.webhooks.signing import Secret, headers
from schemas.errors import NewsfoldError, Retry

GONE = 410
LATER = frozenset({408, GONE, 425, 429})
"""Answers below 500 that say nothing against the request itself."""


class Gone(NewsfoldError):
    """The receiver wants no more: HTTP 410."""


class Stopped(NewsfoldError):
    """It was stopped before the message was taken or given up."""


class Posts(Protocol):
    """What sends a request and gives the answer; raises `Retry` if there is none."""

    def post(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Sends a body under these headers."""


class Surroundings(NamedTuple):
    """Time and chance, which tests make up."""

    clock: Callable[[], float]
    """Seconds since 1970."""
    wait: Callable[[float], bool]
    """Waits so many seconds, or until all is to end: then it is true."""
    chance: Callable[[], float]
    """From 0 to 1."""


class _Failure(NamedTuple):
    reason: str
    refused: bool = False
    """The receiver is there, and does not want this message."""
    retry_after: float = 0.0
    gone: bool = False
    """It wants no more messages at all."""


class Delivery:
    """One hook's messages, one after the other.

    `since`: when the first attempt failed after the last that did not; `None` while all is well. `tell` hears the
    reason then, and `None` when a message has been taken again.
    """

    def __init__(
        self,
        hook: HookConfig,
        secrets: tuple[Secret, ...],
        poster: Posts,
        around: Surroundings,
        tell: Callable[[str | None], None] = lambda _: None,
    ) -> None:
        self._hook, self._secrets, self._poster, self._around = hook, secrets, poster, around
        self._tell = tell
        self.since: float | None = None
        self.reason = ""
        self._away_since: float | None = None

    def deliver(self, message: Message) -> str | None:
        """Returns when the message was taken, or with the reason for which it is given up.

        A message that is refused is given up after the hook's `attempts`. One that finds nobody, or a receiver in
        trouble, is given up after that many only if the receiver has been away for all of `give_up`. Raises `Gone`
        or `Stopped`: then neither is so.
        """
        for attempt in count(1):
            failure = self._attempt(message)
            if failure is None:
                return None
            if attempt >= self._hook.attempts and (failure.refused or self._away_for() >= self._hook.give_up):
                return f"{failure.reason}, after {attempt:,} attempts"
            if self._around.wait(self._pause(attempt, failure)):
                break
        raise Stopped(f"hook {self._hook.name!r} was stopped")

    def once(self, message: Message) -> str | None:
        """One attempt: gives the reason if the message was not taken. Raises `Gone`."""
        failure = self._attempt(message)
        return failure and failure.reason

    @property
    def away(self) -> bool:
        """Whether the last attempt found nobody, or a receiver in trouble."""
        return self._away_since is not None

    def _attempt(self, message: Message) -> _Failure | None:
        now = self._around.clock()
        signed = headers(self._secrets, message.id, now, message.body)
        try:
            answer = self._poster.post({"Content-Type": message.media_type, **signed}, message.body)
        except Retry as reason:
            failure: _Failure | None = _Failure(str(reason))
        else:
            failure = self._failure(answer)
        self._note(failure, now)
        if failure is not None and failure.gone:
            raise Gone(f"the receiver of hook {self._hook.name!r} says that it is gone ({failure.reason})")
        return failure

    def _failure(self, answer: Answer) -> _Failure | None:
        status = answer.status
        if 200 <= status < 300:
            return None
        if status >= 500 or status in LATER:
            return _Failure(f"HTTP {status}", retry_after=self._asked(answer.retry_after), gone=status == GONE)
        redirect = ", and redirects are not followed" if 300 <= status < 400 else ""
        return _Failure(f"HTTP {status}{redirect}", refused=True)

    def _note(self, failure: _Failure | None, now: float) -> None:
        if failure is None or failure.refused:
            self._away_since = None
        elif self._away_since is None:
            self._away_since = now
        was_well, self.reason = self.since is None, failure.reason if failure else ""
        self.since = None if failure is None else now if self.since is None else self.since
        if was_well != (failure is None):
            self._tell(failure and failure.reason)

    def _away_for(self) -> float:
        return 0.0 if self._away_since is None else self._around.clock() - self._away_since

    def _pause(self, attempt: int, failure: _Failure) -> float:
        """Doubles each time up to a limit, and is shortened by chance by up to a half, so that hooks do not march.

        What the receiver asks for with `Retry-After` is kept to, as long as it is no longer than `give_up`.
        """
        longest = min(self._hook.longest_delay, self._hook.first_delay * 2.0 ** min(attempt - 1, 60))
        asked = min(failure.retry_after, self._hook.give_up)
        return max(longest * (1 - self._around.chance() / 2), asked)

    def _asked(self, retry_after: str | None) -> float:
        """Seconds that a `Retry-After` names (RFC 9110, 10.2.3), as a number or a date; 0 if it names none."""
        text = (retry_after or "").strip()
        if text.isdecimal() and text.isascii():
            return float(text[:12])
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return 0.0
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, aware.timestamp() - self._around.clock())
