"""Stories that turn out to be one are merged, those that turn out to be two are split, and no article is lost."""

import random
from collections import Counter

import pytest
from stories_assign_kit import (
    BUDGET,
    BUDGET_RETOLD,
    CHESS,
    FERRY,
    FERRY_RETOLD,
    VOLCANO,
    Memory,
    Newsroom,
    arrival,
    departure,
)

from schemas.stories import Joined, Merged, Opened, Revised, Split, Withdrawn
from stories.assign import assign, open_desk
from stories.fold import fold, open_fold

BOTH = [FERRY_RETOLD + BUDGET_RETOLD[:2], FERRY_RETOLD + BUDGET_RETOLD]
"""An article on two events: it draws their stories together."""


def told(outputs):
    return [(type(output.data), output.data.story_id, output.data.version) for output in outputs]


def nearly_one():
    """A newsroom with a ferry story of five articles and a budget story of one, most of the five on both, so linked."""
    room = Newsroom()
    ferry = room.see_one(arrival("ferry", FERRY, days=0, fetched=0)).story_id
    budget = room.see_one(arrival("budget", BUDGET, days=0.01, fetched=0)).story_id
    for number in range(4):
        joined = room.see_one(arrival(f"both{number}", BOTH[number % 2], days=0.02 + number / 100))
        assert (type(joined), joined.story_id) == (Joined, ferry)
    return room, ferry, budget


def after_the_look(room, days=0.5):
    *looked, last = room.see(arrival("later", CHESS, days=days))
    assert isinstance(last.data, Opened)
    return looked


def merged():
    room, ferry, budget = nearly_one()
    outputs = after_the_look(room)
    return room, ferry, budget, outputs


def test_stories_that_grew_together_are_merged_by_an_event_for_each():
    _, ferry, budget, outputs = merged()
    assert told(outputs) == [(Merged, ferry, 7), (Merged, budget, 2)]
    stays, goes = (output.data for output in outputs)
    assert (stays.other, stays.into, stays.facts) == (
        budget,
        None,
        (arrival("budget", BUDGET, days=0.01, fetched=0).data,),
    )
    assert (goes.other, goes.into, goes.facts) == (ferry, ferry, ())


def test_nothing_is_merged_between_two_looks():
    room, _, _ = nearly_one()
    assert after_the_look(room, days=0.1) == []


def test_what_comes_late_reaches_the_story_that_its_article_is_in_now():
    room, ferry, budget, _ = merged()
    revised = room.see_one(arrival("budget", BUDGET_RETOLD, days=0.01, fetched=2))
    assert (type(revised), revised.story_id, revised.version) == (Revised, ferry, 8)
    gone = room.see_one(departure("budget", fetched=3))
    assert (type(gone), gone.story_id, gone.version) == (Withdrawn, ferry, 9)
    back = room.see_one(arrival("budget", BUDGET, days=0.01, fetched=4))
    assert (type(back), back.story_id, back.version) == (Joined, ferry, 10)
    assert open_desk(room.state).home(budget)[0] == ferry


def test_a_new_article_on_the_merged_matter_joins_the_story_that_stayed():
    room, ferry, _, _ = merged()
    assert room.see_one(arrival("copy", BUDGET, days=0.6)).story_id == ferry


def test_what_has_grown_too_old_is_not_moved():
    room, _, _ = nearly_one()
    assert after_the_look(room, days=3.5) == []
    assert room.stored("facts/") == [f"facts/{arrival('later', CHESS).data.article_id}"]


def test_facts_are_kept_of_young_articles_only():
    room, _, _, _ = merged()
    assert len(room.stored("facts/")) == len(room.stored("trace/")) == 7
    room.see(departure("later", fetched=1))
    room.see(arrival("old", VOLCANO, days=-4))
    assert len(room.stored("facts/")) == 6
    assert len(room.stored("trace/")) == 7


SECOND_FERRY = [
    "The ferry Sankt Ilian ran aground off Kelm harbour with 85 passengers on board.",
    "Rescue boats brought all passengers of the Sankt Ilian to Kelm before nightfall.",
    "Captain Jorun Aske had left the marked channel to avoid a trawler, the coastguard said.",
    "The shipping line Skarland apologised and promised to pay for hotels.",
    "Divers will inspect the hull of the ferry.",
]
SECOND_FERRY_RETOLD = [
    "All 85 passengers are safe after the Sankt Ilian struck a sandbank near Kelm harbour.",
    "Captain Jorun Aske left the channel because of a trawler, according to the coastguard.",
    "Skarland, which runs the Sankt Ilian, will pay for hotels of stranded passengers.",
]


