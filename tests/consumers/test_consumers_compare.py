"""What two generations make of the same articles."""

from collections.abc import Mapping

from consumers_handmade import NAMING, Maker, fill, plain_story

from consumers.compare import Comparison, compare
from eventlog.base import EventLog
from schemas.articles import Facts
from schemas.topics import Naming

SECOND = Naming(generation="g2")


def derive_as(log: EventLog, naming: Naming, grouping: Mapping[str, str]) -> None:
    """Puts each article into the story of that id, one version an article."""
    maker = Maker(log, naming)
    held: dict[str, list[Facts]] = {}
    for article, story_id in grouping.items():
        event = maker.article(article)
        assert isinstance(event.data, Facts)
        held.setdefault(story_id, []).append(event.data)
        version = len(held[story_id])
        maker.version(event, story_id, version, plain_story(story_id, version, held[story_id]))


def compared(log: EventLog, one: Mapping[str, str], two: Mapping[str, str]) -> Comparison:
    derive_as(log, NAMING, one)
    derive_as(log, SECOND, two)
    return compare(log, NAMING, SECOND)


def test_the_same_to_the_byte(log: EventLog) -> None:
    fill(Maker(log))
    fill(Maker(log, SECOND))
    found = compare(log, NAMING, SECOND)
    assert found.verdict == "identical"
    assert (found.stories, found.updates, found.articles) == ((2, 2), (3, 3), (3, 3))
    assert (found.same_stories, found.same_updates) == (2, 3)


def test_other_ids_for_the_same_groups_move_no_article(log: EventLog) -> None:
    found = compared(log, {"a1": "s1", "a2": "s1"}, {"a1": "t1", "a2": "t1"})
    assert found.verdict == "different"
    assert (found.moved, found.split, found.merged) == ((), (), ())
    assert (found.only_first, found.only_second) == (("s1",), ("t1",))


def test_a_split_names_what_it_became(log: EventLog) -> None:
    found = compared(log, {"a1": "s1", "a2": "s1", "a3": "s1"}, {"a1": "s1", "a2": "s1", "a3": "s9"})
    assert [(own.story_id, own.others) for own in found.split] == [("s1", ("s1", "s9"))]
    assert [(own.article_id, own.before, own.after) for own in found.moved] == [("a3", "s1", "s9")]
    assert [(own.story_id, own.versions, own.articles) for own in found.changed] == [("s1", (3, 2), "different")]
    assert found.changed_updates == ("s1@3", "s9@1")


def test_a_merge_names_what_it_was_made_of(log: EventLog) -> None:
    found = compared(log, {"a1": "s1", "a2": "s2"}, {"a1": "s1", "a2": "s1"})
    assert [(own.story_id, own.others) for own in found.merged] == [("s1", ("s1", "s2"))]
    assert found.only_first == ("s2",)


def test_an_article_of_one_generation_only(log: EventLog) -> None:
    found = compared(log, {"a1": "s1", "a2": "s2"}, {"a1": "s1"})
    assert [(own.article_id, own.after) for own in found.moved] == [("a2", None)]


def test_two_empty_generations_are_identical(log: EventLog) -> None:
    assert compared(log, {}, {}).verdict == "identical"
