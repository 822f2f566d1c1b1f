"""What went wrong with a broker, in Newsfold's words, and how long it is tried again."""

import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from kafka import errors

from eventlog.base import Entry
from schemas.errors import Fatal, NewsfoldError, RecordTooLarge, Retry, UsageError

_T = TypeVar("_T")
_REFUSALS = (errors.AuthorizationError, errors.SaslAuthenticationFailedError)
_TOO_LARGE = (errors.MessageSizeTooLargeError, errors.RecordListTooLargeError)
_ANSWER = 8.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 1.0


class Patience(NamedTuple):
    """How long a broker is given to answer, and how it is called in what is said when it did not."""

    seconds: float
    address: str

    @property
    def answer_ms(self) -> float:
        """Milliseconds that one attempt may take."""
        return min(_ANSWER, self.seconds) * 1000

    def persist(self, doing: str, work: Callable[[], _T], reset: Callable[[], None]) -> _T:
        """Does the work, again and again while it may still succeed, with a `reset` in between.

        `doing` completes the sentence "Kafka at ... did not ...". Raises `Retry` when the time is over, and what
        `translated` makes of an error that will stay.
        """
        deadline, pause = time.monotonic() + self.seconds, _FIRST_PAUSE
        while True:
            try:
                return work()
            except errors.KafkaError as error:
                if not may_pass(error) or time.monotonic() + pause > deadline:
                    raise self.translated(doing, error) from error
                reset()
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def translated(self, doing: str, error: Exception) -> NewsfoldError:
        """The error of ours that a client's error stands for."""
        if isinstance(error, _REFUSALS):
            return UsageError(f"Kafka at {self.address} does not allow this user to {doing}: {reason_of(error)}")
        if may_pass(error):
            why = "" if isinstance(error, errors.KafkaTimeoutError) else f": {reason_of(error)}"
            return Retry(f"Kafka at {self.address} did not {doing} within {self.seconds:g} seconds{why}")
        return Fatal(f"Kafka at {self.address} cannot {doing}: {reason_of(error)}")


def may_pass(error: Exception) -> bool:
    """Whether the same attempt may work later."""
    return bool(getattr(error, "retriable", False)) or isinstance(error, errors.UnknownBrokerIdError)


def is_about_size(error: Exception) -> bool:
    """Whether the client or the broker refused a record for its size."""
    return isinstance(error, _TOO_LARGE)


def reason_of(error: Exception) -> str:
    """The error in one short line."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 200 else text[:200] + " ..."


def too_large(entry: Entry, limit: str) -> RecordTooLarge:
    """The refusal of an entry; `limit` says which limit it exceeds."""
    key, value = len(entry.key), len(entry.value)
    name = entry.key[:80].decode("utf-8", "replace")
    return RecordTooLarge(
        f"record for topic {entry.topic} with key {name!r} has {entry.size:,} bytes (key {key:,}, "
        f"value {value:,}, headers {entry.size - key - value:,}); {limit}"
    )
