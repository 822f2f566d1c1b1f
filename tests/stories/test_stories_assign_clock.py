from dataclasses import replace

from stories_assign_kit import (
    BUDGET,
    CHESS,
    FERRY,
    FERRY_RETOLD,
    VOLCANO,
    Newsroom,
    arrival,
    departure,
)

from schemas.stories import Closed, Joined, Opened, Revised, Withdrawn
from stories.assign.desk import CROWD


def told(outputs):
    return [(type(output.data), output.data.story_id, output.data.version) for output in outputs]


def test_quiet_stories_close_in_the_order_they_fell_quiet():
    room = Newsroom()
    volcano = room.see_one(arrival("v", VOLCANO, days=1)).story_id
    ferry = room.see_one(arrival("f", FERRY, days=0)).story_id
    budget = room.see_one(arrival("b", BUDGET, days=14)).story_id
    event = arrival("c", CHESS, days=15.5)
    outputs = room.see(event)
    assert told(outputs)[:2] == [(Closed, ferry, 2), (Closed, volcano, 2)]
    assert [type(one.data) for one in outputs] == [Closed, Closed, Opened]
    assert {one.data.at for one in outputs} == {event.data.published_at}
    assert len({one.id for one in outputs}) == 3
    assert room.stored("story/") == sorted(f"story/{one}" for one in (budget, outputs[2].data.story_id))
    assert room.stored("closed/") == sorted(f"closed/{one}" for one in (ferry, volcano))
    assert len(room.stored("trace/")) == 2


def test_a_story_that_goes_on_stays_open_while_its_old_articles_are_let_go():
    room = Newsroom()
    story = room.see_one(arrival("a", FERRY, days=0)).story_id
    for number, day in enumerate((8, 16)):
        joined = room.see_one(arrival(f"copy{number}", FERRY, days=day))
        assert (type(joined), joined.story_id) == (Joined, story)
    assert len(room.stored("trace/")) == 2


def test_a_closed_story_attracts_nothing():
    room = Newsroom()
    story = room.see_one(arrival("a", FERRY, days=0)).story_id
    room.see(arrival("b", CHESS, days=20))
    assert room.see_one(arrival("c", FERRY, days=20)).story_id != story


def test_late_news_of_an_article_in_a_closed_story_still_reaches_it():
    room = Newsroom()
    story = room.see_one(arrival("a", FERRY, days=0, fetched=0)).story_id
    room.see(arrival("b", CHESS, days=20))
    assert room.see(arrival("a", FERRY, days=0, fetched=1)) == []
    revised = room.see_one(arrival("a", FERRY_RETOLD, days=0, fetched=2))
    assert (type(revised), revised.story_id, revised.version) == (Revised, story, 3)
    withdrawn = room.see_one(departure("a", fetched=3))
    assert (type(withdrawn), withdrawn.story_id, withdrawn.version) == (Withdrawn, story, 4)
    assert room.stored("trace/") == [f"trace/{arrival('b', CHESS).data.article_id}"]


def test_an_article_older_than_the_window_opens_a_story_that_closes_next():
    room = Newsroom()
    room.see(arrival("now", CHESS, days=30))
    old = room.see_one(arrival("old", FERRY, days=1))
    assert isinstance(old, Opened)
    assert len(room.stored("trace/")) == 1
    outputs = room.see(arrival("next", BUDGET, days=30.5))
    assert told(outputs)[0] == (Closed, old.story_id, 2)


def test_each_language_has_its_own_clock():
    room = Newsroom()
    room.see(arrival("a", FERRY, days=0, language="de"))
    assert len(room.see(arrival("b", BUDGET, days=40))) == 1
    assert [type(one.data) for one in room.see(arrival("c", CHESS, days=40, language="de"))] == [Closed, Opened]


def test_a_repeat_does_not_move_the_clock():
    room = Newsroom()
    room.see(arrival("a", FERRY, dated=False, fetched=0))
    assert room.see(arrival("a", FERRY, dated=False, fetched=40)) == []
    assert len(room.see(arrival("b", BUDGET, days=1))) == 1


def test_no_article_is_later_than_it_was_fetched():
    room = Newsroom()
    room.see(arrival("a", FERRY, days=0, fetched=0))
    future = arrival("b", BUDGET, days=3650, fetched=0.5)
    (opened,) = room.see(future)
    assert opened.data.at == future.data.fetched_at


def test_undated_articles_from_before_the_first_date_expire_too():
    room = Newsroom()
    undated = room.see_one(arrival("a", FERRY, dated=False)).story_id
    assert len(room.see(arrival("b", BUDGET, days=0))) == 1
    outputs = room.see(arrival("c", CHESS, days=15))
    assert (Closed, undated, 2) in told(outputs)
    assert len(room.stored("trace/")) == 1


def read_date(name, sentences, days):
    """An article that is dated by nothing but its text."""
    event = arrival(name, sentences, days=days)
    return replace(event, data=event.data.model_copy(update={"published_origin": "text"}))


def test_a_date_in_the_text_begins_no_clock_where_undated_articles_came_before():
    room = Newsroom()
    undated = room.see_one(arrival("a", FERRY, dated=False)).story_id
    room.see(read_date("b", CHESS, days=0))
    assert told(room.see(read_date("c", BUDGET, days=4000)))[0][0] is Opened
    assert room.stored("clock/") == []
    assert room.see_one(arrival("d", FERRY_RETOLD, dated=False)).story_id == undated
    room.see(arrival("e", VOLCANO, days=0))
    assert (Closed, undated, 3) in told(room.see(read_date("f", CHESS, days=15))), "the clock has begun otherwise"


def test_a_date_in_the_text_begins_the_clock_of_a_collection_that_has_such_dates():
    room = Newsroom()
    first = room.see_one(read_date("a", FERRY, days=0)).story_id
    assert told(room.see(read_date("b", CHESS, days=15)))[0] == (Closed, first, 2)


def test_a_crowded_story_is_found_by_its_newest_articles():
    room = Newsroom()
    for number in range(CROWD + 6):
        room.see(arrival(f"copy{number:03}", FERRY, days=number / 100))
    kept = set(room.stored("trace/"))
    assert len(kept) == CROWD
    assert f"trace/{arrival('copy000', FERRY).data.article_id}" not in kept
    assert f"trace/{arrival(f'copy{CROWD + 5:03}', FERRY).data.article_id}" in kept
