"""What an index gives does not depend on the order in which articles came and went."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from stories.assign.index import NEWEST, PROMISING, Index
from stories.assign.postings import Postings, first_place, place_of
from stories.assign.records import Trace, Vectors

TERMS = [f"term{number}" for number in range(12)]


def trace(number, terms, marks=()):
    vector = {TERMS[term]: 900 - 10 * term for term in sorted(terms)}
    vectors = Vectors(vector, {}, {})
    return Trace.of(f"a{number}", f"s{number % 5}", "en", 0, False, vectors, array("I", sorted(marks)))


traces = st.lists(
    st.tuples(st.sets(st.integers(0, 11), min_size=1), st.sets(st.integers(0, 30)), st.integers(0, 9)), max_size=30
)


@given(traces, st.randoms(use_true_random=False), st.integers(0, 9))
def test_order_of_coming_and_going_does_not_matter(rows, chance, bound):
    articles = [(trace(number, terms, marks), moment) for number, (terms, marks, moment) in enumerate(rows)]
    straight, shuffled = Index(), Index()
    for one, moment in articles:
        if moment >= bound:
            straight.add(one, moment)
    for one, moment in chance.sample(articles, len(articles)):
        shuffled.add(one, moment)
    for one, moment in chance.sample(articles, len(articles)):
        if moment < bound:
            (shuffled.remove if chance.random() < 0.3 and moment == bound - 1 else shuffled.let_go)(one.article)
    if chance.random() < 0.5:
        shuffled.expire(bound)
    for query in (trace(99, {1, 2, 3}, range(10)), trace(99, {0, 11}, range(20, 31))):
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


def test_expiring_leaves_nothing_behind():
    postings: Postings[str] = Postings()
    for moment in range(10):
        postings.add(["x", f"only{moment}"], place_of(moment, "a"))
    for moment in range(10):
        postings.expire(["x", f"only{moment}"], first_place(moment + 1))
    assert postings.newest(["x", "only1"], 99) == [(), ()]
    assert not postings._places


def test_of_a_long_list_at_most_half_is_left_behind():
    postings: Postings[str] = Postings()
    for moment in range(1000):
        postings.add(["x"], place_of(moment, "a"))
        if moment >= 100:
            postings.expire(["x"], first_place(moment - 99))
        (held,) = postings.newest(["x"], 1000)
        assert len(held) < 2 * 100
        assert set(held) >= {place_of(at, "a") for at in range(max(0, moment - 99), moment + 1)}
