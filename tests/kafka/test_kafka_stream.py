"""The invented newswire that the runs on Kafka are fed with."""

from collections import Counter

from eventlog.partition import partition_of
from samples.stream import outlets, stream
from schemas.articles import Fetched, Gone
from schemas.topics import RAW
from scrapers.publish import event_of

ITEMS = list(stream(600, seed=1))


def test_a_seed_gives_the_same_articles_and_another_seed_others():
    assert list(stream(600, seed=1)) == ITEMS
    assert list(stream(600, seed=2)) != ITEMS
    assert list(stream(100, seed=1)) == ITEMS[:100]


def test_outlets_reach_every_partition():
    assert {partition_of(outlet.encode(), RAW.partitions) for outlet in outlets()} == set(range(RAW.partitions))


def test_every_event_has_an_id_of_its_own():
    assert len({event_of(item).id for item in ITEMS}) == len(ITEMS)


def test_there_are_copies_revisions_withdrawals_and_junk():
    fetched = [item for item in ITEMS if isinstance(item, Fetched)]
    versions = Counter(item.article_id for item in fetched)
    kinds = Counter(item.input_id.partition("-")[0] for item in fetched)
    assert max(versions.values()) > 1
    assert kinds["copy"] > 20
    assert kinds["junk"] > 5
    assert any(isinstance(item, Gone) for item in ITEMS)
