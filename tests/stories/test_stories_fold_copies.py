"""Copies, and what counts as one independent source."""

from stories_fold_kit import facts, folded, joined, told

from schemas.stories import Withdrawn
from schemas.story import Story

WIRE = (
    "A dyke broke near the village of Lomhaven on Sunday and flooded more than a thousand hectares of farmland.",
    "Rescue teams brought 214 residents to a sports hall in the district town of Arnsee during the night.",
    "The water authority had warned in March that muskrats were weakening the dyke at three places.",
    "Premier Odile Farrant promised farmers interest-free loans until the end of the harvest season.",
    "Meteorologists expect the rain to stop on Tuesday, and the river to fall slowly after that.",
)
LEADS = (
    "Grey water stood up to the window sills of Lomhaven when the sun came up over the broken bank.",
    "Our reporter reached the village by tractor and found the church bell still ringing the hours.",
    "Shopkeepers in Arnsee have begun a collection of blankets, boots and children's clothes.",
)
REWRITE = (
    "More than a thousand hectares of farms were flooded on Sunday when a dyke near Lomhaven village gave way.",
    "During the night 214 people were taken by rescuers to a sports hall at Arnsee, the district town.",
    "Muskrats weakened the dyke in three places, the water authority had cautioned in March.",
    "Interest-free loans until the harvest season ends were promised to farmers by premier Odile Farrant.",
)


def copies(story: Story) -> dict[str, str | None]:
    return {article.article_id: article.copy_of for article in story.articles}


def test_wire_copy_under_another_lead_is_no_source_of_its_own() -> None:
    story = told(facts("wire", *WIRE), facts("paper", *LEADS, *WIRE[1:]))
    assert copies(story) == {"wire": None, "paper": "wire"}
    assert story.independent_sources == 1
    assert all(claim.independent_sources == 1 for claim in story.claims)


def test_rewrite_in_other_words_shares_claims_but_counts_for_itself() -> None:
    story = told(facts("wire", *WIRE), facts("paper", *REWRITE))
    assert copies(story) == {"wire": None, "paper": None}
    assert sum(claim.independent_sources == 2 for claim in story.claims) == 4


def test_little_shared_text_makes_a_copy_only_under_one_agency() -> None:
    own = (*LEADS, "Nobody in the village had ever seen the Lom run backwards.", "The school will be closed all week.")
    shared = (*own, *WIRE[1:3])
    long_wire = (
        *WIRE,
        "Trains between Arnsee and the coast were cancelled.",
        "Power was cut in four hamlets downstream.",
    )
    assert copies(told(facts("wire", *long_wire), facts("b", *shared)))["b"] is None
    same_agency = told(facts("wire", *long_wire, credits=("NKA",)), facts("b", *shared, WIRE[3], credits=("NKA",)))
    assert copies(same_agency)["b"] == "wire"


def test_the_earlier_published_is_the_original_whatever_came_first() -> None:
    story = told(facts("paper", *WIRE, hours=3), facts("wire", *WIRE, hours=1))
    assert copies(story) == {"paper": "wire", "wire": None}


def test_copies_stay_one_source_when_their_original_is_withdrawn() -> None:
    events = joined(facts("wire", *WIRE), facts("b", *WIRE), facts("c", *WIRE), facts("d", *REWRITE))
    story = folded([*events, Withdrawn(story_id="s1", version=5, article_id="wire")])[-1][1]
    assert copies(story) == {"b": None, "c": "b", "d": None}
    assert story.independent_sources == 2
    assert max(claim.independent_sources for claim in story.claims) == 2


def test_what_one_outlet_writes_is_one_source() -> None:
    story = told(facts("wire-1", *WIRE, source="wire"), facts("wire-2", *REWRITE, source="wire"), facts("b", *REWRITE))
    assert story.independent_sources == 1
    assert any(len(claim.supports) == 3 for claim in story.claims)
    assert all(claim.independent_sources == 1 for claim in story.claims)
