"""Peers are measured with settings chosen on the first part, and only what is active can draw an article."""

import numpy as np
import pytest

from bench import claim_peers, peers, train_assign
from bench.quality.assign import Row


@pytest.fixture(scope="module")
def world() -> list[Row]:
    return train_assign.load_world()


def test_settings_are_chosen_on_the_first_part_and_scored_on_the_second(world: list[Row]) -> None:
    rows = [row._replace(first=at < len(world) // 2) for at, row in enumerate(world)]
    right = [row.story for row in rows]
    alone = list(range(len(rows)))
    outcomes = [
        peers.Found((1.0,), [*right[: len(rows) // 2], *alone[len(rows) // 2 :]], 2.0),
        peers.Found((2.0,), [*alone[: len(rows) // 2], *right[len(rows) // 2 :]], 1.0),
    ]
    line = peers.line("peer", rows, iter(outcomes))
    assert line.settings == (1.0,)
    assert line.scores.b3[0] == 1.0
    assert line.scores.pairs[2] == 0.0
    assert line.speed == len(rows) / 2
    assert peers.told(line).startswith("| peer | 1 | 1.000 / ")


def test_one_pass_joins_what_is_alike_on_average_and_near_in_time() -> None:
    days = np.array([0.0, 0.0, 1.0, 20.0])
    alike = [np.array([]), np.array([0.5]), np.array([0.5, 0.1]), np.array([])]
    found = {one.settings: one.stories for one in peers.one_pass(alike, days, [0.2, 0.4], seconds=1.0)}
    assert found[0.2, 8.0] == [0, 0, 0, 3], "the third is .3 like the first two, one day later"
    assert found[0.2, 2.0] == [0, 0, 2, 3], "and fades faster here"
    assert found[0.4, 8.0] == [0, 0, 2, 3]


def test_a_date_that_only_the_text_states_is_none(world: list[Row]) -> None:
    rows = world[:3]
    read = rows[1].facts.model_copy(update={"published_origin": "text"})
    first, second, _ = peers.days_of(rows)
    assert second > first
    first, second, _ = peers.days_of([rows[0], rows[1]._replace(facts=read), rows[2]])
    assert second == first


def test_the_thresholds_of_the_encoder_are_the_best_f1_and_the_last_that_is_right_often_enough() -> None:
    pairs = [claim_peers.Rated(alike, same, joined=False) for alike, same in
             [(0.9, True), (0.8, True), (0.7, False), (0.6, True), (0.5, False), (0.1, False)]]  # fmt: skip
    assert claim_peers.thresholds(pairs, 0.97) == (0.6, 0.8)
    assert claim_peers.thresholds([pairs[2], pairs[3]], 0.97) == (0.6, 1.0)
    assert claim_peers.scores([True, True, False], [True, False, True]) == (0.5, 0.5, 0.5)
