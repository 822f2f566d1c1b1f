"""Tolls: known by what became of people, followed through a story, and never told when they no longer stand."""

import pytest
from stories_fold_kit import facts, folded, joined, told

from schemas.articles import Figure
from stories.fold.fates import fate_of
from stories.fold.lines import read_lines
from stories.fold.tallies import one_toll

FIRST = "A landslide above Sarn buried the night train, killing at least 4 people and leaving 11 people missing."
LATER = "The death toll from the landslide that buried the night train above Sarn rose to 9 deaths, rescuers said."
OWN = "Some 9 people are known to have died when the slope above Sarn came down on the night train."
LAST = "Rescuers at Sarn ended their search of the buried night train; 12 people have died."
PAST = "The last landslide of this kind was in 1967, when 23 people died at the pass of Kolm."


def fate(sentence: str, number: str, counted: str | None, year: int | None = 2031) -> str:
    at = sentence.index(number)
    figure = Figure(start=at, end=at + len(number), value=1, counted=counted)
    return fate_of(figure, sentence, at, year)


@pytest.mark.parametrize(
    ("sentence", "number", "counted", "expected"),
    [
        ("At least four people have lost their lives.", "four", "people", "=dead"),
        ("It sank with the loss of at least four lives.", "four", "lives", "=dead"),
        ("The programme changed 400 lives.", "400", "lives", ""),
        ("The firm announced the loss of 300 jobs.", "300", "jobs", ""),
        ("The toll rose to nine.", "nine", "deaths", "=dead"),
        ("The council ordered 3,600 people to leave their homes.", "3,600", "people", "=moved"),
        ("Some 38,000 homes were without electricity.", "38,000", "homes", "=dark"),
        ("Divers found five more bodies.", "five", "bodies", "dead+"),
        ("Two of the dead were children.", "Two", None, "dead+"),
        ("Another 12 people were injured.", "12", "people injured", "hurt+"),
        ("A further nine people are still missing.", "nine", "people missing", "=missing"),
        ("Nine more were told to leave, bringing the total to 5,600.", "5,600", None, "=moved"),
        ("The firm took 40 jobs away, bringing the total to 5,600.", "5,600", None, ""),
        ("Helpers gathered 1,200 dead herons.", "1,200", "dead", "dead:heron"),
        ("The flood left 12 dead across the valley.", "12", "dead", "=dead"),
        ("The blast killed 3 soldiers.", "3", "soldiers killed", "dead:troop"),
        ("The number of soldiers killed on both banks rose to 27.", "27", "soldiers", "dead:troop"),
        ("The mayor puts the number of people who have left their farms at 95.", "95", "people", "=moved"),
        ("The number of guards hired on both banks rose to 27.", "27", "guards", ""),
        ("In three days 41 soldiers and nine herders were killed.", "41", "soldiers", "dead:troop"),
        ("In three days 41 guards and a herder were on leave.", "41", "guards", ""),
        ("In 1967, 23 people drowned here.", "23", "people", "dead@1967"),
        ("It was struck by two ships and sank.", "two", "ships", ""),
    ],
)
def test_what_became_of_those_counted(sentence: str, number: str, counted: str | None, expected: str) -> None:
    assert fate(sentence, number, counted) == expected


def test_a_toll_is_followed_through_the_story_and_only_its_last_value_stands() -> None:
    story = told(facts("a", FIRST, hours=0), facts("b", LATER, hours=6), facts("c", LAST, hours=20))
    tolls = [figure for claim in story.claims for figure in claim.figures if figure.counted == "people dead"]
    longest = max(tolls, key=lambda figure: len(figure.values))
    assert [(v.value, v.status) for v in longest.values] == [(4, "superseded"), (9, "superseded"), (12, "agree")]
    assert not story.discrepancies


def test_whoever_counted_on_the_way_from_one_toll_to_the_next_of_another_source_has_been_passed() -> None:
    first = facts("a", "About 7,000 herders have fled the valley of Sarn, the province said.", hours=0, source="wire")
    between = facts("b", "The governor says that 9,500 herders have fled the valley of Sarn.", hours=4)
    last = facts("c", "Some 19,000 herders have fled the valley of Sarn, the province said.", hours=24, source="wire")
    assert [[v.value for v in own.values] for own in told(first, between).discrepancies] == [[7000, 9500]]
    assert not told(first, between, last).discrepancies
    again = facts("d", "The governor says that 9,500 herders have fled the valley of Sarn.", hours=26)
    assert told(first, between, last, again).discrepancies


def test_an_equal_toll_in_other_words_supports_the_claim() -> None:
    story = told(facts("a", LATER, hours=0), facts("b", OWN, hours=1))
    assert any({s.article_id for s in claim.supports} == {"a", "b"} for claim in story.claims)


def test_the_toll_of_another_year_is_another_toll() -> None:
    story = told(facts("a", FIRST, PAST, hours=0), facts("b", LATER, hours=6))
    values = [v.value for c in story.claims for f in c.figures if f.counted == "people dead" for v in f.values]
    assert 23 not in values


def test_title_and_summary_let_an_old_toll_go() -> None:
    old = facts("a", FIRST, hours=0, title="Landslide buries night train above Sarn, killing 4")
    new = facts("b", LATER, hours=6, title="Landslide above Sarn: night train is searched for a third day")
    made = folded(joined(old, new))
    assert "4" in made[0][1].title
    assert "4" not in made[1][1].title
    assert all("at least 4" not in sentence.text for sentence in made[1][1].summary)


def test_a_claim_gathers_sentences_for_one_of_its_figures_only() -> None:
    both = "The tram union, which has 9,400 members in Sarn, wants a rise in wages of 8.5 crowns."
    members = "Mr Olm is one of the 9,400 members of the tram union who marched through Sarn on Monday."
    wages = "Whether the city can pay the drivers a rise of 8.5 crowns was not said at the town hall."
    story = told(facts("a", both), facts("b", members, wages))
    joined_claims = [{s.sentence for s in c.supports if s.article_id == "b"} for c in story.claims]
    assert {0, 1} not in joined_claims


def test_what_one_sentence_says_beside_its_claim_is_a_claim_where_another_of_its_article_took_that() -> None:
    calls = "The tram union of Sarn has called its 9,400 members at the depots out on a strike over pay."
    wants = "It wants a rise in wages of 85 crowns; the city offers 45 crowns and a single payment of 600 crowns."
    both = "The tram union of Sarn, which has 9,400 members at the depots, wants a rise in wages of 85 crowns."
    offer = "The city offers its drivers 45 crowns and a single payment of 600 crowns."
    again = "A rise in wages of 85 crowns is what the tram union of Sarn wants for its 9,400 members."
    story = told(facts("a", calls, wants), facts("b", both, offer), facts("c", again, offer))
    stated = [{(s.article_id, s.sentence) for s in claim.supports} for claim in story.claims]
    assert {("a", 1), ("b", 0), ("c", 0)} in stated
    assert any({("a", 0), ("b", 0), ("c", 0)} <= supports for supports in stated)
    assert any({("a", 1), ("b", 1), ("c", 1)} <= supports for supports in stated)


def test_one_toll_needs_more_in_common_where_the_values_differ() -> None:
    first = read_lines(facts("a", FIRST))[0]
    other = read_lines(facts("b", "Police in Vell said 5 people were killed in a fire at a warehouse."))[0]
    assert not one_toll(first, other)
    assert one_toll(first, read_lines(facts("c", LATER))[0])
