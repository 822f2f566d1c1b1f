"""Finding stories by part of an id, and versions by time."""

from datetime import timedelta

import pytest
from consumers_handmade import DAY, NAMING, Maker, fill, plain_story

from consumers.reading import current_story, find_story, generations, latest_story, past_story, version_at
from eventlog.base import EventLog
from eventlog.events import read_all
from schemas.errors import UsageError
from schemas.topics import UPDATES


def test_a_unique_beginning_is_enough(filled: EventLog) -> None:
    assert find_story(filled, NAMING, "fl") == "flood0aa"
    assert find_story(filled, NAMING, "race0bb") == "race0bb"


@pytest.mark.parametrize("prefix", ["", "nowhere"])
def test_an_unknown_story_is_named(filled: EventLog, prefix: str) -> None:
    with pytest.raises(UsageError, match="no story's id begins with"):
        find_story(filled, NAMING, prefix)


def test_an_ambiguous_beginning_lists_what_fits(filled: EventLog) -> None:
    maker = Maker(filled)
    maker.version(maker.article("a9"), "flood1", 1)
    with pytest.raises(UsageError, match="fits 2 stories \\(flood0aa, flood1\\)"):
        find_story(filled, NAMING, "flood")


def test_a_merged_story_leads_to_the_one_that_goes_on(filled: EventLog) -> None:
    maker = Maker(filled)
    for story, into in (("old", "older"), ("older", "race0bb")):
        merged = plain_story(story, 1, [], merged_into=into, status="merged")
        maker.version(maker.article(f"of {story}"), story, 1, merged)
    assert current_story(filled, NAMING, "old").story_id == "race0bb"
    assert latest_story(filled, NAMING, "old").merged_into == "older"
    assert current_story(filled, NAMING, "flood0aa") == latest_story(filled, NAMING, "flood0aa")


def test_a_version_that_never_was_is_refused(filled: EventLog) -> None:
    with pytest.raises(UsageError, match="has versions 1 to 2, not 3"):
        past_story(filled, NAMING, "flood0aa", 3)
    with pytest.raises(UsageError, match="no story 'nowhere'"):
        latest_story(filled, NAMING, "nowhere")


def test_the_version_at_a_time(filled: EventLog) -> None:
    assert version_at(filled, NAMING, "flood0aa", DAY) == 1
    assert version_at(filled, NAMING, "flood0aa", DAY + timedelta(days=1)) == 2
    with pytest.raises(UsageError, match="had not begun"):
        version_at(filled, NAMING, "flood0aa", DAY - timedelta(days=1))


def test_generations_stand_in_counting_order(log: EventLog) -> None:
    for name in ("g10", "g2", "g1"):
        Maker(log, NAMING._replace(generation=name))
    assert generations(log, NAMING.prefix) == ["g1", "g2", "g10"]


def test_reading_by_key_and_across_chunks(log: EventLog) -> None:
    maker = Maker(log)
    fill(maker)
    facts = maker.article("a1")
    for version in range(3, 460):
        maker.version(facts, "flood0aa", version)
    topic = NAMING.of(UPDATES)
    assert sum(1 for _ in read_all(log, topic, key=b"flood0aa")) == 459
    assert sum(1 for _ in read_all(log, topic)) == 460
