"""Threads: stories of one saga are linked, whatever else they share with the news of the day."""

from array import array
from dataclasses import replace

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories_assign_kit import BUDGET, CHESS, FERRY, Memory, Newsroom, arrival, departure
from test_stories_assign_rebuild import happenings  # the same texts, outlets and times

from consumers.threads import threads_of
from schemas.stories import Linked, Opened
from stories.assign import assign, open_desk
from stories.assign.records import Trace, Vectors
from stories.assign.sagas import EVEN, Sagas
from stories.assign.shelf import DAY
from stories.assign.threads import BUSY, MET, TERMS, THREAD_WEIGHTS, Thread, Threads

INQUEST = [
    "Coroner Halvard Quist opened an inquest at the county court of Nordby, with lawyers for four insurers present.",
    "The reef lights had failed twice that winter, an electrician of the coastal service testified.",
    "A pilot would have cost nine hundred crowns a night, a lawyer argued; the Maren Vike carried none.",
    "Quist will hear an engineer and two meteorologists next week and means to reach a verdict before summer.",
]
SALVAGE = [
    "Tugs from Garmsund pulled the wreck of the Maren Vike off the reef after welders had closed its tanks.",
    "Skarland has sold the steel to a scrapyard and orders a new vessel with batteries from a Dutch builder.",
    "Fishermen asked for compensation because nets were fouled by oil along nine kilometres of shore.",
]
BRENN_SINGS = [
    "Odda Brenn conducts the midsummer concert of the mountain choir in Bravenna.",
    "Four hundred singers rehearse folk songs on the market square.",
    "Tickets cost eleven crowns and are sold at the bakery.",
]


def test_a_later_story_of_the_saga_is_linked_with_the_first():
    room = Newsroom()
    first = room.see_one(arrival("a", FERRY))
    opened, linked = (one.data for one in room.see(arrival("b", INQUEST, days=10)))
    assert (type(opened), type(linked)) == (Opened, Linked)
    assert (linked.story_id, linked.version) == (opened.story_id, 2)
    assert (linked.thread_id, linked.other) == (first.story_id, first.story_id)
    assert set(linked.why.parts) == {"shared", "dominant", "crowd", "age", "first"}
    assert linked.why.score >= THREAD_WEIGHTS.join
    assert linked.strength == pytest.approx(linked.why.score / (linked.why.score + EVEN), abs=0.001)
    assert 0.5 < linked.strength < 1.0
    (third,) = room.links(arrival("c", SALVAGE, days=20))
    assert third.thread_id == first.story_id, "the thread keeps the name of the story that began it"


def test_versions_go_on_after_a_link():
    room = Newsroom()
    room.see(arrival("a", FERRY))
    *_, linked = room.see(arrival("b", INQUEST, days=10))
    assert (linked.data.version, room.see_one(arrival("c", INQUEST, days=10.5)).version) == (2, 3)


def test_one_name_makes_no_saga():
    room = Newsroom()
    room.see(arrival("a", FERRY))
    assert room.links(arrival("b", BRENN_SINGS, days=1)) == []


def test_news_on_nothing_that_was_told_begins_a_thread_of_its_own():
    room = Newsroom()
    room.see(arrival("a", FERRY))
    assert room.links(arrival("b", BUDGET)) == room.links(arrival("c", CHESS)) == []


def test_a_thread_that_has_been_quiet_is_over():
    room = Newsroom()
    room.see(arrival("a", FERRY))
    event = arrival("b", INQUEST, days=THREAD_WEIGHTS.quiet_days + 1)
    assert room.links(event) == []
    assert room.stored("thread/") == [f"thread/{room.desk.fate(event.data.article_id).story}"]


def test_a_thread_whose_only_article_has_gone_attracts_nothing():
    room = Newsroom()
    room.see(arrival("a", FERRY))
    room.see(departure("a"))
    assert room.stored("thread/") == []
    assert room.links(arrival("b", INQUEST, days=10)) == []


def test_languages_do_not_meet():
    room = Newsroom()
    room.see(arrival("a", FERRY))
    assert room.links(arrival("b", INQUEST, days=10, language="de")) == []


def trace(story, body, at=0):
    return Trace.of(story, story, "en", at, False, Vectors(body, {}, {}), array("I"))


def evenly(*terms):
    return {term: round(1000 / len(terms) ** 0.5) for term in terms}


A, B = ("ash", "crater", "lava", "tremor", "vent"), ("airport", "flight", "runway", "terminal", "pilot")


