"""Figures that have gone on: what a report says that they were before, and what one source counts anew."""

import pytest
from stories_fold_kit import facts, told

from schemas.articles import Facts, Figure
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
        ("Thieves took 210 files, far more than the 80 the ministry had first reported.", [(210, 80)]),
        ("They will pay 48 crowns, two more than they offered in June.", [(48, 46)]),
        ("The union raised its claim to 46 crowns, 12 crowns more than in May.", [(46, 34)]),
        ("The firm sold 46 boats, 12 more than in May.", []),
        ("The firm sold 46 boats, more than the 40 it needed to sell.", []),
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


SEARCHED = "By nightfall the guard had searched 300 hectares, said an officer at the quay of Kolm."
QUAKES = "Some 300 small quakes woke the town."
ANSWER = {300: True, 950: False}
UNITS = {"hectares": "hectare", "tonnes": "t"}
LARGER = "Its boats have now covered 950 hectares, and fishermen help without pay."


def last_values(*stories: Facts) -> dict[float, bool]:
    figures = [figure for claim in told(*stories).claims for figure in claim.figures if len(figure.values) > 1]
    return {float(value.value): value.superseded for figure in figures for value in figure.values}


@pytest.mark.parametrize(
    ("old", "new", "source", "hours", "found"),
    [
        (SEARCHED, LARGER, "wire", 30, ANSWER),
        (SEARCHED, LARGER, "own", 30, {}),
        (SEARCHED, LARGER.replace("950", "250"), "wire", 30, {}),
        (SEARCHED, LARGER.replace("hectares", "people"), "wire", 30, {}),
        (SEARCHED.replace("300", "60 hectares in the bay and 300"), LARGER, "wire", 30, {}),
        (QUAKES, "Instruments noted 950 quakes in five days.", "wire", 30, ANSWER),
        ("The walls of the dam let through 300 tonnes.", "So far 950 tonnes of salt were sold.", "wire", 30, {}),
    ],
)
def test_a_source_counts_on_in_other_words(
    old: str, new: str, source: str, hours: float, found: dict[float, bool]
) -> None:
    assert last_values(in_units("a", old, "wire", 0), in_units("b", new, source, hours)) == found


def in_units(article_id: str, sentence: str, source: str, hours: float) -> Facts:
    """An article of one sentence, in which measures are units and no nouns."""
    own = facts(article_id, sentence, source=source, hours=hours)
    return own.model_copy(update={"figures": tuple(map(measured, own.figures))})


def measured(figure: Figure) -> Figure:
    word = (figure.counted or "").partition(" ")[0]
    if word not in UNITS:
        return figure
    return figure.model_copy(update={"unit": UNITS[word], "counted": None, "end": figure.end + 1 + len(word)})


def test_two_counts_of_the_same_things_follow_each_other() -> None:
    first = facts("a", "For the boat 5 ships, 2 planes are looking.", source="wire", hours=0)
    later = facts("b", "The search for the boat was widened to 11 ships, 4 planes.", source="wire", hours=30)
    assert last_values(first, later) == {5: True, 11: False, 2: True, 4: False}


@pytest.mark.parametrize(
    ("first", "later", "gone"),
    [
        (
            "Both sides say that at least 14 soldiers were killed at the ford.",
            "The number of dead rose to 27 soldiers.",
            14,
        ),
        ("The number of dead rose to 27 soldiers.", "They rest after 41 soldiers and 16 herders were killed.", 27),
        ("Some 14 soldiers were killed at the ford.", "They rest after 41 herders and 16 kings were killed.", None),
    ],
)
def test_a_source_counts_on_those_of_some_kind_who_died(first: str, later: str, gone: int | None) -> None:
    story = told(facts("a", first, hours=0, source="wire"), facts("b", later, hours=20, source="wire"))
    values = [v for c in story.claims for f in c.figures for v in f.values if v.superseded]
    assert [v.value for v in values] == ([gone] if gone else [])
