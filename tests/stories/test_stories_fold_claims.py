"""Which sentences join one claim, and which must stay apart."""

import pytest
from stories_fold_kit import facts, folded, joined, pairs, together, told

from schemas.stories import Revised

FIRE = (
    "A fire destroyed the old grain warehouse on Tolver Quay in Quennmouth early on "
    "Monday, the city's fire service said."
)
FIRE_TOO = (
    "The old grain warehouse at Tolver Quay in Quennmouth was destroyed by a blaze "
    "in the early hours of Monday, the fire service said."
)
CREWS = "Some 60 firefighters fought the flames for nine hours before the roof of the building collapsed."
ROAD = "Harbour Road will stay closed to traffic until engineers have inspected the neighbouring customs house."
ROAD_TOO = (
    "Harbor Road is to remain closed to traffic until the neighboring customs house has been inspected by engineers."
)
INSURER = "The owner, Pellworth Storage, said the building was insured and that it would be rebuilt within two years."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FIRE, FIRE_TOO),
        (ROAD, ROAD_TOO),
        (
            "They dialled into the emergency meeting on flood defences with the mayors of Osk and Varley.",
            "They joined the emergency meeting about flood defenses together with the mayors of Osk and Varley.",
        ),
        (
            "Dutt and Okoro have been leading efforts to assemble a fleet of volunteer boats since the bridge fell.",
            "Dutt and Okoro have been spearheading efforts to form a fleet of volunteer "
            "boats since the bridge collapsed.",
        ),
        (
            '"Our troops continue to hold back the raiders along the Selm river," he said on the radio.',
            '"Our soldiers continue to hold off the raiders along the Selm river," he asserted in a broadcast.',
        ),
    ],
)
def test_two_wordings_of_one_statement_are_one_claim(one: str, other: str) -> None:
    story = told(facts("a", one, INSURER), facts("b", CREWS, other))
    assert together(story, ("a", 0), ("b", 1))
    assert len(story.claims) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Mayor Ilse Brandvold said the quay would be open again before the summer regatta.",
            "Mayor Ilse Brandvold said on Monday that nobody had warned the council about the wiring.",
        ),
        ("He said on Tuesday in an interview with reporters.", "He said on Wednesday in a statement to reporters."),
        (
            "The Quennmouth shipping index rose 2 points against the national average on Tuesday.",
            "The Quennmouth shipping index fell 2 points against the national average on Thursday.",
        ),
        (
            "The warehouse on Tolver Quay in Quennmouth was built in 1911 by a family of timber merchants.",
            "Police closed Tolver Quay in Quennmouth while the warehouse was searched for survivors.",
        ),
    ],
)
def test_two_statements_on_one_person_or_place_stay_apart(one: str, other: str) -> None:
    people = ["Ilse Brandvold", "Quennmouth"]
    story = told(facts("a", FIRE, one, people=people), facts("b", FIRE, other, people=people))
    assert not together(story, ("a", 1), ("b", 1))


def test_catchword_of_two_people_is_no_claim_of_both() -> None:
    one = (
        '"Quietly confident" was how coach Ana Perell described her mood before the '
        'final. "quietly confident" said Perell'
    )
    other = 'The chairman of the rival club called his players "quietly confident" about the cup on Thursday night.'
    assert not pairs(told(facts("a", one), facts("b", other)))


def test_sentences_of_one_article_join_only_as_restatement() -> None:
    story = told(facts("a", FIRE, FIRE_TOO.replace("the fire service said", "it added later"), CREWS, CREWS))
    assert together(story, ("a", 2), ("a", 3))
    assert not together(story, ("a", 0), ("a", 2))


def test_sentence_with_two_statements_supports_two_claims() -> None:
    ferries = "The island of Norrey could lend two spare ferries for the evacuation of the coast"
    planes = "the government of Estra is not planning to send any transport aircraft to the flooded valley"
    fused = f"{ferries}, while {planes}, its minister said."
    story = told(
        facts("a", f"{ferries}.", INSURER),
        facts("b", f"T{planes[1:]}.", CREWS),
        facts("c", fused),
    )
    assert together(story, ("a", 0), ("c", 0))
    assert together(story, ("b", 0), ("c", 0))
    assert not together(story, ("a", 0), ("b", 0))


