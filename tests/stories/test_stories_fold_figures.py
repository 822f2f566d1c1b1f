"""Figures of a claim: agree, differ, superseded."""

from datetime import UTC, datetime, timedelta

import pytest
from stories_fold_kit import facts, folded, joined, told

from schemas.articles import Figure
from schemas.stories import Revised
from schemas.story import ClaimFigure, Reading, Story, Support
from stories.fold.agreement import agree
from stories.fold.disputes import judged
from stories.fold.figures import Report, readings
from stories.fold.members import read_member

SEATS = "Organisers said {} delegates signed the river charter at the closing session in Port Ember on Sunday."
SEATS_TOO = "At the closing session in Port Ember on Sunday {} delegates signed the river charter, organisers said."


def values(story: Story) -> list[list[int | float]]:
    return [[value.value for value in odds.values] for odds in story.discrepancies]


def test_different_values_for_one_thing_are_a_discrepancy_with_supports() -> None:
    story = told(facts("a", SEATS.format("340")), facts("b", SEATS_TOO.format("410")))
    (odds,) = story.discrepancies
    assert (odds.counted, odds.unit, odds.mild) == ("delegates signed", None, False)
    assert [(v.value, [s.article_id for s in v.supports]) for v in odds.values] == [(340, ["a"]), (410, ["b"])]


def test_approximate_value_close_by_is_a_mild_discrepancy() -> None:
    story = told(facts("a", SEATS.format("some 25")), facts("b", SEATS_TOO.format("26")))
    assert values(story) == [[25, 26]]
    assert story.discrepancies[0].mild


@pytest.mark.parametrize("other", ["130", "about 130", "more than 120", "at least 130"])
def test_values_that_can_all_be_true_are_none(other: str) -> None:
    story = told(facts("a", SEATS.format("130")), facts("b", SEATS_TOO.format(other)))
    assert len(story.claims) == 1
    assert not story.discrepancies


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ({"value": 12000}, {"value": 12304}, True),
        ({"value": 400, "qualifier": "about"}, {"value": 396}, True),
        ({"value": 130}, {"value": 132}, False),
        ({"value": 5, "value_to": 8}, {"value": 7}, True),
        ({"value": 100, "qualifier": "more than"}, {"value": 90}, False),
        ({"value": 50, "qualifier": "up to"}, {"value": 48}, True),
        ({"value": 0}, {"value": 0}, True),
    ],
)
def test_agreement_respects_qualifiers_and_rounding(one: dict, other: dict, both: bool) -> None:  # type: ignore[type-arg]
    assert agree(Figure(start=0, end=1, **one), Figure(start=0, end=1, **other)) is both
    assert agree(Figure(start=0, end=1, **other), Figure(start=0, end=1, **one)) is both


def test_later_report_of_one_outlet_supersedes_its_earlier_one() -> None:
    first = facts("a", SEATS.format("340"), source="wire.example", hours=0)
    second = facts("b", SEATS_TOO.format("410"), source="wire.example", hours=2)
    story = told(first, second)
    assert not story.discrepancies
    assert [(v.value, v.superseded) for v in story.claims[0].figures[0].values] == [(340, True), (410, False)]


def test_what_the_wire_replaced_no_longer_counts_for_those_who_had_it_from_the_wire() -> None:
    body = (
        "The charter forbids new dams on the upper Ember.",
        "Two towns have not ratified it so far.",
    )
    wire = facts("w1", SEATS.format("340"), *body, source="wire.example", hours=0)
    copy = facts("copy", SEATS.format("340"), *body, source="slow.example", hours=5)
    retold = facts("retold", SEATS_TOO.format("340"), source="own.example", hours=1)
    newer = facts("w2", SEATS.format("410"), source="wire.example", hours=4)
    story = told(wire, retold, newer, copy)
    assert not story.discrepancies
    assert {(v.value, v.superseded) for v in story.claims[0].figures[0].values} == {(340, True), (410, False)}


