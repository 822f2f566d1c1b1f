"""Entities and quotes across articles."""

from stories_fold_kit import facts, told

from schemas.articles import Entity
from schemas.base import Span
from schemas.story import Story


def forms(story: Story) -> dict[str, tuple[str, ...]]:
    return {entity.name: entity.aliases for entity in story.entities}


def test_spellings_of_one_name_are_one_entity() -> None:
    story = told(
        facts("a", "The envoy Andriy Melnychenko flew to Türkiye on Monday.", people=["Andriy Melnychenko", "Türkiye"]),
        facts("b", "Envoy Andrii Melnychenko is in Turkiye.", people=["Andrii Melnychenko", "Turkiye"]),
        facts("c", "Andriy Melnychenko will leave Turkey soon.", people=["Andriy Melnychenko", "Turkey"]),
    )
    found = forms(story)
    assert found["Andriy Melnychenko"] == ("Andrii Melnychenko",)
    assert len(found) == 2
    assert {entity.mentions for entity in story.entities} == {3}


def test_a_surname_alone_is_whom_the_story_is_about() -> None:
    often = facts("a", "Nadia Okoro spoke. Then Nadia Okoro left, and Nadia Okoro came, and again Nadia Okoro left.",
                  people=["Nadia Okoro"])  # fmt: skip
    kin = facts("b", "Her brother Tunde Okoro was there.", people=["Tunde Okoro"])
    short = facts("c", "Okoro will run again.")
    short = short.model_copy(
        update={"entities": (Entity(name="Okoro", kind="person", mentions=(Span(start=0, end=5),)),)}
    )
    assert forms(told(often, kin, short)) == {"Nadia Okoro": ("Okoro",), "Tunde Okoro": ()}
    rarely = facts("a", "Nadia Okoro spoke.", people=["Nadia Okoro"])
    assert set(forms(told(rarely, kin, short))) == {"Nadia Okoro", "Tunde Okoro", "Okoro"}


def test_two_people_of_nearly_one_surname_are_two_entities() -> None:
    story = told(
        facts("a", "Juliette Macrone spoke first.", people=["Juliette Macrone"]),
        facts("b", "Peter Marcone spoke last.", people=["Peter Marcone"]),
    )
    assert len(story.entities) == 2


def test_wordings_of_one_utterance_are_one_quote_under_the_name_of_the_story() -> None:
    story = told(
        facts(
            "a",
            '"We will not sell the harbour to anyone who promises jobs on paper," said Nadia Okoro',
            people=["Nadia Okoro"],
        ),
        facts("b", '"We won\'t sell the harbor to anybody who promises jobs on paper," said Okoro'),
        facts("c", '"The lighthouse keepers deserve a pension and a word of thanks," said Nadia Okoro'),
    )
    quotes = [(quote.speaker, [wording.article_id for wording in quote.wordings]) for quote in story.quotes]
    assert quotes == [("Nadia Okoro", ["a", "b"]), ("Nadia Okoro", ["c"])]


def test_catchword_of_different_speakers_is_two_quotes() -> None:
    story = told(
        facts("a", '"cautious hope" said Nadia Okoro'),
        facts("b", '"cautious hope" said Bram Tessel'),
        facts("c", '"cautious hope" said Nadia Okoro'),
    )
    assert sorted((q.speaker, len(q.wordings)) for q in story.quotes) == [("Bram Tessel", 1), ("Nadia Okoro", 2)]


def test_wordings_point_to_their_words() -> None:
    one = facts("a", 'He was tired. "We will mend every single boat before the winter storms," said Bram Tessel')
    (quote,) = told(one).quotes
    wording = quote.wordings[0]
    assert one.text[wording.start : wording.end] == wording.text


def test_given_names_spelled_alike_are_one_person_only_under_one_surname() -> None:
    story = told(
        facts("a", "Yuliana Dorvane sang.", people=["Yuliana Dorvane"]),
        facts("b", "Juliana Dorvane danced.", people=["Juliana Dorvane"]),
        facts("c", "Juliana Dorvind wept.", people=["Juliana Dorvind"]),
    )
    assert sorted(entity.mentions for entity in story.entities) == [1, 2]


def test_a_few_words_of_a_quote_are_the_same_utterance() -> None:
    whole = '"The flood came like a wall and we had minutes, not hours" said Nadia Okoro at the town hall.'
    part = 'Down at the quay they had "minutes, not hours" said Nadia Okoro on the radio.'
    other = 'Down at the quay they had "minutes, not hours" said Bram Tessel on the radio.'
    story = told(facts("a", whole), facts("b", part), facts("c", other))
    assert sorted(len(quote.wordings) for quote in story.quotes) == [1, 2]