def test_two_sentences_that_another_outlet_fused_stay_two_claims() -> None:
    first = "Rangers have closed the northern trail of Mount Harl after a rockfall blocked the lower gully"
    second = "divers are still searching the crater lake for a missing botanist from Velling"
    story = told(
        facts("wire", f"{first}, while {second}."),
        facts("b", f"{first}.", f"D{second[1:]}."),
        facts("c", f"D{second[1:]} today."),
    )
    assert together(story, ("wire", 0), ("b", 0))
    assert together(story, ("wire", 0), ("b", 1))
    assert together(story, ("b", 1), ("c", 0))
    assert not together(story, ("b", 0), ("b", 1))


def test_headings_support_nothing() -> None:
    story = told(facts("a", FIRE, headings=["Warehouse fire on Tolver Quay in Quennmouth"]), facts("b", FIRE_TOO))
    assert all(support.sentence != 0 or support.article_id == "b" for c in story.claims for support in c.supports)


def test_weak_match_counts_where_its_neighbours_keep_the_order() -> None:
    weak = "Investigators think a fault in the wiring of the hoist may have set off the sparks."
    weak_too = "A faulty hoist is what the detectives suspect, and sparks from the motor."
    alone = told(facts("a", INSURER, weak), facts("b", FIRE, weak_too))
    assert not together(alone, ("a", 1), ("b", 1))
    framed = told(facts("a", FIRE, weak, ROAD), facts("b", FIRE_TOO, weak_too, ROAD_TOO))
    assert together(framed, ("a", 1), ("b", 1))


def test_claim_text_is_a_support_that_stands_alone() -> None:
    leaning = "But he said that the old grain warehouse on Tolver Quay in Quennmouth had burned down early on Monday."
    clear = "The old grain warehouse on Tolver Quay in Quennmouth burned down early on Monday."
    story = told(facts("a", leaning), facts("b", clear))
    assert [claim.text for claim in story.claims] == [clear]
    assert story.claims[0].supports[0].article_id == "a"


def test_later_copy_does_not_change_the_text_or_the_id() -> None:
    before = told(facts("a", FIRE, CREWS, INSURER))
    after = told(facts("a", FIRE, CREWS, INSURER), facts("b", FIRE, CREWS, INSURER))
    assert [(c.claim_id, c.text) for c in before.claims] == [(c.claim_id, c.text) for c in after.claims]


def test_claim_keeps_its_id_when_its_founder_is_withdrawn_and_comes_back_with_other_words() -> None:
    events = joined(facts("a", FIRE), facts("b", FIRE_TOO))
    made = folded([*events, Revised(story_id="s1", version=3, facts=facts("a", INSURER))])
    ids = {claim.text: claim.claim_id for claim in made[-1][1].claims}
    assert ids[FIRE_TOO] == made[0][1].claims[0].claim_id
    assert len(set(ids.values())) == 2


def test_a_short_sentence_joins_what_says_nearly_the_same_and_nothing_else() -> None:
    one = facts("a", "The dykes and the pumps have failed us all.")
    same = facts("b", "The dykes and the pumps had failed us all, Okoro said.")
    other = facts("c", "The dykes and the harbour will be rebuilt.")
    story = told(one, same, other)
    assert sorted(len({s.article_id for s in claim.supports}) for claim in story.claims) == [1, 2]


HEARING = (
    "Treasurer Olav Brekke told the hearing that a spare key to the vault had been lying in an unlocked "
    "drawer of his desk for weeks."
)
HEARING_TOO = "The drawer with the second key was open, said Olav Brekke, who kept the books."


def test_weak_match_of_two_reports_of_one_time_counts_if_nothing_else_is_like_either() -> None:
    assert together(
        told(facts("a", HEARING, ROAD, hours=0), facts("b", HEARING_TOO, CREWS, hours=2)), ("a", 0), ("b", 0)
    )


@pytest.mark.parametrize("hours", [(0, 40), (0, None), (None, None)])
def test_weak_match_of_reports_of_two_times_is_none(hours: tuple[float | None, float | None]) -> None:
    story = told(facts("a", HEARING, ROAD, hours=hours[0]), facts("b", HEARING_TOO, CREWS, hours=hours[1]))
    assert not together(story, ("a", 0), ("b", 0))