def test_two_threads_that_turn_out_to_be_one_are_linked():
    state = Memory()
    sagas = Sagas(state, THREAD_WEIGHTS._replace(unite=0.25, join=0.1, first=0.0))
    assert sagas.place(trace("volcano", evenly(*A)), 0, None) == []
    assert sagas.place(trace("flights", evenly(*B), 9), 9, None) == []
    first, second = sagas.place(trace("ashcloud", evenly(*A, *B), 99), 99, None)
    assert (first.thread, first.other) == ("flights", "flights") or first.thread == "volcano"
    assert second.thread == "volcano", "the one that began first gives the name"
    assert state["united/flights"] == b"volcano"
    assert [key for key, _ in state.scan("thread/")] == ["thread/volcano"]
    (later,) = sagas.place(trace("reopened", evenly(*B), 200), 200, None)
    assert later.thread == "volcano"
    assert sagas.place(trace("flights", evenly(*B), 300), 300, "flights") == [], "an old name leads to the thread"


def test_the_larger_a_thread_the_more_alike_must_a_story_be():
    threads = Threads(THREAD_WEIGHTS._replace(growth=0.1, crowd=2, join=0.2, first=0.0))
    small = Thread("t", "en", "t", 0, 0, articles=2, terms=evenly(*A))
    threads.put(small)
    ((_, near),) = threads.near(evenly(*A))
    assert (near.crowd, near.score) == (0.0, near.shared)
    threads.put(Thread("t", "en", "t", 0, 0, articles=32, terms=evenly(*A)))
    ((_, far),) = threads.near(evenly(*A))
    assert far.crowd == pytest.approx(0.4)
    assert far.score == pytest.approx(near.score - 0.4)


def test_the_longer_a_thread_has_gone_on_the_more_alike_a_story_must_be():
    threads = Threads(THREAD_WEIGHTS._replace(ageing=0.1, young_days=10.0, first=0.0))
    found = []
    for days in (10, 40):
        threads.put(Thread("t", "en", "t", 0, days * DAY, articles=2, terms=evenly(*A)))
        found += [near for _, near in threads.near(evenly(*A))]
    assert [near.age for near in found] == [0.0, pytest.approx(0.2)]
    assert found[1].score == pytest.approx(found[0].score - 0.2)


def test_the_fewer_stories_have_come_to_a_thread_the_more_alike_must_a_story_be():
    threads = Threads(THREAD_WEIGHTS._replace(first=0.2, join=0.1))
    tolls = []
    for stories in (1, 2, 4):
        threads.put(Thread("t", "en", "t", 0, 0, articles=4, stories=stories, terms=evenly(*A)))
        ((_, near),) = threads.near(evenly(*A))
        tolls.append((near.first, near.shared - near.score))
    assert tolls == [(pytest.approx(toll), pytest.approx(toll)) for toll in (0.2, 0.05, 0.0125)]


def test_stories_that_come_to_a_thread_are_counted_and_their_later_articles_are_not():
    state = Memory()
    sagas = Sagas(state, THREAD_WEIGHTS._replace(first=0.0, join=0.1))
    sagas.place(trace("volcano", evenly(*A)), 0, None)
    sagas.place(trace("volcano", evenly(*A)), 5, "volcano")
    sagas.place(trace("lava", evenly(*A)), 9, None)
    assert [orjson.loads(stored)["stories"] for _, stored in state.scan("thread/")] == [2]


def test_a_term_counts_less_the_more_of_it_stands_in_other_threads():
    threads = Threads(THREAD_WEIGHTS._replace(others=0.5, join=0.0, first=0.0))
    threads.put(Thread("t", "en", "t", 0, 0, terms=evenly(*A)))
    ((_, alone),) = threads.near(evenly(*A))
    for number in range(2):
        threads.put(Thread(f"u{number}", "en", "u", 9, 9, terms=evenly(*A[1:], "dike")))
    near = dict(threads.near(evenly(*A)))["t"]
    assert near.dominant == alone.dominant, "one term is held by this thread only"
    assert near.shared == pytest.approx(alone.shared / 2, rel=0.01), "twice as much of it in others, and that by half"
    for number in range(2):
        threads.remove(f"u{number}")
    assert threads.near(evenly(*A)) == [("t", alone)]


def test_what_two_threads_hold_themselves_does_not_count_between_them():
    threads = Threads(THREAD_WEIGHTS._replace(others=0.5))
    one, other = (Thread(name, "en", name, 0, 0, terms=evenly(*A)) for name in "tu")
    threads.put(one)
    threads.put(other)
    assert threads.between(one, other).shared == pytest.approx(0.8, rel=0.01), "all but the one that is shared most"


