"""Rules that hold for every story, tried on random ones."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from stories_fold_kit import MemoryState, event, facts, folded, joined

from schemas.articles import Facts
from schemas.events import Event
from schemas.stories import Merged, Revised, Split, StoryEvent, Withdrawn
from schemas.story import Story
from stories.fold import evolve, fold, open_fold, publish, replay_story

SENTENCES = (
    "Smugglers sank a barge with 40 crates of amber in the Sound of Hale on Thursday, the coast watch said.",
    "The coast watch said that a barge carrying 44 crates of amber was sunk by smugglers on Thursday in Hale Sound.",
    "A barge with some 40 crates of amber went down in the Sound of Hale on Thursday after smugglers scuttled it.",
    "Divers will try to raise the wreck as soon as the spring tides have passed, commander Liv Asker said.",
    "Commander Liv Asker said divers would attempt to raise the wreck once the spring tides are over.",
    'He said on Friday that "the amber belongs to the museum" and to nobody else.',
    "The museum in Dornach has offered a reward of 9,000 crowns for the return of the amber.",
    "A reward of 9,500 crowns has been offered by Dornach's museum for the amber's return.",
    "Three of the crew swam ashore near the lighthouse and were questioned by magistrates.",
    "Magistrates questioned three of the crew, who had swum ashore close to the lighthouse.",
    "He said so.",
    "The price of amber has doubled since the mines of the eastern bay were flooded in spring.",
)
OTHERS = (
    "A glacier in the Orrin range lost a tenth of its ice within one summer, surveyors reported.",
    "Farmers around Lake Tavel are selling their herds because the meadows have dried out.",
)
sentence = st.sampled_from(SENTENCES)
hours = st.none() | st.integers(min_value=0, max_value=72)


def article(number: int, said: Sequence[str], hour: int | None, source: int) -> Facts:
    return facts(f"art{number}", *said, hours=hour, source=f"outlet{source}.example", people=["Liv Asker", "Dornach"])


@st.composite
def articles(draw: st.DrawFn, most: int = 5) -> list[Facts]:
    said = st.lists(sentence, min_size=0, max_size=6)
    drawn = draw(st.lists(st.tuples(said, hours, st.integers(0, 3)), min_size=1, max_size=most))
    return [article(number, *parts) for number, parts in enumerate(drawn)]


@st.composite
def logs(draw: st.DrawFn) -> list[StoryEvent]:
    """Articles join, and in between some are revised or withdrawn."""
    events = joined(*draw(articles()))
    for _ in range(draw(st.integers(0, 3))):
        target = draw(st.integers(0, 4))
        version = len(events) + 1
        if draw(st.booleans()):
            events.append(Withdrawn(story_id="s1", version=version, article_id=f"art{target}"))
        else:
            new = article(target, draw(st.lists(sentence, max_size=4)), draw(hours), target)
            events.append(Revised(story_id="s1", version=version, facts=new))
    return events


def substance(story: Story) -> object:
    """All but version numbers and the order of arrival."""
    plain = story.model_dump(exclude={"version", "title"})
    for claim in plain["claims"]:
        claim.pop("since_version")
    for key in ("articles", "claims", "entities", "quotes"):
        plain[key] = sorted(plain[key], key=repr)
    return plain


def nameless(story: Story) -> object:
    """What is claimed and by whom, without the ids of claims and what is chosen or sorted by them."""
    plain = story.model_dump(include={"claims", "discrepancies", "quotes", "entities", "timeline"})
    for found in (plain["claims"], plain["discrepancies"], plain["timeline"]):
        for item in found:
            item.pop("claim_id")
            item.pop("since_version", None)
    return {key: sorted(found, key=repr) for key, found in plain.items()}


@settings(max_examples=40, deadline=None)
@given(logs())
def test_fold_of_a_prefix_is_the_state_at_that_version(events: list[StoryEvent]) -> None:
    log = [event(data) for data in events]
    for (_, story), version in zip(folded(events), range(1, len(log) + 1), strict=True):
        assert replay_story(log, upto=version) == story
        assert story.version == version


@settings(max_examples=40, deadline=None)
@given(logs(), st.data())
def test_redelivery_in_any_place_changes_nothing(events: list[StoryEvent], data: st.DataObject) -> None:
    log = [event(one) for one in events]
    schedule: list[Event] = []
    for at, one in enumerate(log):
        schedule += [*data.draw(st.lists(st.sampled_from(log[: at + 1]), max_size=2)), one] if at else [one]
    view = open_fold(MemoryState())
    once = [output for one in schedule for output in fold(view, one)]
    plain = open_fold(MemoryState())
    assert once == [output for one in log for output in fold(plain, one)]


@settings(max_examples=40, deadline=None)
@given(logs())
def test_view_rebuilt_from_its_state_at_every_step_is_the_same(events: list[StoryEvent]) -> None:
    kept, dropped = MemoryState(), MemoryState()
    view = open_fold(kept)
    for data in events:
        one, other = fold(view, event(data)), fold(open_fold(dropped), event(data))
        assert [o.data.model_dump_json() for o in one] == [o.data.model_dump_json() for o in other]
        assert kept.rows == dropped.rows


@settings(max_examples=40, deadline=None)
@given(articles(), st.lists(sentence, max_size=6), hours)
def test_withdrawing_undoes_joining(before: list[Facts], said: list[str], hour: int | None) -> None:
    events = joined(*before)
    last = len(events)
    late = article(99, said, hour, 2)
    story = folded(events)[-1][1]
    after = folded(
        [
            *events,
            *joined(late, first=last + 1),
            Withdrawn(story_id="s1", version=last + 2, article_id="art99"),
        ]
    )[-1][1]
    assert after.model_copy(update={"version": story.version}) == story


@settings(max_examples=40, deadline=None)
@given(articles(), st.lists(sentence, max_size=6), hours, st.integers(0, 4))
def test_revising_is_withdrawing_and_joining(
    before: list[Facts], said: list[str], hour: int | None, which: int
) -> None:
    target = before[which % len(before)].article_id
    new = article(int(target[3:]), said, hour, 1)
    events = joined(*before)
    last = len(events)
    revised = folded([*events, Revised(story_id="s1", version=last + 1, facts=new)])[-1][1]
    in_two = folded(
        [*events, Withdrawn(story_id="s1", version=last + 1, article_id=target), *joined(new, first=last + 2)]
    )[-1][1]
    assert nameless(revised) == nameless(in_two)


@settings(max_examples=30, deadline=None)
@given(articles(), st.sets(st.integers(0, 4)))
def test_splitting_and_merging_keep_every_article(every: list[Facts], chosen: set[int]) -> None:
    moved = tuple(one for one in every if int(one.article_id[3:]) in chosen)
    ids = {one.article_id for one in moved}
    last = len(every)
    left = [*joined(*every), Split(story_id="s1", version=last + 1, other="s2", leave=tuple(sorted(ids)))]
    begun: list[StoryEvent] = [Split(story_id="s2", version=1, other="s1", facts=moved)]
    one, other = folded(left)[-1][1], folded(begun)[-1][1]
    assert sorted(held(one) + held(other)) == sorted(article.article_id for article in every)
    assert set(held(other)) == ids
    back = folded([*left, Merged(story_id="s1", version=last + 2, other="s2", facts=moved)])[-1][1]
    gone = folded([*begun, Merged(story_id="s2", version=2, other="s1", into="s1")])[-1][1]
    assert sorted(held(back)) == sorted(article.article_id for article in every)
    assert held(gone) == []


def held(story: Story) -> list[str]:
    return [article.article_id for article in story.articles]


@settings(max_examples=30, deadline=None)
@given(st.lists(sentence, min_size=1, max_size=5), st.lists(st.sampled_from(OTHERS), min_size=1, unique=True))
def test_articles_that_share_nothing_commute(one: list[str], other: list[str]) -> None:
    first = facts("x", *one, hours=1, title="Barge with amber sunk in the Sound")
    second = facts("y", *other, hours=2)
    story, swapped = folded(joined(first, second))[-1][1], folded(joined(second, first))[-1][1]
    assert substance(story) == substance(swapped)


@settings(max_examples=40, deadline=None)
@given(logs())
def test_everything_said_points_to_a_sentence_that_says_it(events: list[StoryEvent]) -> None:
    story = None
    for data in events:
        story = evolve(story, data)
    assert story is not None
    shown = publish(story)
    for claim in shown.claims:
        texts = [story.members[s.article_id].lines[s.sentence].text for s in claim.supports]
        assert claim.text in texts
        assert 1 <= claim.independent_sources <= len({s.article_id for s in claim.supports})
    for line in shown.summary:
        cited = line.supports[0]
        assert line.text == story.members[cited.article_id].lines[cited.sentence].text
        [claim] = [claim for claim in shown.claims if claim.claim_id == line.claim_id]
        values = [value for figure in claim.figures for value in figure.values]
        passed = {support for value in values if value.superseded for support in value.supports}
        assert set(line.supports) <= set(claim.supports)
        assert set(claim.supports) - set(line.supports) <= passed
    assert len({claim.claim_id for claim in shown.claims}) == len(shown.claims)
    supported = {(s.article_id, s.sentence) for claim in shown.claims for s in claim.supports}
    assert supported == {(a, n) for a, member in story.members.items() for n in member.lines}
