"""Two events of a kind are told apart by what each has in common with itself alone."""

from itertools import combinations, product

import pytest
from stories_assign_kit import BUDGET, FERRY, FERRY_RETOLD, VOLCANO, facts

from stories.assign.contrast import contrasts, halves, is_two
from stories.assign.likeness import asked, likeness
from stories.assign.traces import trace_of
from stories.assign.weights import WEIGHTS


def traces(**texts):
    return {name: trace_of(facts(name, sentences), "en", 0) for name, sentences in texts.items()}


def pair(one, other):
    return frozenset((one.article, other.article))


def test_what_all_say_counts_little():
    """The more articles say the same words, the less alike these make any two of them."""
    common = ["A strong earthquake shook the coast and rescuers searched the rubble for survivors."]
    own = (FERRY[:2], FERRY_RETOLD[:2], BUDGET[:2], VOLCANO[:2])
    articles = list(traces(**{f"a{at}": common + text for at, text in enumerate(own)}).values())
    alike = contrasts(articles, WEIGHTS)
    plain = {pair(one, two): likeness(asked(one), two, 0.0, WEIGHTS).score for one, two in combinations(articles, 2)}
    assert all(alike[both] < plain[both] for both in plain)
    ferries, budget = pair(*articles[:2]), pair(articles[0], articles[2])
    assert alike[ferries] / alike[budget] > 2 * plain[ferries] / plain[budget]


def test_the_order_of_articles_changes_nothing():
    articles = list(traces(one=FERRY, two=FERRY_RETOLD, three=BUDGET, four=VOLCANO).values())
    assert contrasts(articles, WEIGHTS) == contrasts(articles[::-1], WEIGHTS)


def table(within, across, first="abcd", second="wxyz"):
    alike = {frozenset(both): across for both in product(first, second)}
    return alike | {frozenset(both): within for half in (first, second) for both in combinations(half, 2)}


def test_an_article_that_lies_apart_gathers_nobody():
    """`a` and `w` are the least alike, but `b` is a little more like `w` than like `a`, and much more like its own."""
    alike = table(0.5, 0.2) | {frozenset("aw"): 0.1, frozenset("ab"): 0.22, frozenset("bw"): 0.24}
    assert halves("abcdwxyz", alike) == (list("abcd"), list("wxyz"))


@pytest.mark.parametrize(("across", "parted"), [(0.24, True), (0.26, False)])
def test_two_are_half_as_alike_across_as_within(across, parted):
    assert is_two("abcd", "wxyz", table(0.5, across)) is parted


def test_one_text_is_no_half():
    assert is_two("ab", "wx", table(0.5, 0.1, "ab", "wx"))
    assert not is_two("ab", "w", table(0.5, 0.1, "ab", "w"))
    assert not is_two("ab", "wx", table(0.5, 0.1, "ab", "wx") | {frozenset("wx"): 1.0}), "a copy is no second text"