def test_less_is_asked_to_unite_a_thread_of_few_articles():
    threads = Threads(THREAD_WEIGHTS._replace(unite=0.4, lone=0.25))
    one, other = (Thread(name, "en", name, 0, 0, terms=evenly(*A, *"abcde", name)) for name in "tu")
    for thread in (one, other):
        threads.put(thread)
    near = threads.between(one, other)._replace(score=0.21)
    assert [threads.is_one(replace(one, articles=count), other, near) for count in (1, 2)] == [True, True]
    assert [threads.is_one(replace(one, articles=3), replace(other, articles=count), near) for count in (2, 3)] == [
        True,
        False,
    ]


def test_older_articles_count_less_in_either_order():
    by = THREAD_WEIGHTS._replace(half_days=1.0)
    begun = Thread("t", "en", "t", 0, 0)
    old, new = ({"old": 1000}, 0, "x"), ({"new": 1000}, 86_400, "y")
    forwards = begun.with_article(*old, by, opens=True).with_article(*new, by, opens=False)
    backwards = begun.with_article(*new, by, opens=True).with_article(*old, by, opens=False)
    assert forwards.terms == backwards.terms == {"new": 1000, "old": 500}
    assert (forwards.last, forwards.latest) == (backwards.last, backwards.latest) == (86_400, "y")


def test_what_a_thread_holds_is_bounded():
    thread = Thread("t", "en", "t", 0, 0)
    for number in range(40):
        body = evenly(*(f"term{number}-{n}" for n in range(20)))
        thread = thread.with_article(body, 0, "t", THREAD_WEIGHTS, opens=False)
    assert len(thread.terms) == TERMS
    assert thread.articles == 40


@settings(max_examples=60, deadline=None)
@given(st.lists(happenings(), max_size=25))
def test_every_link_leads_to_a_story_and_its_thread_to_one_that_began_before(events):
    desk, began, links = open_desk(Memory()), {}, []
    for event in events:
        for output in assign(desk, event):
            if isinstance(output.data, Opened):
                began[output.data.story_id] = len(began)
            if isinstance(output.data, Linked):
                links.append((output.data.story_id, output.data.other))
                assert output.data.other in began
                assert output.data.thread_id in began
                assert output.data.other != output.data.story_id
    threads = threads_of(links, list(began))
    assert all(began[thread] <= began[story] for story, thread in threads.items())


def crowd_of_threads():
    """Each holds five of ten common terms, which are not busy, and two of its own: an article meets thousands."""
    assert 10 * BUSY > MET
    common = [f"common{number}" for number in range(10)]
    return [
        Thread(f"t{at}", "en", f"t{at}", at, at, terms=evenly(*common[at % 2 :: 2], f"rare{at}", f"own{at}"))
        for at in range(2 * BUSY)
    ]


def test_in_a_crowd_a_thread_is_found_by_its_rarest_terms_whatever_the_order_it_was_put_in():
    threads = crowd_of_threads()
    article = evenly(*(f"common{number}" for number in range(10)), "rare7", "own7", "rare8", "own8")
    found = []
    for order in (threads, threads[::-1], sorted(threads, key=lambda one: one.terms.keys() & {"rare7", "own8"})):
        room = Threads(THREAD_WEIGHTS._replace(first=0.0, join=0.02))
        for thread in order:
            room.put(thread)
        found.append(room.near(article))
    assert found[0] == found[1] == found[2]
    assert [name for name, _ in found[0]] == ["t7", "t8"], "not all that share the five common terms"


def test_terms_that_a_thread_has_lost_lead_to_it_no_longer():
    threads = Threads(THREAD_WEIGHTS._replace(join=0.0))
    for name in ("t", "u"):
        threads.put(Thread(name, "en", name, 0, 0, terms=evenly(*A)))
    threads.put(Thread("t", "en", "t", 0, 0, terms=evenly(*B)))
    assert [name for name, _ in threads.near(evenly(*A))] == ["u"]
    assert [name for name, _ in threads.near(evenly(*B))] == ["t"]
    for name in ("t", "u"):
        threads.remove(name)
    assert not threads._postings


def test_threads_that_come_after_others_have_gone_are_found_as_if_they_were_the_first():
    loose = THREAD_WEIGHTS._replace(join=0.0, first=0.0)
    used, fresh = Threads(loose), Threads(loose)
    for name in ("gone", "gone too", "gone as well"):
        used.put(Thread(name, "en", name, 0, 0, terms=evenly(*A)))
    for name in ("gone too", "gone", "gone as well"):
        used.remove(name)
    for threads in (used, fresh):
        for name in ("t", "u"):
            threads.put(Thread(name, "en", name, 0, 0, terms=evenly(*A)))
        threads.put(Thread("v", "en", "v", 0, 0, terms=evenly(*B)))
    assert [name for name, _ in fresh.near(evenly(*A))] == ["t", "u"]
    for asked in (A, B):
        assert used.near(evenly(*asked)) == fresh.near(evenly(*asked))
    assert len(used._names) == 3
