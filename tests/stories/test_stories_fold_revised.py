"""What an edited article still says stays the same claim."""

from stories_fold_kit import facts, folded, joined, told

from schemas.stories import Revised
from schemas.story import Story, Update

BRIDGE = "Engineers closed the swing bridge at Ullesund on Tuesday after a barge had bent two of its piers."
BRIDGE_EDITED = "Engineers closed the swing bridge at Ullesund on Tuesday after a barge had bent three of its piers."
FERRY = "A chain ferry will carry cyclists across the harbour mouth until the summer, the port captain said."
OWNER = "The barge belongs to a gravel firm that went bankrupt last winter."
TITLE = "Barge closes Ullesund swing bridge"
FISH = "Herring boats north of the narrows have to land their catch at Morvik for the time being."


def revised(*sentences: str) -> tuple[Update, Story, Story]:
    before = joined(facts("a", BRIDGE, FERRY, OWNER, title=TITLE))
    events = [*before, Revised(story_id="s1", version=2, facts=facts("a", *sentences, title=TITLE))]
    (_, was), (update, now) = folded(events)
    return update, was, now


def ids(story: Story) -> dict[str, str]:
    return {claim.text: claim.claim_id for claim in story.claims}


def test_sentences_that_stay_keep_their_claims_wherever_they_move() -> None:
    update, was, now = revised(FISH, BRIDGE, FERRY, OWNER)
    assert {text: ids(now)[text] for text in (BRIDGE, FERRY, OWNER)} == ids(was)
    assert [item.text for item in update.new if item.kind == "claim"] == [FISH]
    assert not update.changed
    assert all(claim.since_version == 1 for claim in now.claims if claim.text != FISH)


def test_a_sentence_that_is_edited_is_reworded_and_not_new() -> None:
    update, was, now = revised(BRIDGE_EDITED, FERRY, OWNER)
    assert ids(now)[BRIDGE_EDITED] == ids(was)[BRIDGE]
    assert [(c.kind, c.before, c.after) for c in update.changed] == [("reworded", BRIDGE, BRIDGE_EDITED)]
    assert not [item for item in update.new if item.kind == "claim"]


def test_a_sentence_that_is_cut_takes_its_claim_with_it() -> None:
    update, was, now = revised(BRIDGE, FISH)
    assert sorted(c.text for c in update.changed if c.kind == "withdrawn") == sorted([FERRY, OWNER])
    assert ids(now)[FISH] not in ids(was).values()


def test_titles_keep_to_plain_headlines() -> None:
    plain = facts("a", BRIDGE, FERRY, title=TITLE)
    feature = facts("b", BRIDGE, FERRY, FISH, title="‘We heard the piers groan’: Ullesund swing bridge closed by barge")
    assert told(plain, feature).title == told(feature, plain).title == TITLE


def test_a_headline_of_last_week_gives_way_to_one_of_today() -> None:
    was, now = "Ullesund swing bridge to stay closed until autumn", "Ullesund swing bridge opens to traffic again"
    monday = facts("a", BRIDGE, FERRY, OWNER, title=was, hours=0)
    for hours, title in ((20, was), (140, now)):
        assert told(monday, facts("b", BRIDGE, FISH, title=now, hours=hours)).title == title
