import pytest

from articles.extract.figures import find_figures
from schemas.articles import Figure
from schemas.base import Span


def read(text: str) -> list[Figure]:
    return list(find_figures(text, [Span(start=0, end=len(text))]))


CASES = [
    ("Orla told 26 fellow leaders to wait.", (26, None, None, "fellow leaders", None)),
    ("Some 25 fellow leaders came.", (25, None, None, "fellow leaders", "about")),
    ("They downed 130 Arden-made Vell-launched Kestrel drones.",
     (130, None, None, "arden-made vell-launched kestrel drones", None)),
    ("Approximately 130 enemy drones fell.", (130, None, None, "enemy drones", "about")),
    ("It flew over 14 regions.", (14, None, None, "regions", None)),
    ("It flooded over a dozen villages.", (12, None, None, "villages", "more than")),
    ("It counted over 100 enemy boats.", (100, None, None, "enemy boats", "more than")),
    ("They agreed on a 30-day ceasefire.", (30, None, "day", "ceasefire", None)),
    ("The flood killed 14.", (14, None, None, "killed", None)),
    ("14 people were killed.", (14, None, None, "people killed", None)),
    ("The flood killed at least 14 people.", (14, None, None, "people killed", "at least")),
    ("The death toll rose to 14.", (14, None, None, "deaths", None)),
    ("That brings the number of people killed in the floods to 14.", (14, None, None, "deaths", None)),
    ("Nearly 3,000 homes lost power.", (3000, None, None, "homes", "about")),
    ("Twenty-six ferries sank.", (26, None, None, "ferries", None)),
    ("No more than two dozen lorries came.", (24, None, None, "lorries", "at most")),
    ("Fewer than five schools opened.", (5, None, None, "schools", "less than")),
    ("Up to 20,000 troops left.", (20000, None, None, "troops", "up to")),
    ("More than 1.2 million people fled.", (1200000, None, None, "people", "more than")),
    ("Between 10 and 12 ships left.", (10, 12, None, "ships", None)),
    ("Some 10 to 12 boats sank.", (10, 12, None, "boats", "about")),
    ("About 10-12 boats sank.", (10, 12, None, "boats", "about")),
    ("Prices rose 2.5%.", (2.5, None, "%", None, None)),
    ("About 45 per cent of voters agreed.", (45, None, "%", "voters", "about")),
    ("It cost €3m.", (3000000, None, "EUR", None, None)),
    ("It cost 40 billion euros in new aid.", (40000000000, None, "EUR", "new aid", None)),
    ("It took 1,500 tonnes of rice.", (1500, None, "t", "rice", None)),
    ("The 27-nation bloc met.", (27, None, None, "nations", None)),
    ("A 10,000-strong crowd sang.", (10000, None, None, "crowd sang", None)),
    ("100 or more cars burned.", (100, None, None, "cars", "at least")),
    ("A hundred people sang.", (100, None, None, "people", None)),
    ("It has a staff of about 16,500.", (16500, None, None, "staff", "about")),
    ("They sailed with a crew of five.", (5, None, None, "crew", None)),
    ("The number of ruined barns was put at 184.", (184, None, None, "ruined barns", None)),
    ("The number of evacuated people stands at 56.", (56, None, None, "people evacuated", None)),
    ("The number of missing rose to 20.", (20, None, None, "missing", None)),
    ("A magnitude-6.2 quake woke them.", (6.2, None, "magnitude", None, None)),
    ("The shock had a magnitude of 5.", (5, None, "magnitude", None, None)),
    ("A tremor of 3.4 on the Richter scale woke them.", (3.4, None, "magnitude", None, None)),
    ("The strongest quake, at 3.4, woke them.", (3.4, None, "magnitude", None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_one_figure(text: str, expected: tuple[object, ...]) -> None:
    figures = read(text)
    assert [(f.value, f.value_to, f.unit, f.counted, f.qualifier) for f in figures] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "In 2014 one of the men left.",
        "The 3rd man, aged 34, came at 10:30 a.m. on 5 May 2024 to Room 12.",
        "Ada Kord, 45, rang 555-123-4567.",
        "World War II ended before the G7 met.",
        "In a number of cases the dose was 40.",
        "The judges gave her dive, seen at 9.4, a prize.",
        "They left two weeks ago and stayed for three days.",
        "Two-thirds agreed, a fifth did not.",
        "He scored 3-2 and won 52-48.",
        "The F-16 came on 9/11.",
        "The two met on March 14 and at 6 p.m.",
        "The three-year-old war goes on.",
        "The second and the first came.",
        "Article 5 and No. 7 apply.",
    ],
)
def test_no_figure(text: str) -> None:
    assert read(text) == []


def test_two_currencies_are_two_figures() -> None:
    text = "The bloc gives 40 billion euros ($43.5 billion)."
    assert [(f.of(text), f.value, f.unit) for f in read(text)] == [
        ("40 billion euros", 40_000_000_000, "EUR"),
        ("$43.5 billion", 43_500_000_000, "USD"),
    ]


def test_killed_and_wounded_are_two_figures() -> None:
    text = "14 people were killed and 30 wounded."
    assert [(f.value, f.counted) for f in read(text)] == [(14, "people killed"), (30, "wounded")]