def two_in_one(text=SECOND_FERRY_RETOLD, days=0.03):
    """A story on two ferries that ran aground, and what comes with its fourth article."""
    room = Newsroom()
    story = room.see_one(arrival("first", FERRY)).story_id
    for number, (name, early) in enumerate({"second": SECOND_FERRY, "first2": FERRY_RETOLD}.items(), 1):
        assert room.see_one(arrival(name, early, days=number / 100)).story_id == story, name
    joined, *outputs = room.see(arrival("second2", text, days=days))
    assert (type(joined.data), joined.data.story_id) == (Joined, story)
    return room, story, outputs


def test_a_story_that_is_two_is_split_as_it_grows_by_an_event_for_each():
    _, story, outputs = two_in_one()
    assert told(outputs) == [(Split, story, 5), (Split, outputs[1].data.story_id, 1)]
    stays, leaves = (output.data for output in outputs)
    assert (stays.other, leaves.other) == (leaves.story_id, story)
    assert (stays.facts, leaves.leave) == ((), ())
    assert tuple(one.article_id for one in leaves.facts) == stays.leave
    assert [one.input_id for one in leaves.facts] == ["second", "second2"]


def test_what_can_no_longer_be_moved_keeps_a_story_whole():
    text = SECOND_FERRY_RETOLD + SECOND_FERRY[3:]
    assert two_in_one(text, days=2)[2] != [] == two_in_one(text, days=3.2)[2]


def test_one_article_that_is_unlike_the_rest_is_no_story_of_its_own():
    room = Newsroom()
    texts = {"first": FERRY, "first2": FERRY_RETOLD, "second": SECOND_FERRY, "first3": FERRY[1:]}
    outputs = [room.see_one(arrival(name, text, days=at / 100)) for at, (name, text) in enumerate(texts.items())]
    assert len({output.story_id for output in outputs}) == 1


def test_two_wires_with_a_copy_each_are_no_two_stories():
    _, _, outputs = two_in_one()
    assert outputs
    room, texts = Newsroom(), {"first": FERRY, "second": SECOND_FERRY, "copy": FERRY, "copy2": SECOND_FERRY}
    for at, (name, text) in enumerate(texts.items()):
        room.see_one(arrival(name, text, days=at / 100))
    assert len(room.stored("story/")) == 1


def test_what_comes_late_reaches_the_half_that_its_article_is_in():
    room, story, outputs = two_in_one()
    new = outputs[1].data.story_id
    assert room.see_one(departure("first2", fetched=1)).story_id == story
    assert room.see_one(departure("second2", fetched=1)).story_id == new
    assert room.see_one(arrival("copy", FERRY, days=0.6)).story_id == story
    assert room.see_one(arrival("copy2", SECOND_FERRY, days=0.6)).story_id == new


TEXTS = [FERRY, FERRY_RETOLD, SECOND_FERRY, SECOND_FERRY_RETOLD, BUDGET, BUDGET_RETOLD, VOLCANO, CHESS]
TEXTS += [*BOTH, FERRY[:3], BUDGET[2:], VOLCANO + CHESS[1:]]


def happenings(chance, count):
    """Articles, new texts and withdrawals of two weeks, on few events, some on two at a time."""
    for number in range(count):
        name = f"outlet{chance.randrange(count // 2)}"
        if chance.random() < 0.1:
            yield departure(name, fetched=number)
        else:
            sentences = chance.sample(text := chance.choice(TEXTS), max(1, len(text) - chance.randrange(3)))
            yield arrival(name, sentences, days=number / 10 - chance.random(), fetched=number)


@pytest.mark.parametrize("seed", range(12))
def test_every_article_is_in_exactly_one_story(seed):
    """Assign and fold together, with a desk that is rebuilt now and then."""
    chance, state, stories = random.Random(seed), Memory(), {}
    desk, view = open_desk(state), open_fold(Memory())
    for event in happenings(chance, 120):
        desk = open_desk(state) if chance.random() < 0.1 else desk
        for output in assign(desk, event):
            KINDS[type(output.data)] += 1
            _, made = fold(view, output)
            stories[made.key] = made.data
    held = [article.article_id for story in stories.values() for article in story.articles]
    assert len(held) == len(set(held))
    fates = {key.removeprefix("article/"): desk.fate(key.removeprefix("article/")) for key, _ in state.scan("article/")}
    homes = {article: desk.home(fate.story)[0] for article, fate in fates.items() if not fate.withdrawn}
    assert homes == {one.article_id: story for story, made in stories.items() for one in made.articles}
    for story, made in stories.items():
        shape = desk.shape(story)
        assert (shape.version, shape.articles, shape.into) == (made.version, len(made.articles), made.merged_into)
        assert made.merged_into is None or stories[desk.home(story)[0]].status != "merged"


KINDS = Counter()


def test_the_runs_above_merged_and_split():
    assert KINDS[Merged] > 4
    assert KINDS[Split] > 4
