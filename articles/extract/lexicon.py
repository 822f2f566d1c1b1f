"""Word lists of the extractors, and the gazetteer of places and bodies."""

from typing import Literal

from articles.data import read_lines, read_words
from articles.text.places import COUNTRIES, DEMONYMS, ORGANIZATIONS, PLACES
from schemas.articles import EntityKind

Gender = Literal["he", "she"]


def _sections(name: str) -> dict[str, frozenset[str]]:
    pairs = (line.split(":", 1) for line in read_lines(name))
    return {section: frozenset(words.split()) for section, words in pairs}


_TITLES = _sections("titles.txt")
_GIVEN = _sections("given_names.txt")
_KINDS = _sections("kinds.txt")

TITLES = _TITLES["capital"]
"""Words that end what stands before a person's name ("Prime Minister Ada Kord")."""
TITLE_MODIFIERS = _TITLES["modifier"]
LOWER_TITLES = _TITLES["lower"]
NOT_NAMES = read_words("not_names.txt")
GIVEN_NAMES: dict[str, Gender] = {name: "she" for name in _GIVEN["she"]} | {name: "he" for name in _GIVEN["he"]}
SURNAMES = read_words("surnames_en.txt")
TITLE_GENDERS: dict[str, Gender] = {word: "she" for word in _TITLES["female"]} | {
    word: "he" for word in _TITLES["male"]
}
LAST_WORDS: dict[str, EntityKind] = (
    {word: "event" for word in _KINDS["event_last"]}
    | {word: "place" for word in _KINDS["place_last"]}
    | {word: "organization" for word in _KINDS["organization_last"]}
)
FIRST_WORDS: dict[str, EntityKind] = {word: "event" for word in _KINDS["event_first"]} | {
    word: "place" for word in _KINDS["place_first"]
}
HEADS: dict[str, EntityKind] = FIRST_WORDS | {word: "organization" for word in _KINDS["organization_first"]}
"""Words that an "of" may follow within a name ("Ministry of", "Gulf of")."""
GAZETTEER: dict[str, EntityKind] = {form: "place" for row in PLACES for form in row} | {
    form: "organization" for row in ORGANIZATIONS for form in row
}
COUNTRY_OF = {form: row[0] for row in COUNTRIES for form in row} | DEMONYMS
"""Names of a country and of its people to the country."""
JOINED_NAMES = sorted(form for form in GAZETTEER if any(word.islower() for word in form.split()))
"""Names of the gazetteer that hold a lower-case word ("Trinidad and Tobago")."""

