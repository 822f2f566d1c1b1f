"""Sentences whose likeness leaves it open: what else is known of both decides."""

import pytest
from stories_fold_kit import facts, together, told

from stories.fold.evidence import numbers_in_common
from stories.fold.members import read_member
from stories.fold.state import Member

AGREED = "The town of Quennmouth will sell its Tolver Quay warehouse to the brewer Varley for 34 million pounds."
REFUSED = "The town of Quennmouth voted against selling its Tolver Quay warehouse to the brewer Varley."
COSTS = "Rebuilding the pier is to take three years and employ 240 carpenters from the province."
COSTS_TOO = "For three years 240 carpenters will find work on the pier."
CREWS = "Crews from nine towns laid hoses across the harbour before dawn."


def member(*sentences: str) -> Member:
    return read_member(facts("a", *sentences, hours=0))


def test_what_was_agreed_is_not_what_is_refused_days_later() -> None:
    agreed, refused = facts("a", AGREED, CREWS, hours=0), facts("b", REFUSED, COSTS, hours=170)
    assert not together(told(agreed, refused), ("a", 0), ("b", 0))
    again = facts("b", AGREED.replace("will sell", "is selling"), COSTS, hours=170)
    assert together(told(agreed, again), ("a", 0), ("b", 0))


def test_numbers_speak_for_few_words() -> None:
    one, same = facts("a", CREWS, COSTS, hours=0), facts("b", AGREED, COSTS_TOO, hours=1)
    assert together(told(one, same), ("a", 1), ("b", 1))
    other = facts("b", AGREED, COSTS_TOO.replace("240", "60").replace("three", "seven"), hours=1)
    assert not together(told(one, other), ("a", 1), ("b", 1))


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("Nine of 31 wells are dry.", "31 wells were dug, and 9 gave no water.", 2),
        ("The vote was 31 to nineteen.", "Only 19 voted no.", 1),
        ("The ship had 117 men on board.", "Blankets were dropped for the 117 men.", 0),
    ],
)
def test_numbers_in_common_are_spelled_or_not_and_told_for_the_first_time(one: str, other: str, common: int) -> None:
    first, second = member(one, other).lines.values()
    assert numbers_in_common(first, second) == numbers_in_common(second, first) == common


POSTED = '"The harbour wall is a complete and total disgrace to the whole of our town," Mayor Ilse Brandvold wrote.'
POST = "The harbour wall is a complete and total disgrace to the whole of our town. Ilse Brandvold on Thursday"
SUMMED_UP = "Mayor Ilse Brandvold called the harbour wall a complete and total disgrace on Thursday."
HARBOUR = "The harbour wall was built by Mayor Ilse Brandvold's grandfather for the whole of the fishing fleet."


def test_an_article_says_again_what_it_quotes() -> None:
    story = told(facts("a", CREWS, POSTED, AGREED, POST, HARBOUR, hours=0), facts("b", COSTS, hours=1))
    assert together(story, ("a", 1), ("a", 3))
    assert not together(story, ("a", 1), ("a", 4))


def test_what_an_article_says_twice_is_one_claim_of_one_source() -> None:
    """The sentence that another article has joins, and what says the same in its own article goes with it."""
    story = told(facts("a", CREWS, POSTED, COSTS, hours=0), facts("b", POST, AGREED, SUMMED_UP, HARBOUR, hours=1))
    (claim,) = (claim for claim in story.claims if claim.text in (POSTED, POST, SUMMED_UP))
    assert {(it.article_id, it.sentence) for it in claim.supports} == {("a", 1), ("b", 0), ("b", 2)}
    assert claim.independent_sources == 2
