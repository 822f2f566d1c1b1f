"""One figure in sentences that have little else in common."""

import pytest
from stories_fold_kit import facts, folded, joined, pairs, together, told

from schemas.stories import Withdrawn

ABOARD = "The cable car was carrying 124 weekend passengers to the upper station when its cable slipped."
ABOARD_TOO = "For most of the day 124 frightened people hung above the gorge, many of them on a school outing."
ROUGHLY = "By noon more than 3,000 island residents sat in evacuation boats off the cliffs of Varga."
EXACTLY = "The governor told 3,400 coastal residents to wait for evacuation boats before dawn."


def test_a_large_uneven_count_of_one_thing_joins_sentences() -> None:
    story = told(facts("a", ABOARD), facts("b", ABOARD_TOO))
    assert together(story, ("a", 0), ("b", 0))
    assert {claim.text for claim in story.claims} == {ABOARD, ABOARD_TOO}
    assert max(claim.independent_sources for claim in story.claims) == 2


@pytest.mark.parametrize("count", ["4", "12", "100"])
def test_small_and_round_counts_do_not(count: str) -> None:
    assert not pairs(told(facts("a", ABOARD.replace("124", count)), facts("b", ABOARD_TOO.replace("124", count))))


def test_more_than_a_round_number_is_the_exact_one_where_words_nearby_agree() -> None:
    assert together(told(facts("a", EXACTLY), facts("b", ROUGHLY)), ("a", 0), ("b", 0))


def test_the_other_figures_of_such_a_sentence_are_no_dispute() -> None:
    first = "The Varga coach depot said 211 passengers had booked seats on 14 coaches for the ash evacuation."
    second = "Drivers who took 211 passengers over the pass praised the 62 coaches that army engineers had lent them."
    story = told(facts("a", first), facts("b", second))
    assert together(story, ("a", 0), ("b", 0))
    assert not story.discrepancies


def test_when_the_article_goes_its_support_goes() -> None:
    events = [*joined(facts("a", ABOARD), facts("b", ABOARD_TOO)), Withdrawn(story_id="s1", version=3, article_id="b")]
    story = folded(events)[-1][1]
    assert [[s.article_id for s in claim.supports] for claim in story.claims] == [["a"]]
