import pytest

from articles.extract.entities import find_entities, to_entities
from articles.extract.sentences import split
from schemas.articles import Block, Entity


def read(text: str) -> dict[str, Entity]:
    blocks = [Block(start=0, end=len(text), kind="paragraph")]
    return {entity.name: entity for entity in to_entities(find_entities(text, split(text, blocks, "en")))}


def named(text: str) -> dict[str, str]:
    return {name: entity.kind for name, entity in read(text).items()}


CASES = [
    ("The Ostrel Dockers’ Union met.", {"Ostrel Dockers’ Union": "organization"}),
    ("The Ostrel Nurses' Union met.", {"Ostrel Nurses' Union": "organization"}),
    ("The Ostrel Women's Council met.", {"Ostrel Women's Council": "organization"}),
    ("They read Reuters' Ada Kord.", {"Reuters": "organization", "Ada Kord": "person"}),
    ("French President Ada Kord met Arden's Prime Minister Bo Vell.", {"Ada Kord": "person", "Bo Vell": "person"}),
    ("US Secretary of State Mira Orla came.", {"US": "place", "Mira Orla": "person"}),
    ("European Commission President Ursa von der Mey spoke.",
     {"European Commission": "organization", "Ursa von der Mey": "person"}),
    ("The Ministry of Tides closed the port.", {"Ministry of Tides": "organization"}),
    ("It rained near the town of Ostrel.", {"Ostrel": "place"}),
    ("They left the villages of Zaolen and Rubanka.", {"Zaolen": "place", "Rubanka": "place"}),
    ("Soldiers hold the Ostrel region.", {"Ostrel": "place"}),
    ("The Russian troops and North Korean crews left on Friday in May.", {}),
    ("However, many came. Yesterday they left. Fishing stopped.", {}),
    ("But Kord said no.", {"Kord": "person"}),
    ("The Kord Shipping Company sank.", {"Kord Shipping Company": "organization"}),
    ("He read it in Trinidad and Tobago.", {"Trinidad and Tobago": "place"}),
    ("She posted it on X.", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_names_and_kinds(text: str, expected: dict[str, str]) -> None:
    found = named(text)
    assert expected.items() <= found.items()
    assert set(found) <= {*expected, "Arden"}


def test_surnames_titles_and_possessives_lead_to_the_full_name() -> None:
    text = "Prime Minister Ada Kord came. Kord's boat sank. Mrs. Kord swam, and Ada Kord won."
    kord = read(text)["Ada Kord"]
    assert [mention.of(text) for mention in kord.mentions] == ["Ada Kord", "Kord", "Kord", "Ada Kord"]
    assert kord.aliases == ("Kord",)


def test_two_persons_of_one_surname_stay_two() -> None:
    text = "Mr. Karl Vell met Mrs. Anna Vell. Mr. Vell left. Mrs. Vell stayed."
    found = read(text)
    assert len(found["Karl Vell"].mentions) == len(found["Anna Vell"].mentions) == 2


def test_kin_named_in_full_are_not_whom_the_surname_meant() -> None:
    text = "President Kord spoke at noon. Kord then met his guests with first lady Ada Kord and his daughter Mira Kord."
    assert [(name, len(entity.mentions)) for name, entity in read(text).items()] == [
        ("Kord", 2), ("Ada Kord", 1), ("Mira Kord", 1),
    ]  # fmt: skip


def test_acronyms_lead_to_the_full_name() -> None:
    text = "The Arden Harbour Board (AHB) met. The AHB said no. The European Union paid; the EU would pay again."
    found = read(text)
    assert found["Arden Harbour Board"].aliases == ("AHB",)
    assert found["European Union"].aliases == ("EU",)


def test_both_apostrophes_and_the_acronym_are_one_body() -> None:
    found = read("The Ostrel Dockers' Union (ODU) met. The Ostrel Dockers’ Union voted. The ODU left.")
    assert found["Ostrel Dockers' Union"].aliases == ("ODU", "Ostrel Dockers’ Union")


def test_spellings_and_table_names_join() -> None:
    text = "Türkiye sent boats. Later Turkiye sent more. The United States watched; the U.S. paid."
    found = read(text)
    assert found["Türkiye"].aliases == ("Turkiye",)
    assert found["United States"].aliases == ("U.S.",)


def test_the_most_salient_comes_first() -> None:
    text = "Ada Kord spoke in Oslo. Kord sang. Bo Vell listened. Kord left."
    assert next(iter(read(text))) == "Ada Kord"


def test_salience_is_told_by_the_stated_marks() -> None:
    text = "Ada Kord spoke. Kord sang near the town of Ostrel."
    sentences = split(text, [Block(start=0, end=len(text), kind="paragraph")], "en")
    kord, ostrel = to_entities(find_entities(text, sentences, "Kord sings"))
    assert (kord.name, kord.salience) == ("Ada Kord", 1.0)
    # .3 for one mention of two on the logarithmic scale (ln 2 / ln 3), .3 for its place; neither titled nor opening.
    assert (ostrel.name, ostrel.salience) == ("Ostrel", round(30 * 0.6309 + 30 * (1 - 43 / 50)) / 100)


@pytest.mark.parametrize(("title", "first"), [("Talks open", "Ada Kord"), ("Vell comes to Arden", "Bo Vell")])
def test_the_title_makes_more_salient(title: str, first: str) -> None:
    text = "On Monday, Ada Kord met Bo Vell."
    sentences = split(text, [Block(start=0, end=len(text), kind="paragraph")], "en")
    assert find_entities(text, sentences, title)[0].name == first
