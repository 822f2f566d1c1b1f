"""The fold as a stage: versions, gaps, rebuilding, what is written, and the same bytes whatever happens."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from stories_fold_kit import MemoryState, event, facts, folded, joined

from schemas.articles import Gone
from schemas.errors import Quarantine, VersionGap
from schemas.events import Event
from schemas.stories import Closed, Linked, Merged, Revised, Split, StoryEvent, Why, Withdrawn
from stories.fold import fold, open_fold, publish, replay_story
from stories.fold.evolve import evolve
from stories.fold.state import StoryState
from stories.fold.view import replayed

TREE = "A storm felled the thousand-year-old linden of Gorst on Friday and crushed two parked delivery vans."
TREE_TOO = "The thousand-year-old linden of Gorst was felled by a storm on Friday, crushing two parked delivery vans."
SEED = "The parish has kept seedlings of the tree in a nursery behind the chapel since 1988."
VANS = "Both vans belonged to a bakery whose drivers were having breakfast in the kitchen."


def log() -> list[StoryEvent]:
    return [
        *joined(facts("a", TREE, SEED), facts("b", TREE_TOO, VANS), facts("c", SEED, VANS, TREE)),
        Revised(story_id="s1", version=4, facts=facts("b", TREE_TOO, "A new tree will be planted in October.")),
        Withdrawn(story_id="s1", version=5, article_id="a"),
        Merged(story_id="s1", version=6, other="s0", facts=(facts("d", TREE), facts("e", VANS))),
        Split(story_id="s1", version=7, other="s9", leave=("e",)),
        Linked(story_id="s1", version=8, other="s5", thread_id="s2", why=Why(score=0.3)),
        Closed(story_id="s1", version=9),
    ]


def outputs(events: list[Event], state: MemoryState, *, reopen: bool) -> list[Event]:
    view, made = open_fold(state), []
    for one in events:
        view = open_fold(state) if reopen else view
        made += fold(view, one)
    return made


def test_outputs_are_an_update_and_a_story_with_stable_ids() -> None:
    cause = event(log()[0])
    update, story = fold(open_fold(MemoryState()), cause)
    assert [update.kind.name, story.kind.name] == ["newsfold.story.updated", "newsfold.story.folded"]
    assert {update.key, story.key} == {"s1"}
    assert {update.subject, story.subject} == {"s1@1"}
    assert {update.cause, story.cause} == {cause.id}
    assert [one.id for one in fold(open_fold(MemoryState()), cause)] == [update.id, story.id]


def test_versions_have_no_gap_and_repeats_give_nothing() -> None:
    view = open_fold(MemoryState())
    events = [event(data) for data in log()]
    versions = [output.data.version for one in events for output in fold(view, one)]  # type: ignore[attr-defined]
    assert versions == [version for version in range(1, 10) for _ in range(2)]
    assert [fold(view, one) for one in events] == [[]] * len(events)


def test_gap_is_reported_and_rebuilding_from_the_log_closes_it() -> None:
    view, events = open_fold(MemoryState()), [event(data) for data in log()]
    fold(view, events[0])
    with pytest.raises(VersionGap) as gap:
        fold(view, events[3])
    assert gap.value.story_id == "s1"
    view.rebuild(events[:4])
    assert fold(view, events[3]) == []
    whole = MemoryState()
    outputs(events, whole, reopen=False)
    tail = [made.data for one in events[4:] for made in fold(view, one)]
    assert tail[-1] == replay_story(events)


def test_rebuilding_leaves_nothing_of_what_was_there() -> None:
    broken, clean = MemoryState(), MemoryState()
    events = [event(data) for data in log()]
    outputs(events, broken, reopen=False)
    open_fold(broken).rebuild(events[:2])
    outputs(events[:2], clean, reopen=False)
    assert broken.rows == clean.rows


def test_view_dropped_at_every_step_gives_the_same_bytes() -> None:
    events = [event(data) for data in log()]
    kept, dropped = MemoryState(), MemoryState()
    one = outputs(events, kept, reopen=False)
    other = outputs(events, dropped, reopen=True)
    assert [o.data.model_dump_json() for o in one] == [o.data.model_dump_json() for o in other]
    assert kept.rows == dropped.rows


def test_only_what_changed_is_written() -> None:
    state = MemoryState()
    view = open_fold(state)
    sentences = [
        f"The {word} of Gorst have asked the bishop for a new bell number {n}." for n, word in enumerate(WORDS)
    ]
    folded(joined(facts("a", *sentences)), view)
    state.writes.clear()
    folded(joined(facts("b", sentences[3]), first=2), view)
    pages = [key for key in state.writes if "/claims/" in key]
    assert not pages
    assert sorted(state.writes) == ["story/s1", "story/s1/article/b", "story/s1/placed/b"]
    folded(joined(facts("c", "A new bell will be cast in Gorst before the winter."), first=3), view)
    assert [key for key in state.writes if "/claims/" in key] == ["story/s1/claims/000002"]


WORDS = (
    "bakers", "joiners", "widows", "shepherds", "printers", "fiddlers", "rowers", "miners", "weavers", "tanners",
    "coopers", "glaziers", "saddlers", "brewers", "potters", "masons", "millers", "cobblers", "thatchers", "dyers",
    "hatters", "carters", "barbers", "fullers", "drovers", "ropers", "sawyers", "turners", "wheelwrights", "chandlers",
    "farriers", "fletchers", "gardeners", "nailers", "skinners", "smiths", "tilers", "vintners",
)  # fmt: skip


def test_claims_unchanged_between_versions_are_the_same_objects() -> None:
    first, second = joined(facts("a", TREE, SEED), facts("b", VANS))
    before = evolve(None, first)
    after = evolve(before, second)
    assert after.members["a"] is before.members["a"]
    assert after.claims[0][:2] == before.claims[0][:2]
    assert before.version == 1
    assert publish(before).claims == publish(evolve(None, first)).claims


def test_a_past_version_is_replayed_from_the_log() -> None:
    events = [event(data) for data in log()]
    stories = [story for _, story in folded(log())]
    assert [replay_story(events, upto=version) for version in range(1, 10)] == stories
    assert replay_story([*events[:2], *events]) == stories[-1]
    with pytest.raises(VersionGap):
        replay_story([events[0], events[2]])
    with pytest.raises(Quarantine):
        replay_story([])


def test_what_is_no_story_event_is_quarantined() -> None:
    gone = Gone(article_id="a", source="a.example", input_id="a")
    with pytest.raises(Quarantine):
        fold(open_fold(MemoryState()), Event(id="1", key="a", subject="a", data=gone))


def test_merging_empties_the_one_and_fills_the_other() -> None:
    going = folded([*joined(facts("a", TREE)), Merged(story_id="s1", version=2, other="s2", into="s2")])[-1][1]
    assert (going.status, going.merged_into, going.links) == ("merged", "s2", ("s2",))
    assert not going.articles
    assert going.title
    staying = folded(
        [
            *joined(facts("b", VANS), story_id="s2"),
            Merged(story_id="s2", version=2, other="s1", facts=(facts("a", TREE),)),
        ]
    )[-1][1]
    assert [article.article_id for article in staying.articles] == ["b", "a"]
    assert staying.status == "active"


def test_splitting_moves_articles_to_a_new_story() -> None:
    old = folded(
        [*joined(facts("a", TREE), facts("b", VANS)), Split(story_id="s1", version=3, other="s2", leave=("b",))]
    )
    assert [article.article_id for article in old[-1][1].articles] == ["a"]
    new = folded([Split(story_id="s2", version=1, other="s1", facts=(facts("b", VANS),))])[0][1]
    assert [article.article_id for article in new.articles] == ["b"]
    assert new.links == ("s1",)


def test_a_closed_story_opens_again_with_a_new_article() -> None:
    events = [*joined(facts("a", TREE)), Closed(story_id="s1", version=2), *joined(facts("b", VANS), first=3)]
    assert [story.status for _, story in folded(events)] == ["active", "closed", "active"]


def test_closing_changes_the_head_alone_and_shares_the_rest() -> None:
    events = [*joined(facts("a", TREE, SEED)), Closed(story_id="s1", version=2)]
    (_, opened), (_, closed) = folded(events)
    assert closed == opened.model_copy(update={"version": 2, "status": "closed"})
    assert closed.claims is opened.claims
    assert closed == publish(replayed([event(data) for data in events]) or StoryState("s1"))


def test_a_story_without_articles_is_empty() -> None:
    story = folded([*joined(facts("a", TREE)), Withdrawn(story_id="s1", version=2, article_id="a")])[-1][1]
    assert (story.status, story.claims, story.summary) == ("empty", (), ())


def test_articles_without_sentences_or_in_other_languages_are_taken_in() -> None:
    japanese = facts("b", "大雨で川の堤防が決壊した。", "住民は避難している。").model_copy(update={"language": "ja"})
    story = folded(joined(facts("a"), japanese, facts("c", "?")))[-1][1]
    assert len(story.articles) == 3


_PROBE = """
import hashlib, sys
sys.path[:0] = {paths!r}
from test_stories_fold_stage import log, outputs
from stories_fold_kit import MemoryState, event
state = MemoryState()
made = outputs([event(data) for data in log()], state, reopen=False)
text = "".join(one.data.model_dump_json() for one in made) + repr(sorted(state.rows.items()))
print(hashlib.sha256(text.encode()).hexdigest())
"""


def test_nothing_depends_on_the_order_of_hashes() -> None:
    here = Path(__file__).parent
    code = _PROBE.format(paths=[str(here), str(here.parent.parent)])
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "77")
    }
    assert len(digests) == 1


def test_a_linked_story_tells_its_thread_and_stays_as_it_is() -> None:
    told = folded(log())
    (before, alone), (update, linked) = told[6:8]
    assert (alone.thread_id, linked.thread_id) == ("s1", "s2")
    assert linked.links == (*alone.links, "s5")
    assert (linked.claims, linked.articles, linked.status) == (alone.claims, alone.articles, alone.status)
    assert (before.kind, update.kind, update.new, update.changed, update.significance) == ("split", "linked", (), (), 0)
    assert (told[8][1].status, told[8][1].thread_id) == ("closed", "s2")


@pytest.mark.parametrize(("strength", "said"), [(None, "may be"), (0.6, "may be"), (0.9, "are")])
def test_an_update_says_how_likely_two_linked_stories_are_of_one_saga(strength: float | None, said: str) -> None:
    events = [one.model_copy(update={"strength": strength}) if isinstance(one, Linked) else one for one in log()]
    (linked,) = (update for update, _ in folded(events) if update.kind == "linked")
    assert linked.strength == strength
    assert linked.summary == f"Linked with another story: the two {said} parts of one saga."
