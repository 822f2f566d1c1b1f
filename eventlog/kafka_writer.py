"""Appending: what is acknowledged is on all replicas, and what fails leaves no later record before an earlier one."""

import time
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from kafka import KafkaProducer, errors

from eventlog.base import Entry, Place
from eventlog.cluster import COMPRESSION, Cluster
from eventlog.kafka_errors import Patience, is_about_size, reason_of, too_large
from eventlog.kafka_opening import opened
from eventlog.kafka_settings import ROOM
from schemas.errors import Fatal, NewsfoldError, Retry

_BATCH_BYTES = 262_144
_LINGER_MS = 0
"""An append waits for its records anyway. Measured against 5: as many bytes, as fast in bulk, single ones 6 times."""
_LONGEST = 10**9
"""Milliseconds. The producer itself never gives a batch up: it would send the next one of the partition after it."""
_OVERHEAD = 1_024
"""Bytes of a batch of one record beyond its key, value and headers, generously."""
_LOST_TOUCH = (errors.IllegalStateError, errors.OutOfOrderSequenceNumberError, ValueError)
"""Another append has given up the producer, or what it knows of the brokers is no longer so."""
_LEAVING = 5.0
"""Seconds that the producer's thread is given to end."""


class Writer:
    """One idempotent producer, opened when it is needed; any number of threads may append."""

    def __init__(self, cluster: Cluster, record_limit: int, patience: Patience, limit_of: Callable[[str], int]) -> None:
        """`limit_of` gives the bytes that a batch of a topic may have."""
        self._cluster, self._record_limit, self._patience = cluster, record_limit, patience
        self._limit_of = limit_of
        self._lock = Lock()
        self._producer: KafkaProducer | None = None
        self._closed = False

    def close(self) -> None:
        """Ends the connection; twice is harmless. An append under way in another thread raises `Retry`."""
        self._closed = True
        self._abandon(self._producer)

    def append(self, entries: Sequence[Entry], partitions: Sequence[int]) -> list[Place]:
        """Writes the entries to these partitions and waits for all acknowledgements.

        Raises `RecordTooLarge` if a topic's limit is smaller than ours (others of the entries may then be written),
        `Retry` if the brokers have not taken all within the patience: of each partition's entries they then have
        the first few or none, and will get no more.
        """
        deadline = time.monotonic() + self._patience.seconds
        producer = self._patience.persist("take records", self._opened, lambda: None)
        try:
            sent = [_send(producer, entry, at) for entry, at in zip(entries, partitions, strict=True)]
            return [_place(future.get(max(0.0, deadline - time.monotonic()))) for future in sent]
        except (errors.KafkaError, ValueError) as error:
            self._abandon(producer)  # after a refusal, too, kafka-python's producer refuses all that follows
            raise self._refusal(entries, error) from error

    def _refusal(self, entries: Sequence[Entry], error: Exception) -> NewsfoldError:
        doing = f"take {len(entries)} record{'s' if len(entries) != 1 else ''}"
        if is_about_size(error):
            for entry in entries:
                limit = self._limit_of(entry.topic)
                if entry.size + _OVERHEAD > limit:
                    return too_large(entry, f"the limit of the topic is {limit:,}")
        if is_about_size(error) or isinstance(error, _LOST_TOUCH):
            return Retry(f"Kafka at {self._patience.address} did not {doing}: {reason_of(error)}")
        return self._patience.translated(doing, error)

    def _opened(self) -> KafkaProducer:
        with self._lock:
            if self._closed:
                raise Fatal("the log is closed")
            if self._producer is None:
                self._producer = opened(
                    KafkaProducer,
                    self._cluster,
                    acks="all",
                    enable_idempotence=True,
                    compression_type=COMPRESSION,
                    batch_size=_BATCH_BYTES,
                    linger_ms=_LINGER_MS,
                    max_request_size=self._record_limit + ROOM,
                    delivery_timeout_ms=_LONGEST,
                    max_block_ms=self._patience.seconds * 1000,
                    bootstrap_timeout_ms=self._patience.answer_ms,
                    metrics_enabled=False,
                )
            return self._producer

    def _abandon(self, producer: KafkaProducer | None) -> None:
        """Ends the producer at once: from here on it sends nothing."""
        with self._lock:
            if self._producer is producer:
                self._producer = None
        if producer is not None:
            # close() raises before it stops the thread if there are unsent records, so the thread comes first
            producer._sender.force_close()
            producer._sender.join(_LEAVING)
            producer.close(timeout=0)


def _place(taken: Any) -> Place:
    return Place(taken.topic, taken.partition, taken.offset)


def _send(producer: KafkaProducer, entry: Entry, partition: int) -> Any:
    return producer.send(entry.topic, entry.value, entry.key, list(entry.headers), partition)
