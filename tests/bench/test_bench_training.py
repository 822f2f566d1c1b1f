"""What the searches for weights run is what the stage does, and what they claim is of what they did not see."""

from collections import Counter
from collections.abc import Sequence

import pytest

from bench import train_assign, train_threads
from bench.quality.assign import Row, assign_all
from bench.quality.assign_errors import errors, told
from bench.quality.near_copies import originals, shares
from stories.assign.threads import THREAD_WEIGHTS
from stories.assign.weights import WEIGHTS


@pytest.fixture(scope="module")
def world() -> list[Row]:
    return train_assign.load_world()


def groups(found: Sequence[object]) -> set[frozenset[int]]:
    return {frozenset(at for at, other in enumerate(found) if other == one) for one in found}


def test_threads_are_searched_for_with_the_threads_that_assign_makes(world: list[Row]) -> None:
    found = train_threads.thread_all(train_threads.record(world), THREAD_WEIGHTS)
    assert groups(found) == groups(assign_all(world).threads)


@pytest.mark.parametrize("threshold", [WEIGHTS.threshold, 0.09])
def test_weights_are_searched_for_with_the_stories_that_assign_makes(
    world: list[Row], threshold: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = WEIGHTS._replace(threshold=threshold)
    for module in ("choose.choose", "second_look.parting", "second_look.merges"):
        monkeypatch.setattr(f"stories.assign.{module}.__defaults__", (by,))
    found = train_assign.run(train_assign.prepare(world), by)
    assert groups(found) == groups(assign_all(world).stories)


def trial(join: float, right: Sequence[str], largest: int = 9) -> train_threads.Trial:
    """Finds some of four events and takes the others to pieces."""
    events = [event for event in "abcd" for _ in range(2)]
    pairs = [(event, event if event in right else f"{event}{at}") for at, event in enumerate(events)]
    by = THREAD_WEIGHTS._replace(join=join)
    return train_threads.Trial(by, pairs, pairs, Counter(thread for _, thread in pairs), largest)


def test_an_event_is_scored_by_what_was_chosen_without_it() -> None:
    trials = [trial(0.1, "ab"), trial(0.2, "bcd"), trial(0.3, "abcd", largest=train_threads.LARGEST + 1)]
    assert train_threads.best(trials, "abcd").by.join == 0.2
    scores = train_threads.held_out(trials, ["a", "b", "cd"])
    assert scores.pairs == (1.0, 0.25, pytest.approx(0.4)), "only b: a is lost by the second, c and d by the first"


def test_a_part_of_the_stream_is_scored_by_what_was_best_before_it() -> None:
    even = [(0.5, 0.5)] * 5
    trials = [
        train_assign.Trial(
            WEIGHTS, {"stream": [(one, one) for one in stream], "look-alikes": even, "sample world": even}
        )
        for stream in ([0.9, 0.1, 0.2, 0.3, 0.4], [0.4, 0.7, 0.6, 0.8, 0.9])
    ]
    found = train_assign.held_out(trials)
    assert found["stream"] == [[0.1, 0.1], [0.6, 0.6], [0.8, 0.8], [0.9, 0.9]]
    assert found["look-alikes"] == [[0.5, 0.5]] * 5


def test_all_stories_of_a_topic_are_in_one_part(world: list[Row]) -> None:
    rows = [row._replace(story=f"{at // 6}_{at % 2}") for at, row in enumerate(world)]
    parts = train_assign.folds_of("look-alikes", rows, seed=1)
    assert len(parts) == train_assign.FOLDS
    for row in rows:
        topic = (row.story or "").partition("_")[0]
        assert sum(any(story.startswith(f"{topic}_") for story in part) for part in parts) == 1


def test_what_a_text_shares_is_known_without_marks(world: list[Row]) -> None:
    """Wires of the sample world are copied by its papers."""
    articles = [row.facts for row in world]
    found = shares(articles)
    copies = [at for at, shared in enumerate(found) if max(shared.values(), default=0.0) >= 0.5]
    assert copies
    assert [at for at, original in enumerate(originals(articles)) if original is not None] == copies


def test_errors_are_all_pairs_that_are_wrong_and_say_what_was_decided(world: list[Row]) -> None:
    """Two stories of the world made one, and of another one the last article taken away."""
    run = assign_all(world)
    sizes = Counter(run.stories)
    (one, first), (other, second), (third, size) = sizes.most_common(3)
    last = max(at for at, story in enumerate(run.stories) if story == third)
    stories = [one if story == other else story for story in run.stories]
    stories[last] = "alone"
    rows = [row._replace(story=story) for row, story in zip(world, run.stories, strict=True)]
    joined, parted = sorted(errors(rows, run._replace(stories=stories)), key=lambda one: one.kind)
    assert (joined.kind, joined.pairs, {joined.later.true, joined.other.true}) == (
        "joined",
        first * second,
        {one, other},
    )
    assert (parted.kind, parted.pairs, parted.later.number) == ("parted", size - 1, last)
    assert parted.later.why == run.whys[last]
    assert f"{run.whys[last].score:.3f}" in told(parted)
    assert errors(rows, run) == []
