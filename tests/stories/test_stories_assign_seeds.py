"""Five scraped articles on one event must come out as one story, by the general rules."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from stories_assign_kit import Newsroom

from articles.clean import clean
from articles.extract import extract
from schemas.events import Event
from scrapers.files import read_inputs

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed articles are not beside this checkout")
@pytest.mark.parametrize("order", [(4, 0, 1, 2, 3), (4, 3, 2, 1, 0), (3, 0, 1, 2, 4)])
def test_the_seeds_are_one_story(order):
    room, items = Newsroom(), list(read_inputs([SEEDS], now=datetime(2025, 3, 16, tzinfo=UTC)))
    found = [extract(clean(items[number])) for number in order]
    outputs = [room.see_one(Event(id=one.article_id, key="en", subject="", data=one)) for one in found]
    assert [one.version for one in outputs] == [1, 2, 3, 4, 5]
    assert len({one.story_id for one in outputs}) == 1