def test_fresh_report_of_the_old_value_by_somebody_else_is_a_discrepancy_again() -> None:
    story = told(
        facts("w1", SEATS.format("340"), source="wire.example", hours=0),
        facts("w2", SEATS.format("410"), source="wire.example", hours=4),
        facts("own", SEATS_TOO.format("340"), source="own.example", hours=9),
    )
    assert values(story) == [[340, 410]]


def test_without_times_nothing_is_superseded() -> None:
    story = told(
        facts("w1", SEATS.format("340"), source="wire.example"),
        facts("w2", SEATS_TOO.format("410"), source="b.example"),
    )
    assert values(story) == [[340, 410]]


def test_correction_resolves_a_discrepancy() -> None:
    events = joined(facts("a", SEATS.format("340")), facts("b", SEATS_TOO.format("410")))
    made = folded([*events, Revised(story_id="s1", version=3, facts=facts("b", SEATS_TOO.format("340")))])
    assert values(made[1][1]) == [[340, 410]]
    assert not made[2][1].discrepancies
    assert "resolved" in [change.kind for change in made[2][0].changed]
    assert "contested" in [change.kind for change in made[1][0].changed]


def test_two_figures_of_one_kind_in_a_sentence_are_not_held_against_each_other() -> None:
    one = "The avalanche above Tarn Pass killed 14 hikers and injured 37 hikers, the alpine rescue service said."
    other = "Alpine rescuers said the avalanche above Tarn Pass had killed 14 hikers and injured 37 hikers on Friday."
    story = told(facts("a", one), facts("b", other))
    assert len(story.claims) == 1
    assert not story.discrepancies


def test_small_numbers_in_loosely_similar_sentences_are_no_discrepancy() -> None:
    one = "Goran Pell won the first heat of the Ember regatta by 6 lengths ahead of the defending champion."
    other = "In the first heat of the Ember regatta the juniors of Varley finished 4 lengths behind."
    assert not told(facts("a", one), facts("b", other)).discrepancies


def test_a_sentence_that_gives_both_values_is_at_odds_with_neither() -> None:
    one = "Lifeboats had taken 114 people off the burning excursion steamer Selma by midnight, the harbour office said."
    other = "The burning excursion steamer Selma had 130 people aboard, of whom 114 people were taken off by lifeboats."
    assert not told(facts("a", one), facts("b", other)).discrepancies


def test_claim_is_told_in_words_whose_figure_still_stands() -> None:
    old = facts("a", SEATS.format("340"), source="wire.example", hours=0)
    new = facts("b", "But " + SEATS_TOO.format("410"), source="wire.example", hours=2)
    (claim,) = told(old, new).claims
    assert "410" in claim.text


@pytest.mark.parametrize(("about", "superseded"), [("lead", True), ("added", False)])
def test_a_later_figure_replaces_one_that_is_about_the_same(about: str, superseded: bool) -> None:
    first = _report("a-1", 11_200, "lead", hours=0)
    later = _report("a-2", 9_700, about, hours=24)
    assert [reading.superseded for reading in readings([first, later])] == [superseded, False]


def _report(article_id: str, votes: int, about: str, hours: int) -> Report:
    return Report(
        support=Support(article_id=article_id, sentence=0),
        figure=Figure(start=0, end=1, value=votes, counted="votes"),
        source="tallyman.example",
        group="tallyman.example",
        time=datetime(2025, 3, 3, tzinfo=UTC) + timedelta(hours=hours),
        precise=True,
        around=frozenset(),
        alone=True,
        about=lambda: frozenset({about}),
    )


def test_a_whole_is_not_held_against_its_part() -> None:
    one = (
        "After the count in Port Ember the river party holds 64 of the 150 seats of the charter assembly, clerks said."
    )
    other = "Clerks said the river party holds 64 seats of the charter assembly after the count in Port Ember."
    assert not told(facts("a", one), facts("b", other)).discrepancies


def test_values_reported_weeks_apart_are_not_held_against_each_other() -> None:
    early, late = facts("a", SEATS.format("340"), hours=0), facts("b", SEATS_TOO.format("410"), hours=24 * 8)
    assert not told(early, late).discrepancies
    assert told(early, facts("b", SEATS_TOO.format("410"), hours=24 * 6)).discrepancies


