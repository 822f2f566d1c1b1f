"""Shortcuts of the fold give what the plain way gives: JSON, plain words, order of claims, and what stands alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories_fold_kit import facts, folded, joined

from schemas.base import Model
from schemas.stories import Closed, Revised, StoryEvent, Withdrawn
from schemas.story import Story, Support, made
from stories.fold.evolve import evolve
from stories.fold.rank import foremost
from stories.fold.state import StoryState
from stories.fold.terms import plain_words
from stories.fold.wording import clarity

BRIDGE = 'The bridge over the Orla was closed at dawn, "a plain act of care", said Ines Vell, with 31 people on it.'
BRIDGE_TOO = "At dawn the bridge over the Orla was closed with 34 people on it – “no danger”, the mayor’s office wrote."
TOLL = "Some 400 crossings a day are lost on May 7 while the engineers of the county look for cracks in the piers."


def log() -> list[StoryEvent]:
    people = ("Ines Vell", "Orla")
    articles = (
        facts("a", BRIDGE, TOLL, people=people, hours=0, dates=("May 7",)),
        facts("b", BRIDGE_TOO, TOLL, people=("Orla",), hours=2),
        facts("c", BRIDGE, "Divers went down twice.", people=("Vell",), hours=3),
    )
    return [
        *joined(*articles),
        Revised(story_id="s1", version=4, facts=facts("b", TOLL, "She said he would wait.", hours=4)),
        Withdrawn(story_id="s1", version=5, article_id="a"),
        Closed(story_id="s1", version=6),
    ]


def plainly(value: Model) -> str:
    """The JSON that pydantic makes of the value, field by field."""
    return value.__pydantic_serializer__.to_json(value).decode()


def test_a_story_put_together_of_encoded_parts_is_the_json_of_its_fields() -> None:
    for update, story in folded(log()):
        assert story.model_dump_json() == plainly(story)
        assert story.encoded().decode() == plainly(story)
        assert Story.model_validate_json(story.encoded()) == story
        assert update.model_dump_json() == plainly(type(update).model_validate(update.model_dump()))


def test_a_changed_copy_of_a_story_is_encoded_as_it_is_now() -> None:
    story = folded(log())[2][1]
    changed = story.model_copy(update={"claims": story.claims[:1]})
    assert changed.model_dump_json() == plainly(changed)
    assert changed.model_dump_json() != story.model_dump_json()
    assert "claims" not in story.model_dump_json(exclude={"claims"})


def test_a_value_made_unchecked_equals_the_checked_one() -> None:
    one = made(Support, {"article_id": "a", "sentence": 2})
    assert one == Support(article_id="a", sentence=2)
    assert one.model_copy(update={"sentence": 3}) == Support(article_id="a", sentence=3)
    assert hash(one) == hash(Support(article_id="a", sentence=2))


@given(st.text(alphabet=st.characters(codec="utf-8", max_codepoint=0x2100), max_size=60))
def test_plain_words_are_the_runs_of_word_characters(text: str) -> None:
    assert plain_words(text) == re.findall(r"\w+", text.casefold())


def test_claims_stand_in_order_in_every_version() -> None:
    story: StoryState | None = None
    for event in log():
        story = evolve(story, event)
        filled = [claim for page in story.claims for claim in page if claim is not None]
        assert list(story.ranked) == sorted(filled, key=lambda claim: claim.order)


def test_the_foremost_of_many_claims_are_those_of_most_merit_and_freshness() -> None:
    told = "Gate number {} of the lock at Brunn was painted in colour {} by its keeper."
    sentences = [told.format(n, n * 7 % 50) for n in range(60)]
    story = evolve(None, joined(facts("a", *sentences, hours=1))[0])
    found = foremost(story, 5)
    assert {c.shown.claim_id for c in found} == {
        c.shown.claim_id for c in sorted(story.ranked, key=lambda c: (-c.merit, c.shown.claim_id))[:5]
    }


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Mayor Ines Vell and the council of Orla closed the bridge at dawn.", 1.0),
        ("Mayor Ines Vell told the council that she closed the bridge at dawn.", 0.9),
        ("Mayor Ines Vell closed the bridge of Orla at dawn, HE SAID they knew.", 0.9),
        ("Mayor Ines Vell closed the bridge of Orla at dawn today, she said.", 0.75),
        ("Mayor Ines Vell closed the bridge of Orla at dawn today, said he.", 0.75),
        ("Mayor Ines Vell closed the theatre, the sheds and another there today", 0.7),
        ("Why did Mayor Ines Vell close the bridge of Orla at dawn on Monday?", 0.55),
        ("Mayor Ines Vell would do us all a favour by closing the bridge of Orla.", 0.55),
        ("The bridge of Orla stood through World War I, mayor Ines Vell said.", 1.0),
        ("I ministri della regione hanno chiuso il vecchio ponte di Orla all'alba.", 0.65),
        ("I think that mayor Ines Vell will close the old bridge of Orla at dawn.", 0.2),
        ("The bridge of Orla is old, and I’ve told mayor Ines Vell on Monday.", 0.55),
        ("Mayor Ines Vell said “we had to close the bridge of Orla” on Monday.", 1.0),
    ],
)
def test_words_that_lean_on_what_came_before_are_found(text: str, alone: float) -> None:
    assert clarity(text) == alone
