"""What an index gives does not depend on the order in which articles came and went."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from stories.assign.index import NEWEST, PROMISING, SWEPT, SWEPT_AT_LEAST, Index
from stories.assign.postings import GONE, Postings, place_of
from stories.assign.records import Trace, Vectors

TERMS = [f"term{number}" for number in range(12)]
SPAN = 2**27
"""From mark to mark, so that some are high."""


def trace(number, terms, marks=()):
    vector = {TERMS[term]: 900 - 10 * term for term in sorted(terms)}
    vectors = Vectors(vector, {}, {})
    return Trace.of(f"a{number}", f"s{number % 5}", "en", 0, False, vectors, array("I", sorted(marks)))


traces = st.lists(
    st.tuples(st.sets(st.integers(0, 11), min_size=1), st.sets(st.integers(0, 30)), st.integers(-5, 4)), max_size=30
)


@given(traces, st.randoms(use_true_random=False), st.integers(-5, 4))
def test_order_of_coming_and_going_does_not_matter(rows, chance, bound):
    articles = [
        (trace(number, terms, [mark * SPAN for mark in marks]), moment)
        for number, (terms, marks, moment) in enumerate(rows)
    ]
    straight, shuffled = Index(), Index()
    for one, moment in articles:
        if moment >= bound:
            straight.add(one, moment)
    for one, moment in chance.sample(articles, len(articles)):
        shuffled.add(one, moment)
    leaving = [one.article for one, moment in articles if moment < bound]
    chance.shuffle(leaving)
    removed = chance.randint(0, len(leaving))
    for article in leaving[:removed]:
        shuffled.remove(article)
    for article in leaving[removed:]:
        shuffled.let_go(article)
    if chance.random() < 0.5:
        shuffled.sweep()
    for query in (trace(99, {1, 2, 3}, range(0, 10 * SPAN, SPAN)), trace(99, {0, 11}, range(0, 31 * SPAN, SPAN))):
        assert shuffled.overlaps(query) == straight.overlaps(query)
        assert shuffled.sharing_marks(query.marks) == straight.sharing_marks(query.marks)
    assert {story: sorted(held) for story, held in shuffled.members.items()} == {
        story: sorted(held) for story, held in straight.members.items()
    }


def test_what_shares_more_comes_first_and_a_crowd_is_cut():
    index = Index()
    for number in range(3 * NEWEST):
        index.add(trace(number, {1}), number)
    index.add(trace(1000, {0, 1}), 0)
    found = index.overlaps(trace(99, {0, 1}))
    assert len(found) == PROMISING
    assert max(found, key=lambda article: found[article]) == "a1000", "an old article is found by its rarer term"
    assert set(list(found)[1:]) <= {f"a{number}" for number in range(3 * NEWEST - PROMISING, 3 * NEWEST)}


def test_an_article_that_is_not_there_goes_without_a_word():
    Index().remove("nobody")


def test_sweeping_leaves_nothing_of_those_gone_behind():
    places = list(range(10))
    postings: Postings[str] = Postings(places)
    for number in range(10):
        postings.add(["x", f"only{number}"], number)
    for gone in range(10):
        places[gone] = GONE
        postings.sweep()
        (held,) = postings.newest(["x"], 99)
        assert list(held) == list(range(gone + 1, 10))
    assert not postings._held


def test_what_came_out_before_1970_is_not_swept_out_with_those_gone():
    places = [place_of(moment, "a") for moment in (-3, -2, -1)]
    postings: Postings[str] = Postings(places)
    for number in range(3):
        postings.add(["x"], number)
    places[0] = GONE
    postings.sweep()
    (held,) = postings.newest(["x"], 99)
    assert list(held) == [1, 2]


def test_an_index_holds_little_of_articles_that_are_gone():
    index, fresh = Index(), Index()
    for moment in range(2000):
        one = trace(moment, {1, 2 + moment % 10}, [moment, moment + 1])
        index.add(one, moment)
        if moment >= 1900:
            fresh.add(one, moment)
        if moment >= 100:
            index.let_go(f"a{moment - 100}")
            index.sweep()
    (held,) = index._terms[0].newest([TERMS[1]], 2000)
    most_gone = (100 + SWEPT_AT_LEAST) // SWEPT + 1
    assert 100 <= len(held) <= 100 + most_gone
    assert len(index._articles) <= 101 + most_gone
    assert len(index._marks[0]._held) <= 101 + most_gone
    query = trace(2000, {2, 3}, range(1950, 2001))
    assert index.overlaps(query) == fresh.overlaps(query)
    assert index.sharing_marks(query.marks) == fresh.sharing_marks(query.marks)
