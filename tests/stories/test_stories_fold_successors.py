"""Figures that have gone on: what a report says that they were before, and what one source counts anew."""

import pytest
from stories_fold_kit import facts, told

from schemas.story import Story
from stories.fold.lines import read_lines
from stories.fold.successors import former_values

OLD = "Inspectors have closed 37 mills, all on the Sarn, after dye from a works at Kolm killed the trout in the river."
ANEW = "By Friday inspectors had closed 52 mills, all on the river, the water board of the province said."
UP = "Anglers at the weir were told that the order to close now holds for 52 mills, up from 37 on Tuesday."


def standing(story: Story, counted: str) -> dict[float, bool]:
    values = [(float(v.value), v.superseded) for c in story.claims for f in c.figures for v in f.values if f.counted]
    assert values, counted
    return dict(sorted(values, key=lambda value: value[1]))


@pytest.mark.parametrize(
    ("sentence", "formers"),
    [
        ("There are now 52 mills standing still, up from 37 on Tuesday.", [(52, 37)]),
        ("Some 14 people are missing, down from about 1,200 in the morning.", [(14, 1200)]),
        ("The number of ruined homes was put at 90 homes, not 60 as first reported.", [(90, 60)]),
        ("The ministry raised its count of ruined homes to 31 homes from 28.", [(31, 28)]),
        ("The ministry raised its estimate to 3,100,000 crowns from two million.", [(3.1e6, 2e6)]),
        ("The firm sold 52 mills, up from 37 a year earlier.", []),
        ("The firm sold 52 mills, up from 37 in May 2029.", []),
        ("The law would cut the quota to 20 boats from 35.", []),
        ("The train with 52 guests came from 37 stops away.", []),
    ],
)
def test_former_value_is_read_where_a_count_is_corrected(sentence: str, formers: list[tuple[int, int]]) -> None:
    (line,) = read_lines(facts("a", sentence)).values()
    assert [(value, former) for (_, value), _, former in former_values(line)] == formers


def test_what_a_report_says_was_so_before_no_longer_stands_whoever_reported_it() -> None:
    story = told(facts("a", OLD, hours=0), facts("b", UP, hours=30))
    assert standing(story, "mills") == {37: True, 52: False}
    assert not story.discrepancies


def test_what_one_source_counts_anew_replaces_its_count() -> None:
    first, second = facts("a", OLD, hours=0, source="wire"), facts("b", ANEW, hours=30, source="wire")
    assert standing(told(first, second), "mills") == {37: True, 52: False}


def test_what_another_source_counts_replaces_nothing_on_the_same_day() -> None:
    story = told(facts("a", OLD, hours=0), facts("b", ANEW, hours=11))
    assert standing(story, "mills") == {37: False, 52: False}
    assert [[float(v.value) for v in own.values] for own in story.discrepancies] == [[37, 52]]


def test_a_count_that_another_source_says_has_run_on_replaces_it_later() -> None:
    story = told(facts("a", OLD, hours=0), facts("b", ANEW, hours=13))
    assert standing(story, "mills") == {37: True, 52: False}
    assert not story.discrepancies


@pytest.mark.parametrize("later", [ANEW.replace("52", "31"), ANEW.replace("By Friday i", "I").replace("had ", "")])
def test_a_lower_count_and_one_that_does_not_run_on_are_at_odds_with_it(later: str) -> None:
    story = told(facts("a", OLD, hours=0), facts("b", later, hours=30))
    assert not any(standing(story, "mills").values())
    assert story.discrepancies
