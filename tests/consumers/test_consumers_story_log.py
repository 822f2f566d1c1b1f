"""Where the events of a story are looked for on a log that cannot find them by key."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from consumers_handmade import DAY, NAMING, Maker

from consumers.story_log import article_facts, story_records, wordings
from eventlog.base import EventLog, Record
from eventlog.sqlite import MEMORY, SqliteLog

STORY = "flood0aa"


class Watched:
    """A log that notes from where on it is read."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self.starts: list[int] = []
        self.given = 0

    def read(self, topic: str, partition: int, offset: int, limit: int, *, key: bytes | None = None) -> list[Record]:
        self.starts.append(offset)
        found = list(self._log.read(topic, partition, offset, limit, key=key))
        self.given += len(found)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


@pytest.fixture
def log() -> Iterator[Watched]:
    """Twenty days of other news, a story of four, ten days of other news; the log takes each day's an hour later."""
    now = DAY
    with SqliteLog(MEMORY, clock=lambda: (now + timedelta(hours=1)).timestamp()) as own:
        maker = Maker(own, partitions=1)
        for day in range(34):
            now = DAY + timedelta(days=day)
            inside = 20 <= day < 24
            name = STORY if inside else f"other{day}"
            maker.version(maker.article(f"b{day}", day), name, day - 19 if inside else 1)
        yield Watched(own)


def versions(log: Watched, version: int, begun: datetime | None) -> list[int]:
    records = story_records(log, NAMING, STORY, version, begun)  # type: ignore[arg-type]
    return [int(record.value.partition(b'"version":')[2].partition(b",")[0]) for record in records]


def test_they_are_looked_for_from_the_day_before_it_began(log: Watched) -> None:
    assert versions(log, 4, DAY + timedelta(days=20)) == [1, 2, 3, 4]
    assert log.starts[0] == 19


def test_no_more_are_asked_for_than_there_are(log: Watched) -> None:
    records = story_records(log, NAMING, STORY, 3, DAY + timedelta(days=20))  # type: ignore[arg-type]
    assert len([next(records) for _ in range(3)]) == 3
    assert (len(log.starts), log.given) == (1, 3)


@pytest.mark.parametrize("day", [22, 30, 90])
def test_a_beginning_that_is_too_late_is_noticed(log: Watched, day: int) -> None:
    assert versions(log, 4, DAY + timedelta(days=day)) == [1, 2, 3, 4]
    assert 0 in log.starts


def test_without_one_the_whole_partition_is_read(log: Watched) -> None:
    assert versions(log, 4, None) == [1, 2, 3, 4]
    assert log.starts[0] == 0


def test_texts_up_to_a_version(log: Watched) -> None:
    found = wordings(log, NAMING, STORY, 2, DAY + timedelta(days=20))  # type: ignore[arg-type]
    assert {own: word.sentence(0) for own, word in found.items()} == {
        "b20": "Something about b20.",
        "b21": "Something about b21.",
    }
    assert (found["b20"].sentence(1), found["b20"].sentence(-1)) == ("", "")


def test_an_article_up_to_a_version(log: Watched) -> None:
    begun = DAY + timedelta(days=20)
    facts = article_facts(log, NAMING, STORY, "b22", 3, begun)  # type: ignore[arg-type]
    assert facts is not None
    assert facts.text == "Something about b22."
    assert article_facts(log, NAMING, STORY, "b22", 2, begun) is None  # type: ignore[arg-type]
