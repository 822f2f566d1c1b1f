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
