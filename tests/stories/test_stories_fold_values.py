"""Disputes told in words."""

import pytest

from schemas.story import Discrepancy, Reading
from stories.fold.changes import Change
from stories.fold.values import odds_in_words, value_in_words


def reading(value: float, qualifier: str | None = None, value_to: float | None = None) -> Reading:
    return Reading(value=value, value_to=value_to, qualifier=qualifier, supports=())


def odds(*values: Reading, counted: str | None = "people", unit: str | None = None) -> Discrepancy:
    return Discrepancy(claim_id="c", counted=counted, unit=unit, values=values)


def test_values_that_can_both_be_true_stand_together() -> None:
    text = odds_in_words(odds(reading(130), reading(130, "about"), reading(118)), Change(None, None))
    assert text == "people: 130 (or about 130) against 118"


def test_without_a_noun_the_figure_is_called_so() -> None:
    text = odds_in_words(odds(reading(3), reading(4), counted=None, unit="mile"), Change(None, None))
    assert text == "the figure: 3 mile against 4 mile"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (reading(18_000_000), "EUR", "EUR 18 million"),
        (reading(18_204_311), "EUR", "EUR 18,204,311"),
        (reading(1_250_000_000), None, "1.25 billion"),
        (reading(5.75, "about"), "%", "about 5.75%"),
        (reading(20, None, 30), None, "20 to 30"),
    ],
)
def test_numbers_read_as_people_say_them(value: Reading, unit: str | None, words: str) -> None:
    assert value_in_words(value, unit) == words
