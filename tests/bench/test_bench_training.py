"""What the searches for weights run is what the stage does, and what they claim is of what they did not see."""

from collections import Counter
from collections.abc import Sequence

import pytest

from bench import train_assign, train_evidence, train_threads
from bench.quality.assign import Row, assign_all
from bench.quality.assign_errors import Cause, Error, Placed, cause, errors, table, told
from bench.quality.near_copies import originals, shares
from schemas.stories import Rival, Why
from stories.assign.likeness import Likeness
from stories.assign.shelf import DAY
from stories.assign.threads import THREAD_WEIGHTS
from stories.assign.weights import WEIGHTS
from stories.fold.evidence import MODEL, RESTATED, Evidence, odds


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
    small = [(f"0 {event}", f"0 {thread}") for event, thread in pairs]
    return train_threads.Trial(by, pairs, pairs, small, Counter(thread for _, thread in pairs), largest)


def test_weights_of_threads_are_the_middle_of_the_best_that_are_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_threads, "MIDDLE", 2)
    too_large = trial(0.9, "abcd", largest=train_threads.LARGEST + 1)
    trials = [trial(0.1, "abc"), trial(0.4, "abc"), trial(0.7, "a"), too_large]
    assert train_threads.middle(trials, "abcd").join == 0.2
    with pytest.raises(ValueError, match="more than 190"):
        train_threads.middle([too_large], "abcd")


def test_an_event_is_scored_by_what_was_chosen_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_threads, "MIDDLE", 1)
    trials = {join: trial(join, right) for join, right in ((0.1, "ab"), (0.2, "bcd"))}
    parts = ["a", "b", "cd"]
    scores, chosen = train_threads.held_out(lambda by: trials[by.join], list(trials.values()), parts)
    assert [one.by.join for one in chosen] == [0.2, 0.2, 0.1]
    assert scores.pairs == (1.0, 0.25, pytest.approx(0.4)), "a is lost by the second, c and d by the first"
    found = train_threads.together(chosen, parts, train_threads.Trial.amid_scores)
    assert found[:2] == (1.0, 0.625), "by articles: one event of two, and halves of the others"


def test_what_else_is_in_a_thread_counts_against_an_event() -> None:
    one = trial(0.1, "abcd")
    amid = one._replace(sizes=one.sizes + Counter(a=2))
    assert amid.amid_scores("ab") == (0.75, 1.0, pytest.approx(6 / 7))
    stranger = one._replace(small=[*one.small, (f"0 {train_threads.STRANGE}x", "0 a")])
    assert stranger.small_scores("ab").pairs == (0.5, 1.0, pytest.approx(2 / 3))
    for worse in (amid, stranger):
        assert worse.worth("ab") < 1.0
    assert amid.worth("cd") == stranger.worth("bcd") == 1.0


def test_a_small_world_is_some_events_at_one_time_among_strangers(world: list[Row]) -> None:
    placed = train_threads.record(world)
    small = train_threads.small_worlds(placed, placed, seed=1)
    for one_world, (count, most) in zip(small, train_threads.SMALL, strict=True):
        names = Counter(one.event for one in one_world)
        strangers = {name for name in names if name and name.startswith(train_threads.STRANGE)}
        events = names.keys() - strangers
        assert (len(events), len(strangers)) == (count, len({one.story for one in placed}))
        assert max(names[event] for event in events) <= most
        for event in events:
            own = [one for one in one_world if one.event == event]
            assert min(one.at for one in own) == train_threads.EPOCH
            assert sorted(one.story for one in own if one.opens) == sorted({one.story for one in own})
        assert max(one.at for one in one_world) < train_threads.EPOCH + 2 * train_threads.WEEK * DAY


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
    assert cause(parted) == Cause.MOVED, "its decision is as it was"
    assert [line for line in table([parted]) if f"1 times {size - 1:5d} pairs" in line and Cause.MOVED in line]
    assert errors(rows, run) == []


def parted(world: Sequence[Row], score: float, *, days: float = 1.0, alike: float = 0.0, **why: object) -> Error:
    """An article that was decided by some score, and one of story "a" that it belongs with."""
    bar = WEIGHTS.threshold
    decided = Why(score=score * bar, threshold=bar, **why)
    other, later = Placed(0, world[0], "true", "a", "a", decided), Placed(1, world[1], "true", "b", "b", decided)
    return Error("parted", 1, later, other, Likeness(0.0, 0.0, 0.0, days, alike * bar))


def test_a_parted_article_has_one_cause(world: list[Row]) -> None:
    def fits(share: float) -> tuple[Rival, ...]:
        return (Rival(story_id="a", score=share * WEIGHTS.threshold, article_id="x", parts={}),)

    assert cause(parted(world, 1.2, days=15)) == Cause.OVER
    assert cause(parted(world, 1.2, copy_of="y")) == Cause.COPY
    assert cause(parted(world, 1.2, rivals=fits(1.1))) == Cause.BETTER
    assert cause(parted(world, 1.2)) == Cause.UNSEEN
    assert cause(parted(world, 0.9, rivals=fits(0.9))) == cause(parted(world, 0.9, alike=0.9)) == Cause.NEARLY
    assert cause(parted(world, 0.9, rivals=fits(0.7))) == cause(parted(world, 0.9, alike=0.7)) == Cause.UNLIKE
    assert cause(parted(world, 0.9, alike=1.1)) == Cause.LOST


NONE = Evidence(*[0.0] * len(Evidence._fields))


def test_evidence_is_weighed_by_what_the_pairs_say() -> None:
    """Numbers speak for it, a denial against it, and of what does not differ nothing is learned."""
    kinds = [(2.0, 0.0, True), (2.0, 1.0, False), (0.0, 0.0, False), (2.0, 0.0, True)]
    cases = [
        train_evidence.Case(NONE._replace(numbers=numbers, one_denies=denies), same, real=False)
        for numbers, denies, same in kinds * 20
    ]
    model = train_evidence.learn(cases)
    assert [odds(case.evidence, model) > 0 for case in cases] == [case.same for case in cases]
    assert model.weights.numbers > 0 > model.weights.one_denies
    assert model.weights.score == 0


def test_the_weights_in_use_are_of_labelled_pairs_and_told_apart() -> None:
    corpus = train_evidence.Corpus(train_evidence.tuned_and_held_out()[0][:2], [])
    cases = corpus.cases(train_evidence.Models(MODEL, RESTATED)).across
    right = [case.same for case in cases if odds(case.evidence) >= 1.0]
    assert len(cases) > len(right) > 20
    assert sum(right) / len(right) > 0.9
    assert sum(case.same for case in cases if odds(case.evidence) < -1.0) < sum(right) / 5


def test_every_story_is_left_out_once() -> None:
    corpus = train_evidence.Corpus(train_evidence.tuned_and_held_out()[0], [])
    parts = list(corpus.parts())
    assert sorted(story.name for _, part in parts for story in part.told) == [story.name for story in corpus.told]
    assert all(not {it.name for it in others.told} & {it.name for it in part.told} for others, part in parts)
