"""Reading: one consumer for all that is there, and one more for each reader that waits for news."""

import time
from collections.abc import Callable, Iterator, Mapping
from threading import Lock, Thread, current_thread
from typing import Any, TypeVar

from kafka import KafkaConsumer, TopicPartition, errors

from eventlog.base import Record
from eventlog.cluster import Cluster
from eventlog.kafka_ahead import Ahead, Shelf
from eventlog.kafka_errors import Patience
from eventlog.kafka_opening import opened
from schemas.errors import Fatal

_T = TypeVar("_T")
_READ_BYTES = 32 * 2**20
_UNPACKED = 2_000
"""Records that are unpacked at once at most: fewer for who asks for few, more the longer a reader looks for a key."""
_POLL = 1.0
"""Seconds: how soon a reader that waits sees that the log was closed, and one whose broker is lost looks again."""


class Reader:
    """Reads any partition at any offset without waiting; threads take turns."""

    def __init__(self, cluster: Cluster, patience: Patience) -> None:
        self._cluster, self._patience = cluster, patience
        self._lock = Lock()
        self._consumer: KafkaConsumer | None = None
        self._shelf = Shelf()
        self._closed = False

    def close(self) -> None:
        """Ends the connection; twice is harmless."""
        self._closed = True
        with self._lock:
            self._reset()

    def read(self, place: TopicPartition, offset: int, limit: int, key: bytes | None) -> list[Record]:
        """Up to `limit` records from `offset` on, of one key if it is given.

        Fewer where they are large (32 MB are enough), but never none while there is one.
        """
        return self._with_consumer(
            f"give records of {place.topic}", lambda: self._read(place, max(offset, 0), limit, key)
        )

    def ends(self, places: list[TopicPartition]) -> Mapping[int, int]:
        """Partition -> offset that the next record will get."""
        found = self._with_consumer("tell offsets", lambda: self._ends(places))
        return {place.partition: found[place] for place in places}

    def first_at(self, place: TopicPartition, timestamp: int) -> int:
        """First offset taken at that time (milliseconds since 1970) or later; the end offset if there is none."""
        since, limit = {place: max(timestamp, 0)}, self._patience.answer_ms
        found = self._with_consumer("tell offsets", lambda: self._opened().offsets_for_times(dict(since), limit))
        if found[place] is None or found[place].offset < 0:
            return self.ends([place])[place.partition]
        return int(found[place].offset)

    def follow(self, topic: str, positions: dict[int, int], wait: float) -> Iterator[Record]:
        """Records from these positions on, as they come; ends when none has come for `wait` seconds."""
        places = [TopicPartition(topic, partition) for partition in positions]
        consumer = self._patience.persist("open a connection", lambda: self._open(waits_ms=500), lambda: None)
        try:
            consumer.assign(places)
            for place in places:
                consumer.seek(place, positions[place.partition])
            consumer.end_offsets(places, self._patience.answer_ms)  # now it knows the brokers, and the clock may start
            yield from self._news(consumer, positions, wait)
        except errors.KafkaError as error:
            raise self._patience.translated(f"give records of {topic}", error) from error
        finally:
            close(consumer)

    def _news(self, consumer: KafkaConsumer, positions: dict[int, int], wait: float) -> Iterator[Record]:
        until = time.monotonic() + wait
        while not self._closed:
            left = max(0.0, until - time.monotonic())
            found = consumer.poll(timeout_ms=min(left, _POLL) * 1000)
            for taken in (one for some in found.values() for one in some):
                if taken.offset >= positions[taken.partition]:
                    yield _record(taken)
            if found:
                until = time.monotonic() + wait
            elif left == 0:
                return

    def _read(self, place: TopicPartition, offset: int, limit: int, key: bytes | None) -> list[Record]:
        ahead = self._shelf.at(place, offset)
        records: list[Record] = []
        room, asked, unpacked = _READ_BYTES, False, 4 * limit
        deadline = time.monotonic() + self._patience.seconds
        while len(records) < limit and room > 0:
            if ahead:
                taken = ahead.take()
                if key is None or key == (taken.key or b""):
                    records.append(_record(taken))
                    room -= len(records[-1].value)
            elif ahead.stop < ahead.end:
                self._fetch(place, ahead, min(unpacked, _UNPACKED), deadline)
                unpacked *= 2
            elif not asked:
                ahead.end, asked = self._ends([place])[place], True
            else:
                break
        return records

    def _fetch(self, place: TopicPartition, ahead: Ahead, unpacked: int, deadline: float) -> None:
        """One partition at a time is assigned: kafka-python 3.0.12 may forget a paused one for ever."""
        consumer = self._opened()
        if consumer.assignment() != {place}:
            consumer.assign([place])
            consumer.seek(place, ahead.stop)
        elif consumer.position(place) != ahead.stop:
            consumer.seek(place, ahead.stop)
        found = consumer.poll(timeout_ms=_POLL * 1000, max_records=unpacked).get(place, [])
        before = ahead.stop
        ahead.add(found, consumer.position(place) or 0, consumer.highwater(place) or ahead.end)
        if ahead.stop == before and time.monotonic() > deadline:
            raise errors.KafkaTimeoutError("no answer to a fetch")

    def _ends(self, places: list[TopicPartition]) -> Any:
        return self._opened().end_offsets(places, self._patience.answer_ms)

    def _with_consumer(self, doing: str, work: Callable[[], _T]) -> _T:
        with self._lock:
            return self._patience.persist(doing, work, self._reset)

    def _opened(self) -> KafkaConsumer:
        if self._consumer is None:
            self._consumer = self._open(waits_ms=1)
        return self._consumer

    def _open(self, waits_ms: int) -> KafkaConsumer:
        """A fetch at the end of a partition is answered after `waits_ms`: it holds up what is asked after it."""
        if self._closed:
            raise Fatal("the log is closed")
        return opened(
            KafkaConsumer,
            self._cluster,
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            allow_auto_create_topics=False,
            fetch_max_wait_ms=waits_ms,
            enable_incremental_fetch_sessions=False,
            retry_backoff_ms=20,
            bootstrap_timeout_ms=self._patience.answer_ms,
            metrics_enabled=False,
        )

    def _reset(self) -> None:
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            consumer.close()


def close(consumer: KafkaConsumer) -> None:
    """Closes it from any thread.

    The garbage collector may end a reader that was left in the thread of the reader's own consumer, which cannot wait
    for itself.
    """
    if current_thread() is consumer._net._io_thread:
        Thread(target=consumer.close, daemon=True).start()
    else:
        consumer.close()


def _record(taken: Any) -> Record:
    headers = tuple((name, value or b"") for name, value in taken.headers)
    return Record(
        taken.topic, taken.partition, taken.offset, taken.key or b"", taken.value or b"", headers, taken.timestamp
    )
