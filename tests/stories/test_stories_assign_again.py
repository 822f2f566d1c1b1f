import orjson
from stories_assign_kit import CHESS, FERRY, FERRY_RETOLD, VOLCANO, Newsroom, arrival, departure

from schemas.stories import Joined, Revised, Withdrawn


def test_the_same_event_twice_says_nothing():
    room = Newsroom()
    event = arrival("a", FERRY)
    room.see(event)
    before = dict(room.state)
    assert room.see(event) == []
    assert room.state == before


def test_the_same_text_fetched_again_says_nothing():
    room = Newsroom()
    room.see(arrival("a", FERRY, fetched=0))
    assert room.see(arrival("a", FERRY, fetched=1)) == []
    assert room.see(arrival("a", FERRY_RETOLD, fetched=0.5)) == [], "older than the text that was seen again"


def test_a_new_text_revises_the_story():
    room = Newsroom()
    opened = room.see_one(arrival("a", FERRY, fetched=0))
    event = arrival("a", FERRY_RETOLD, fetched=1)
    revised = room.see_one(event)
    assert isinstance(revised, Revised)
    assert (revised.story_id, revised.version, revised.facts) == (opened.story_id, 2, event.data)


def test_a_revised_article_is_found_by_its_new_text_only():
    room = Newsroom()
    room.see(arrival("a", FERRY, fetched=0))
    story = room.see_one(arrival("a", CHESS, fetched=1)).story_id
    assert room.see_one(arrival("b", CHESS)).story_id == story
    assert room.see_one(arrival("c", FERRY_RETOLD)).story_id != story


def test_an_older_fetch_is_ignored():
    room = Newsroom()
    room.see(arrival("a", FERRY, fetched=2))
    assert room.see(arrival("a", FERRY_RETOLD, fetched=1)) == []
    assert room.see(departure("a", fetched=1)) == []


def test_an_article_that_goes_is_withdrawn_once():
    room = Newsroom()
    event = arrival("a", FERRY, fetched=0)
    opened = room.see_one(event)
    gone = departure("a", fetched=1)
    withdrawn = room.see_one(gone)
    assert isinstance(withdrawn, Withdrawn)
    assert (withdrawn.story_id, withdrawn.version) == (opened.story_id, 2)
    assert (withdrawn.article_id, withdrawn.at) == (event.data.article_id, gone.data.fetched_at)
    assert room.see(gone) == []
    assert room.see(departure("a", fetched=2)) == []


def test_an_unknown_article_cannot_go():
    assert Newsroom().see(departure("never seen")) == []


def test_a_withdrawn_article_attracts_nothing():
    room = Newsroom()
    opened = room.see_one(arrival("a", FERRY))
    room.see(departure("a"))
    assert room.see_one(arrival("b", FERRY)).story_id != opened.story_id


def test_a_withdrawn_article_that_comes_back_joins_its_story_again():
    room = Newsroom()
    opened = room.see_one(arrival("a", FERRY, fetched=0))
    room.see(departure("a", fetched=1))
    back = room.see_one(arrival("a", FERRY, fetched=2))
    assert isinstance(back, Joined)
    assert (back.story_id, back.version, back.why.parts) == (opened.story_id, 3, {"returned": 1.0})
    assert room.see_one(arrival("b", FERRY_RETOLD)).story_id == opened.story_id


def test_a_late_fetch_from_before_the_withdrawal_does_not_bring_it_back():
    room = Newsroom()
    room.see(arrival("a", FERRY, fetched=0))
    room.see(departure("a", fetched=2))
    assert room.see(arrival("a", FERRY_RETOLD, fetched=1)) == []


def test_what_is_remembered_of_an_article_stays_small():
    room = Newsroom()
    for number in range(200):
        room.see(arrival("a", [*VOLCANO, f"Tremor {number} was felt."], fetched=number / 100))
    (key,) = room.stored("article/")
    kept = orjson.loads(room.state[key])
    assert len(kept["applied"]) == 64
    assert len(room.stored("trace/")) == 1
