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

    def __init__(self, source: Path) -> None:
        now = datetime.now(UTC)
        found = [item for item in ordered(read_inputs([source], now=now), now=now) if isinstance(item, Fetched)]
        self.count = len(found)
        self.size = sum(len(article.body) for article in found) // len(found)
        """Bytes of an article's body, the mean."""
        self._events = map(raw_event, _again(found))

    def take(self, wanted: int) -> list[Event]:
        """The next ones."""
        return list(islice(self._events, wanted))


def _again(articles: Sequence[Fetched]) -> Iterator[Fetched]:
    dated = [article.published_at for article in articles if article.published_at]
    first = min(dated, default=BEGIN)
    span = max(dated, default=BEGIN) - first + QUIET
    for number in count():
        for article in articles:
            yield _later(article, number, BEGIN - first + number * span)


def _later(article: Fetched, number: int, by: timedelta) -> Fetched:
    """The article of a pass: another id, another date. Rows say both in their bodies too."""
    input_id = f"{article.input_id}~{number}"
    at = article.published_at + by if article.published_at else None
    changed: dict[str, Any] = {"input_id": input_id, "published_at": at}
    changed["article_id"] = article_id(article.source, input_id)
    if article.content_type == "application/json":
        row = orjson.loads(article.body) | {"id": input_id, "published_at": at.isoformat() if at else None}
        changed["body"] = orjson.dumps(row)
    return article.model_copy(update=changed)