def test_weak_match_with_a_rival_is_none() -> None:
    rival = "Olav Brekke had lost the key to the drawer of the vault before."
    story = told(facts("a", HEARING, ROAD, hours=0), facts("b", HEARING_TOO, rival, hours=2))
    assert not together(story, ("a", 0), ("b", 0))


def test_quote_that_the_other_does_not_echo_is_no_match_for_who_spoke() -> None:
    one = '"We held the rope and then we let it slip," Varley United coach Sten Holmgren said.'
    other = "Sten Holmgren will leave Varley United as coach when his contract ends, the club said."
    story = told(facts("a", one, hours=0), facts("b", other, hours=1))
    assert not together(story, ("a", 0), ("b", 0))


def test_weaker_match_of_one_time_counts_beside_a_neighbour_that_matches() -> None:
    one = "Treasurer Olav Brekke told the hearing that the spare key had been lying in an unlocked drawer for weeks."
    other = "For weeks the spare key lay in an unlocked drawer, the chairman of the inquiry into the theft found out."
    beside = told(facts("a", ROAD, one, hours=0), facts("b", ROAD_TOO, other, hours=2))
    later = told(facts("a", CREWS, one, hours=0), facts("b", ROAD_TOO, other, hours=40))
    assert together(beside, ("a", 1), ("b", 1))
    assert not together(later, ("a", 1), ("b", 1))


HARBOUR = "The harbour master counted 340 containers on the wharf that had been soaked by the firefighters' water."
HARBOUR_TOO = "According to the harbour master, water from the firefighters soaked 340 containers on the wharf."
VAGUE = "Neighbours had complained about the smell of solvents to the council since February."
VAGUE_TOO = "The council had received letters on a stench of solvents from neighbours over the last three months."


def test_weak_match_counts_between_articles_of_one_time_that_share_much() -> None:
    alone = told(facts("a", CREWS, VAGUE, hours=0), facts("b", INSURER, VAGUE_TOO, hours=1))
    assert not together(alone, ("a", 1), ("b", 1))
    shared = [FIRE, HARBOUR, ROAD, CREWS], [ROAD_TOO, FIRE_TOO, HARBOUR_TOO, INSURER]
    kin = told(facts("a", *shared[0], VAGUE, hours=0), facts("b", *shared[1], VAGUE_TOO, hours=1))
    assert together(kin, ("a", 4), ("b", 4))
    later = told(facts("a", *shared[0], VAGUE, hours=0), facts("b", *shared[1], VAGUE_TOO, hours=30))
    assert not together(later, ("a", 4), ("b", 4))


def test_weak_match_with_other_figures_does_not_count() -> None:
    shared = [FIRE, HARBOUR, ROAD], [ROAD_TOO, FIRE_TOO, HARBOUR_TOO]
    one = VAGUE.replace("the council", "the council 240 times")
    other = VAGUE_TOO.replace("letters", "4000 letters")
    story = told(facts("a", *shared[0], CREWS, one, hours=0), facts("b", *shared[1], INSURER, other, hours=1))
    assert not together(story, ("a", 4), ("b", 4))


def test_sentences_that_quote_one_utterance_join_whatever_stands_around_it() -> None:
    one = '"I asked him and he was not there at all," said Ana Perell.'
    other = '"I asked him, and he was not there at all," the coach of the visitors complained on Tuesday.'
    assert together(told(facts("a", one, CREWS), facts("b", INSURER, other)), ("a", 0), ("b", 1))
    unlike = '"We have had it with all of that now," the coach of the visitors complained on Tuesday.'
    assert not pairs(told(facts("a", one, CREWS), facts("b", INSURER, unlike)))


def test_sentence_said_again_word_for_word_joins_unless_it_is_short() -> None:
    again = "There is not much more that we can do for them here now."
    assert together(told(facts("a", again, CREWS), facts("b", INSURER, again)), ("a", 0), ("b", 1))
    assert not pairs(told(facts("a", "That is all now.", CREWS), facts("b", INSURER, "That is all now.")))
