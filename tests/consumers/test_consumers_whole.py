"""Readers of a long story, whose record is abridged: exports hold all of it."""

from pathlib import Path

import orjson
from consumers_handmade import DAY, NAMING, Maker

from consumers.compare import compare
from consumers.export import export
from consumers.reading import latest_story, past_story
from consumers.subscribe import Subscription
from consumers.threads import placements
from consumers.whole import held_articles, whole_story
from eventlog.base import EventLog
from eventlog.sqlite import MEMORY, SqliteLog
from schemas.articles import Facts, Sentence
from schemas.events import Event, derive
from schemas.stories import Joined, Opened, Revised, StoryEvent, Why, Withdrawn
from schemas.story import Story, Update
from schemas.topics import FACTS, LATEST, LOG, UPDATES
from stories.fold import fold, open_fold

COUNT = 45


class Rows(dict[str, bytes]):
    """The stage's state."""

    def put(self, key: str, value: bytes | None) -> None:
        self.pop(key, None) if value is None else self.__setitem__(key, value)

    def scan(self, prefix: str):  # type: ignore[no-untyped-def]
        return iter(sorted(pair for pair in self.items() if pair[0].startswith(prefix)))


def article(number: int) -> Facts:
    lines = [f"Boat {number}-{at} of the Lisk was towed to pier {at * 31 + number} by the watch. " for at in range(10)]
    ends = [sum(map(len, lines[: at + 1])) for at in range(10)]
    return Facts(
        article_id=f"b{number:03d}",
        source=f"outlet{number % 5}.example",
        input_id=f"b{number}.txt",
        title=f"Boats towed on day {number}",
        language="en",
        published_at=DAY,
        published_precision="day",
        text="".join(lines),
        digest=str(number),
        sentences=tuple(Sentence(start=end - len(line), end=end - 1) for end, line in zip(ends, lines, strict=True)),
    )


def long_story(log: EventLog) -> list[Story]:
    """The records of a story of 45 articles, of which one is then revised and one withdrawn."""
    maker, view, records = Maker(log, NAMING), open_fold(Rows()), []
    for version in range(1, COUNT + 3):
        one = article(3 if version == COUNT + 1 else version)
        origin = Event(id=f"raw-{version}", key=one.source, subject=one.article_id, data=one)
        cause = maker.put(FACTS, derive(origin, one, key="en", subject=one.article_id))
        made = maker.put(LOG, derive(cause, _event(version, one), key="boats", subject="boats"))
        update, story = fold(view, made)
        maker.put(UPDATES, update)
        maker.put(LATEST, story)
        records.append(story.data)
    return records  # type: ignore[return-value]


def _event(version: int, one: Facts) -> StoryEvent:
    if version == 1:
        return Opened(story_id="boats", version=1, facts=one)
    if version == COUNT + 1:
        return Revised(story_id="boats", version=version, facts=one)
    if version == COUNT + 2:
        return Withdrawn(story_id="boats", version=version, article_id="b007")
    return Joined(story_id="boats", version=version, facts=one, why=Why(score=1.0))


def test_all_of_a_long_story_is_found_again(tmp_path: Path) -> None:
    with SqliteLog(MEMORY) as log:
        records = long_story(log)
        newest = latest_story(log, NAMING, "boats")
        assert newest == records[-1]
        assert newest.totals is not None
        whole = whole_story(log, NAMING, newest)
        assert len(whole.articles) == COUNT - 1 > len(newest.articles) >= 20
        assert len(whole.claims) > len(newest.claims) > 20
        assert whole.counts == newest.totals
        assert past_story(log, NAMING, "boats", newest.version) == whole
        export(log, NAMING, tmp_path)
        assert orjson.loads((tmp_path / "stories.jsonl").read_bytes()) == orjson.loads(whole.encoded())


def test_every_article_of_a_long_story_is_placed() -> None:
    with SqliteLog(MEMORY) as log:
        newest = long_story(log)[-1]
        held = held_articles(log, NAMING, newest)
        assert list(held) == [own.article_id for own in whole_story(log, NAMING, newest).articles]
        assert list(held)[-1] == "b003"
        assert "b007" not in held
        assert placements(log, NAMING, ["boats"]).keys() == held.keys()
        assert compare(log, NAMING, NAMING).articles == (COUNT - 1, COUNT - 1)


def test_a_subscriber_gets_the_whole_story() -> None:
    with SqliteLog(MEMORY) as log:
        long_story(log)
        subscription = Subscription(log, NAMING, follow=False)
        last: Update = list(subscription)[-1]
        assert subscription.story(last).totals is None
