"""Workers and brokers that are killed, paused, robbed of their store: the long form is `python -m bench.chaos`."""

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

from kafka_run import Run, new_run

from bench.chaos.feed import Feed
from bench.chaos.ledger import unpublished
from bench.chaos.troubles import Plan, Troubles
from bench.chaos.workers import waiting, written
from consumers.subscribe import Subscription
from newsfold.broker import Broker
from samples.stream import stream
from schemas.topics import FACTS, RAW, UPDATES
from scrapers.publish import event_of

SESSION = 6.0
"""Seconds; brokers allow no less."""
OUTAGE = 8.0


def test_workers_and_a_broker_are_killed(own_broker: Callable[..., Broker], tmp_path: Path):
    broker, plan, chance = own_broker(), Plan(articles=300, worker_kills=6, broker_kills=1), random.Random(3)
    with new_run(broker.address, tmp_path, session=SESSION) as run:
        items = list(stream(plan.articles, seed=3))
        feed = Feed(broker.address, run.naming, items, chance)
        feed.start()
        run.workers.add("w1")
        troubles = Troubles(plan, run.workers, broker, chance, lambda gone: own_broker(again=gone))
        troubles.run(
            feed.allow, lambda: written(run.log, run.naming), lambda: feed.behind + waiting(run.log, run.naming)
        )
        feed.finish()
        run.until_idle()
        assert run.check().violations == []
        assert len(run.ledger().once(RAW)) == plan.articles


def test_one_is_killed_one_added_one_paused_one_wiped(kafka: str, tmp_path: Path):
    with new_run(kafka, tmp_path, session=SESSION) as run:
        items = list(stream(320, seed=4))
        heard = listen(run)
        for name in ("w1", "w2"):
            run.workers.add(name)
        some_work(run, items[:80])
        run.workers.kill("w1")
        some_work(run, items[80:160])
        run.workers.add("w3")
        some_work(run, items[160:240])
        run.workers.pause("w2", SESSION + 3)
        some_work(run, items[240:])
        run.workers.wipe("w1")
        run.until_idle()
        assert run.check().violations == []
        expected = len(run.ledger().once(UPDATES))
        run.workers.until(lambda: len(heard) >= expected, "a subscriber does not get all updates")
        assert_in_order(heard)
        assert "stood still" in run.workers.said("w2"), "it never noticed that it had been away"


def test_a_publisher_outlives_an_outage(own_broker: Callable[..., Broker], tmp_path: Path):
    broker = own_broker()
    with new_run(broker.address, tmp_path) as run:
        items = list(stream(400, seed=5))
        feed = Feed(broker.address, run.naming, items, random.Random(5))
        feed.allowed = len(items)
        feed.start()
        run.workers.until(lambda: feed.published > 50, "nothing is published")
        broker.stop()
        at = feed.published
        assert at < len(items)
        time.sleep(OUTAGE)  # the outage itself
        own_broker(again=broker)
        feed.finish()
        assert list(unpublished(run.ledger(), map(event_of, items))) == []


def listen(run: Run) -> list[tuple[str, int]]:
    """Story and version of every update, as a subscriber gets them; it ends when the log of the run is closed."""
    heard: list[tuple[str, int]] = []
    updates = Subscription(run.log, run.naming, wait=3600)
    threading.Thread(target=heard.extend, args=(((it.story_id, it.version) for it in updates),)).start()
    return heard


def assert_in_order(heard: list[tuple[str, int]]) -> None:
    """Each version once, from 1 on, without a gap."""
    newest: dict[str, int] = {}
    for story_id, version in heard:
        assert version == newest.get(story_id, 0) + 1
        newest[story_id] = version


def some_work(run: Run, items: list) -> None:
    """Publishes beside the workers, and waits until some facts have come of it."""
    before = sum(run.log.end_offsets(run.naming.of(FACTS)).values())
    feeder = threading.Thread(target=run.publish, args=(items,))
    feeder.start()
    least = before + len(items) // 3
    run.workers.until(lambda: sum(run.log.end_offsets(run.naming.of(FACTS)).values()) >= least, "no facts")
    feeder.join()
