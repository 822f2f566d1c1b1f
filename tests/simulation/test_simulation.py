import functools
import os
from collections import Counter
from collections.abc import Callable

import pytest
import sim_inputs as inputs
from sim_regrouping import regrouping
from simulator import Simulation

import articles.stages
from consumers.reading import update_of
from schemas.events import Event
from schemas.story import Story
from schemas.topics import UPDATES

SCHEDULES = int(os.environ.get("NEWSFOLD_SCHEDULES", "1000"))
CHUNKS = 20


@pytest.fixture(autouse=True, scope="module")
def _remember_pure_results():
    """Cleaning and extracting are pure: doing the same article once is enough for a thousand schedules."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(articles.stages, "clean", functools.cache(articles.stages.clean))
        patch.setattr(articles.stages, "extract", functools.cache(articles.stages.extract))
        yield


def run(seed: int, actions: int, english: Callable[[], list[Event]] = inputs.english) -> Simulation:
    simulation = Simulation([english(), inputs.german()], seed)
    simulation.disturb(actions)
    simulation.finish()
    return simulation


@pytest.fixture(scope="module")
def undisturbed() -> Simulation:
    return run(seed=0, actions=0)


def test_the_undisturbed_run_is_worth_comparing_with(undisturbed: Simulation):
    stories = undisturbed.stories()
    sizes = sorted(len(story.articles) for story in stories)
    assert sizes == [1, 1, 2, 4], [(story.title, len(story.articles)) for story in stories]
    assert len(undisturbed.updates()) == sum(story.version for story in stories) == 11
    (ferry,) = [story for story in stories if len(story.articles) == 4]
    assert any(article.copy_of for article in ferry.articles)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_any_schedule_gives_the_undisturbed_stories(chunk: int, undisturbed: Simulation):
    expected = undisturbed.latest(), undisturbed.updates()
    for seed in range(1 + chunk, SCHEDULES + 1, CHUNKS):
        disturbed = run(seed, actions=40)
        assert (disturbed.latest(), disturbed.updates()) == expected, f"schedule {seed}"


def test_merges_and_splits_come_out_the_same_under_any_schedule():
    """As many schedules as a chunk above."""
    straight = run(0, 0, regrouping)
    told = Counter(update.kind for update in map(update_of, straight.records(UPDATES)))
    assert (told["merged"], told["split"], told["revised"]) == (2, 2, 1)
    expected = straight.latest(), straight.updates()
    for seed in range(1, SCHEDULES // CHUNKS + 1):
        disturbed = run(seed, 60, regrouping)
        assert (disturbed.latest(), disturbed.updates()) == expected, f"schedule {seed}"


def test_a_schedule_really_disturbs(undisturbed: Simulation):
    counts = [len(run(seed, actions=40).records(UPDATES)) for seed in range(1, 11)]
    assert max(counts) > len(undisturbed.updates()), "no update was ever repeated, so nothing was disturbed"


def test_stories_keep_languages_apart(undisturbed: Simulation):
    by_language: dict[str, list[Story]] = {}
    for story in undisturbed.stories():
        by_language.setdefault(story.language, []).append(story)
    assert sorted(by_language) == ["de", "en"]
