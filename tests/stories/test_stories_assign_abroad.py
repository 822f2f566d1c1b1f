"""Two languages, one event: linked where somebody looks abroad, and only there."""

import pytest
from stories_assign_kit import CHESS, Memory, arrival

from schemas.stories import Linked, Opened
from stories.assign import assign, open_desk
from stories.assign.abroad import NamesAndNumbers

ENGLISH = [
    "The ferry Maren Vike ran aground off Tolvik on Sunday with 214 passengers, harbour master Odda Brenn said.",
    "All 214 were brought ashore by boats of the company Skarland before nightfall.",
]
SPANISH = [
    "El transbordador Maren Vike encalló el domingo frente a Tolvik con 214 pasajeros, informó la capitana Odda Brenn.",
    "Los botes de la empresa Skarland llevaron a tierra a los 214 antes de la noche.",
]
SAME_PERSON = ["La capitana Odda Brenn recibió el jueves un premio por su libro sobre las aves del norte."]


def told(texts, abroad):
    desk = open_desk(Memory(), abroad)
    return [
        output.data
        for number, (language, text) in enumerate(texts)
        for output in assign(desk, arrival(f"{language}{number}", text, language=language, days=number / 10))
    ]


@pytest.mark.parametrize("pair", [(("en", ENGLISH), ("es", SPANISH)), (("es", SPANISH), ("en", ENGLISH))])
def test_one_event_in_two_languages_is_linked(pair):
    first, second, linked = told(pair, NamesAndNumbers())
    assert [type(one) for one in (first, second, linked)] == [Opened, Opened, Linked]
    assert (linked.story_id, linked.version, linked.other) == (second.story_id, 2, first.story_id)
    assert linked.thread_id == first.story_id
    assert {"shared 214", "shared maren vike", "shared skarland"} <= linked.why.parts.keys()


def test_it_is_off_unless_asked_for():
    assert [type(one) for one in told([("en", ENGLISH), ("es", SPANISH)], None)] == [Opened, Opened]


@pytest.mark.parametrize("other", [SAME_PERSON, CHESS])
def test_one_name_in_common_is_no_event_in_common(other):
    assert [type(one) for one in told([("en", ENGLISH), ("es", other)], NamesAndNumbers())] == [Opened, Opened]


def test_one_language_is_never_linked_by_it():
    outputs = told([("en", ENGLISH), ("en", CHESS)], NamesAndNumbers())
    assert [type(one) for one in outputs] == [Opened, Opened]
