"""As many articles as are wanted, out of any input: it is taken again and again, each time as later news."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import orjson

from schemas.articles import Fetched
from schemas.events import Event
from scrapers.files import read_inputs
from scrapers.identity import article_id
from scrapers.ordering import ordered
from scrapers.publish import raw_event

QUIET = timedelta(days=15)
"""Between two passes: longer than an article is looked for, so that no story goes on from one to the next."""
BEGIN = datetime(2001, 1, 1, tzinfo=UTC)


class Articles:
    """Raw events, in order, no two alike; each call of `take` goes on after the last."""

    def __init__(self, found: Sequence[Fetched], at: datetime | None = None) -> None:
        """Each pass is later news than the one before, unless all are of one moment, `at`."""
        self._found = found
        self._events = map(raw_event, _again(found) if at is None else _at(found, at))

    @classmethod
    def of(cls, source: Path) -> "Articles":
        """All that `newsfold fold` would take."""
        now = datetime.now(UTC)
        return cls([item for item in ordered(read_inputs([source], now=now), now=now) if isinstance(item, Fetched)])

    @property
    def count(self) -> int:
        """Articles of one pass."""
        return len(self._found)

    @property
    def size(self) -> int:
        """Bytes of an article's body, the mean."""
        return sum(len(article.body) for article in self._found) // len(self._found)

    def afresh(self) -> "Articles":
        """The same, from the first on: what is compared has to be given the same articles."""
        return Articles(self._found)

    def at(self, moment: datetime) -> "Articles":
        """The same as news of one moment, from the first on."""
        return Articles(self._found, moment)

    def take(self, wanted: int) -> list[Event]:
        """The next ones."""
        return list(islice(self._events, wanted))


def _at(articles: Sequence[Fetched], moment: datetime) -> Iterator[Fetched]:
    for number in count():
        for article in articles:
            yield _dated(article, f"{article.input_id}~at~{number}", moment)


def _again(articles: Sequence[Fetched]) -> Iterator[Fetched]:
    dated = [article.published_at for article in articles if article.published_at]
    first = min(dated, default=BEGIN)
    span = max(dated, default=BEGIN) - first + QUIET
    for number in count():
        for article in articles:
            at = article.published_at + (BEGIN - first + number * span) if article.published_at else None
            yield _dated(article, f"{article.input_id}~{number}", at)


def _dated(article: Fetched, input_id: str, at: datetime | None) -> Fetched:
    """The article under another id and date. Rows say both in their bodies too."""
    changed: dict[str, Any] = {"input_id": input_id, "published_at": at}
    changed["article_id"] = article_id(article.source, input_id)
    if article.content_type == "application/json":
        row = orjson.loads(article.body) | {"id": input_id, "published_at": at.isoformat() if at else None}
        changed["body"] = orjson.dumps(row)
    return article.model_copy(update=changed)
