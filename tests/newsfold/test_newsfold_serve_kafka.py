"""The web page over a real Kafka: the same page, and an outage that it outlives."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp.test_utils import TestClient, TestServer

from consumers.reading import stories
from consumers.web.app import SITE, make_app
from eventlog.base import Entry, EventLog
from eventlog.cluster import Cluster
from eventlog.events import read_all
from eventlog.kafka import KafkaLog
from eventlog.sqlite import SqliteLog
from newsfold.broker import Broker
from newsfold.opening import log_path
from newsfold.wiring import create_topics
from schemas.story import Story
from schemas.topics import TOPICS, Naming

PATIENCE = 180.0


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.02)


def copied(made: EventLog, log: EventLog, naming: Naming) -> list[Story]:
    """Puts everything that is on the one log on the other; the stories."""
    create_topics(log, naming, 4)
    for topic in TOPICS:
        records = read_all(made, Naming().of(topic))
        log.append([Entry(naming.of(topic), one.key, one.value, one.headers) for one in records])
    return [story for _, story in stories(made, Naming())]


async def read(client: "TestClient[Any, Any]", path: str, status: int = 200) -> str:
    async with client.get(path) as answer:
        text = await answer.text()
        assert answer.status == status, text
        return text


def paths(story: Story) -> list[str]:
    """Every kind of page of a story."""
    own, version, article = story.story_id, story.version, story.articles[-1].article_id
    return [
        f"/stories/{own}", f"/stories/{own}@1", f"/stories/{own}@{version}", f"/stories/{own}?since=1",
        f"/stories/{own}?all", f"/stories/{own}/versions", f"/stories/{own}.json", f"/stories/{own}/updates.json",
        f"/articles/{article}?story={own}", f"/articles/{article}?left-out",
    ]  # fmt: skip


async def test_every_page_is_the_same_on_both_logs(kafka: str, folded: Path) -> None:
    naming = Naming(f"web-{uuid4().hex[:8]}.")
    with SqliteLog(log_path(folded / "home")) as made, KafkaLog(Cluster((kafka,))) as log:
        known = copied(made, log, naming)
        one, other = make_app(made, Naming(), time.time), make_app(log, naming, time.time)
        async with TestClient(TestServer(one)) as embedded, TestClient(TestServer(other)) as on_kafka:
            await until(lambda: not (one[SITE].loading or other[SITE].loading))
            for path in ["/stories.json", *(path for story in known for path in paths(story))]:
                pages = [await read(client, path) for client in (embedded, on_kafka)]
                assert strip(pages[0]) == strip(pages[1]), path


def strip(page: str) -> str:
    """Without the place in the updates, which has more partitions on Kafka."""
    head, mark, rest = page.partition('data-events="')
    return head + rest.partition('"')[2] if mark else page


async def test_an_outage_is_said_and_outlived(own_broker: Callable[..., Broker], folded: Path) -> None:
    broker, naming = own_broker(), Naming()
    with SqliteLog(log_path(folded / "home")) as made, KafkaLog(Cluster((broker.address,)), patience=3) as log:
        first, last, *_ = copied(made, log, naming)
        app = make_app(log, naming, time.time)
        async with TestClient(TestServer(app)) as client:
            await until(lambda: not app[SITE].loading)
            await read(client, f"/stories/{first.story_id}")
            await asyncio.to_thread(broker.kill)
            await until(lambda: app[SITE].away_since)
            assert "The log has not answered since" in await read(client, "/")
            assert first.title in await read(client, f"/stories/{first.story_id}")
            assert "does not answer" in await read(client, f"/stories/{last.story_id}", 503)
            await asyncio.to_thread(own_broker, again=broker)
            await until(lambda: app[SITE].away_since is None)
            assert "The log has not answered since" not in await read(client, "/")
            assert last.title in await read(client, f"/stories/{last.story_id}")
