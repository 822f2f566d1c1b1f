import pytest
from stories_assign_kit import BUDGET, BUDGET_RETOLD, CHESS, FERRY, FERRY_RETOLD, VOLCANO, Newsroom, arrival

from schemas.articles import Fetched
from schemas.errors import Quarantine
from schemas.events import Event, stable_id
from schemas.stories import Joined, Opened


def test_first_article_opens_a_story_named_after_it():
    room = Newsroom()
    event = arrival("a", FERRY)
    (output,) = room.see(event)
    opened = output.data
    assert isinstance(opened, Opened)
    assert opened.story_id == stable_id("story", event.data.article_id)[:16]
    assert (opened.version, opened.facts, opened.at) == (1, event.data, event.data.published_at)
    assert (output.key, output.subject, output.cause) == (opened.story_id, f"{opened.story_id}@1", event.id)


def test_other_words_for_the_same_event_join_and_say_why():
    room = Newsroom()
    opened = room.see_one(arrival("a", FERRY, title="Ferry aground off Tolvik"))
    joined = room.see_one(arrival("b", FERRY_RETOLD, title="All safe after Tolvik ferry accident", days=0.5))
    assert isinstance(joined, Joined)
    assert (joined.story_id, joined.version, joined.why.copy_of) == (opened.story_id, 2, None)
    assert set(joined.why.parts) == {"body", "title", "names", "days", "score", "alone"}
    assert joined.why.parts["days"] == 0.5
    figures = [joined.why.score, *joined.why.parts.values()]
    assert figures == [round(figure, 4) for figure in figures]


def test_each_event_gets_its_own_story():
    room = Newsroom()
    pieces = [FERRY, BUDGET, VOLCANO, CHESS, FERRY_RETOLD, BUDGET_RETOLD]
    told = [room.see_one(arrival(str(number), piece)) for number, piece in enumerate(pieces)]
    assert [type(one) for one in told] == [Opened, Opened, Opened, Opened, Joined, Joined]
    assert told[4].story_id == told[0].story_id
    assert told[5].story_id == told[1].story_id


def test_likeness_fades_with_the_days_between():
    scores = []
    for days in (0.5, 4, 10):
        room = Newsroom()
        room.see(arrival("a", FERRY))
        scores.append(room.see_one(arrival("b", FERRY_RETOLD, days=days)).why.score)
    assert scores[0] > 2 * scores[1] > 4 * scores[2] > 0


def test_a_matter_that_nothing_else_is_like_goes_on_after_days():
    room = Newsroom()
    ferry, _ = room.see_one(arrival("a", FERRY)), room.see(arrival("b", BUDGET, days=5))
    joined = room.see_one(arrival("c", FERRY_RETOLD, title="Hotel bills paid", days=10))
    assert joined.story_id == ferry.story_id
    assert joined.why.score < joined.why.threshold
    assert joined.why.parts["alone"] >= joined.why.weights["alone_threshold"]


def test_a_late_article_joins_the_story_of_its_day():
    room = Newsroom()
    ferry = room.see_one(arrival("a", FERRY, days=0))
    room.see(arrival("b", BUDGET, days=6))
    late = room.see_one(arrival("c", FERRY_RETOLD, days=0.2))
    assert (late.story_id, late.version) == (ferry.story_id, 2)


@pytest.mark.parametrize("first", ["dated", "undated"])
def test_an_undated_article_counts_as_of_now(first):
    room = Newsroom()
    ferry = room.see_one(arrival("a", FERRY, dated=first == "dated"))
    joined = room.see_one(arrival("b", FERRY_RETOLD, dated=first != "dated"))
    assert joined.story_id == ferry.story_id
    assert joined.why.parts["days"] == 0


def test_a_wire_copy_under_another_lead_names_its_original():
    room = Newsroom()
    room.see(arrival("early", FERRY_RETOLD))
    original = arrival("wire", FERRY)
    room.see(original)
    lead = "Nobody was hurt on a stormy Sunday along our coast, where many people live from fishing."
    copy = room.see_one(arrival("local", [lead, *FERRY[:4]], days=0.3))
    assert copy.why.copy_of == original.data.article_id
    assert copy.why.parts == {"contained": copy.why.score}
    assert copy.why.score > 0.5


def test_a_copy_joins_even_when_days_have_passed():
    room = Newsroom()
    ferry = room.see_one(arrival("a", FERRY))
    assert room.see_one(arrival("b", FERRY, days=12)).story_id == ferry.story_id


def test_of_equal_originals_the_earliest_is_named():
    room = Newsroom()
    room.see(arrival("second", FERRY, days=0.2))
    room.see(arrival("first", FERRY, days=0.1))
    copy = room.see_one(arrival("third", FERRY, days=0.3))
    assert copy.why.copy_of == stable_id("test", "first")[:16]


def test_one_shared_quote_makes_no_copy():
    room = Newsroom()
    room.see(arrival("a", FERRY))
    other = room.see_one(arrival("b", [*CHESS, FERRY[3]]))
    assert isinstance(other, Opened)


def test_unknown_languages_have_a_shelf_of_their_own():
    room = Newsroom()
    room.see(arrival("a", FERRY))
    assert isinstance(room.see_one(arrival("b", FERRY_RETOLD, language="und")), Opened)
    assert isinstance(room.see_one(arrival("c", FERRY, language="und")), Joined)


def test_an_article_without_any_words_opens_a_story():
    room = Newsroom()
    room.see(arrival("a", FERRY))
    assert isinstance(room.see_one(arrival("b", [])), Opened)
    assert isinstance(room.see_one(arrival("c", [])), Opened)


def test_anything_but_facts_and_gone_is_quarantined():
    data = Fetched(article_id="x", source="s", input_id="i", content_type="text/plain", body=b"")
    with pytest.raises(Quarantine):
        Newsroom().see(Event(id="1", key="s", subject="x", data=data))
