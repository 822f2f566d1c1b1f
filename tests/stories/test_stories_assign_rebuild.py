"""A desk that is rebuilt from its state at any moment acts, byte for byte, as the one that was kept."""

from hypothesis import given, settings
from hypothesis import strategies as st
from stories_assign_kit import (
    BUDGET,
    BUDGET_RETOLD,
    CHESS,
    FERRY,
    FERRY_RETOLD,
    VOLCANO,
    Memory,
    arrival,
    departure,
)

from schemas.cloudevents import to_wire
from stories.assign import assign, open_desk

TEXTS = [FERRY, FERRY_RETOLD, BUDGET, BUDGET_RETOLD, VOLCANO, CHESS, FERRY[:3] + CHESS, BUDGET[2:] + VOLCANO]
TEXTS += [FERRY_RETOLD + BUDGET_RETOLD[:2], FERRY_RETOLD + BUDGET_RETOLD]
TITLES = ["", "Ferry aground off Tolvik", "Budget rejected in Quellia"]
NAMES = [f"outlet{number}" for number in range(9)]


@st.composite
def happenings(draw):
    name = draw(st.sampled_from(NAMES))
    fetched = draw(st.none() | st.integers(0, 40))
    if draw(st.integers(0, 7)) == 0:
        return departure(name, fetched=fetched)
    return arrival(
        name,
        draw(st.sampled_from(TEXTS)),
        title=draw(st.sampled_from(TITLES)),
        days=draw(st.integers(0, 90)) / 3,
        dated=draw(st.booleans()) or draw(st.booleans()),
        fetched=fetched,
        language="en" if NAMES.index(name) % 2 else "de",
    )


def wires(outputs):
    return [to_wire(output) for output in outputs]


def run(events):
    desk = open_desk(Memory())
    return [output for event in events for output in assign(desk, event)]


@settings(max_examples=60, deadline=None)
@given(st.lists(happenings(), max_size=25))
def test_rebuilt_after_every_event(events):
    kept_state, state = Memory(), Memory()
    kept = open_desk(kept_state)
    for event in events:
        assert wires(assign(kept, event)) == wires(assign(open_desk(state), event))
        assert state == kept_state


@settings(max_examples=60, deadline=None)
@given(st.lists(happenings(), max_size=25))
def test_versions_have_no_gaps_and_ids_are_unique(events):
    outputs = run(events)
    versions = {}
    for output in outputs:
        assert output.data.version == versions.get(output.data.story_id, 0) + 1
        versions[output.data.story_id] = output.data.version
    assert len({output.id for output in outputs}) == len(outputs)


@settings(max_examples=60, deadline=None)
@given(st.lists(happenings(), max_size=25))
def test_events_delivered_twice_change_nothing(events):
    doubled = [one for event in events for one in (event, event)]
    assert wires(run(doubled)) == wires(run(events))


@settings(max_examples=60, deadline=None)
@given(st.lists(happenings(), max_size=25), st.randoms(use_true_random=False))
def test_languages_may_interleave_in_any_way(events, chance):
    queues = [[one for one in events if lane(one) == side] for side in (0, 1)]
    mixed = []
    while any(queues):
        queue = chance.choice([queue for queue in queues if queue])
        mixed.append(queue.pop(0))
    assert by_story(run(mixed)) == by_story(run(events))


def lane(event):
    return NAMES.index(event.data.input_id) % 2


def by_story(outputs):
    told = {}
    for output in outputs:
        told.setdefault(output.data.story_id, []).append(to_wire(output))
    return told