def test_a_whole_number_may_stand_for_one_with_decimals() -> None:
    shares = Figure(start=0, end=1, value=49.9, unit="%")
    assert agree(shares, Figure(start=0, end=1, value=50, unit="%"))
    assert not agree(shares, Figure(start=0, end=1, value=51, unit="%"))


def test_every_reading_says_how_it_stands_to_the_others() -> None:
    story = told(
        facts("a", SEATS.format("340"), source="wire.example", hours=0),
        facts("b", SEATS_TOO.format("410"), source="wire.example", hours=2),
        facts("c", SEATS.format("450"), source="own.example", hours=3),
        facts("d", SEATS_TOO.format("about 410"), source="third.example", hours=3),
    )
    statuses = {(v.value, v.qualifier): v.status for c in story.claims for f in c.figures for v in f.values}
    assert statuses[340, None] == "superseded"
    assert statuses[410, None] == statuses[450, None] == "differ"


@pytest.mark.parametrize(("hours", "shown"), [(3, [[63, 81]]), (14, [])])
def test_who_is_in_a_state_is_counted_anew_every_day(hours: int, shown: list[list[int]]) -> None:
    state = "{} passengers of the Ember ferry are in intensive care at the Port Ember clinic, doctors said."
    again = "At the Port Ember clinic {} passengers of the Ember ferry were in intensive care, doctors said."
    one = facts("a", state.format("63"), source="wire.example", hours=0)
    other = facts("b", again.format("81"), source="own.example", hours=hours)
    assert values(told(one, other)) == shown


NAMES = "The mill company of Port Ember pays {}, at the two works by the harbour."


def test_one_quantity_under_two_names_is_one_figure() -> None:
    story = told(facts("a", NAMES.format("1400 employees")), facts("b", NAMES.format("1650 people")))
    assert values(story) == [[1400, 1650]]
    (claim,) = story.claims
    assert [figure.counted for figure in claim.figures] == ["people"]


@pytest.mark.parametrize(("one", "other"), [("1400 employees", "1650 lorries"), ("1400 employees", "3000 people")])
def test_other_things_and_far_values_are_two_figures(one: str, other: str) -> None:
    assert not values(told(facts("a", NAMES.format(one)), facts("b", NAMES.format(other))))


@pytest.mark.parametrize(("added", "differ"), [("another 21", False), ("21", True)])
def test_what_comes_on_top_of_another_count_is_no_rival_of_the_whole(added: str, differ: bool) -> None:
    one = f"Boats of the Ember league may land for sport in 8 towns, while in {added} towns, they pay a fee."
    other = "Boats of the Ember league pay a fee in 29 towns, and may land for sport."
    assert differing((one, 21), (other, 29), "towns") == differ


@pytest.mark.parametrize(
    ("one", "other", "whole", "differ"),
    [
        ("250", "310 jobs", True, True),
        ("250", "310 jobs", False, False),
        ("250", "400 jobs", True, False),
        ("4", "5 jobs", True, False),
        ("250", "310 jobs and 900", True, False),
    ],
)
def test_the_only_figures_of_two_wordings_are_of_one_thing(one: str, other: str, whole: bool, differ: bool) -> None:
    both = (
        (f"The new wing will bring {one} jobs, a clerk said.", int(one)),
        (f"With it come {other}.", int(other.split()[0])),
    )
    assert differing(*both, "jobs", whole=whole) == differ


def differing(one: tuple[str, int], other: tuple[str, int], counted: str, *, whole: bool = True) -> bool:
    """Whether the values of two sentences of one claim are found to be at odds."""
    members = {name: read_member(facts(name, said)) for name, (said, _) in zip("ab", (one, other), strict=True)}
    supports = [line.support for member in members.values() for line in member.lines.values()]
    given = [made(value, support) for (_, value), support in zip((one, other), supports, strict=True)]
    figure = judged(ClaimFigure(counted=counted, unit=None, values=tuple(given)), members, supports if whole else ())
    return {value.status for value in figure.values} == {"differ"}


def made(value: int, support: Support) -> Reading:
    return Reading(value=value, supports=(support,), since=None, superseded=False)
