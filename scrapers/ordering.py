"""The one order of a batch run: by time where the input states one, the undated last."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, NamedTuple

import orjson

from articles.clean import stated_time
from schemas.articles import Fetched, Precision
from schemas.quarantine import Quarantined
from scrapers.files import Item
from scrapers.identity import digest_of
from scrapers.moments import believable

Peek = Callable[[Fetched], tuple[datetime, Precision, str] | None]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Row(NamedTuple):
    """Where an item stands in the order, and where in the spool it lies."""

    undated: bool
    at: datetime
    input_id: str
    source: str
    digest: str
    offset: int
    head: int
    body: int


def ordered(items: Iterable[Item], *, now: datetime, peek: Peek = stated_time) -> Iterator[Item]:
    """The same items by (time, input id, source, digest of the body), whatever order they come in.

    Rejected input counts as undated. `peek` gives the time that an article states itself. The items lie in a
    temporary file meanwhile: memory holds some 300 bytes for each, the disk as much as the whole input.
    """
    with tempfile.TemporaryFile(prefix="newsfold-") as spool:
        index = sorted(_spooled(items, spool, now, peek))
        for row in index:
            yield _read(row, spool)


def _spooled(items: Iterable[Item], spool: IO[bytes], now: datetime, peek: Peek) -> Iterator[_Row]:
    offset = 0
    for item in items:
        at = _time_of(item, now, peek)
        head = _head_of(item)
        spool.write(head)
        spool.write(item.body)
        digest = digest_of(item.body)
        yield _Row(at is None, at or _EPOCH, item.input_id, item.source, digest, offset, len(head), len(item.body))
        offset += len(head) + len(item.body)


def _time_of(item: Item, now: datetime, peek: Peek) -> datetime | None:
    if isinstance(item, Quarantined):
        return None
    if item.published_at:
        return item.published_at
    stated = peek(item)
    return stated[0] if stated and believable(stated[0], now) else item.fetched_at


def _head_of(item: Item) -> bytes:
    fields = item.model_dump(mode="json", exclude={"body"})
    return orjson.dumps([isinstance(item, Fetched), fields])


def _read(row: _Row, spool: IO[bytes]) -> Item:
    spool.seek(row.offset)
    is_article, fields = orjson.loads(spool.read(row.head))
    fields["body"] = spool.read(row.body)
    return Fetched.model_validate(fields) if is_article else Quarantined.model_validate(fields)
