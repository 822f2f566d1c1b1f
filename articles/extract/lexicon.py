"""Word lists of the extractors, and the gazetteer of places and bodies."""

from typing import Literal

from articles.data import read_sections, read_words
from articles.text.places import COUNTRIES, ORGANIZATIONS, PLACES
from articles.text.places import DEMONYMS as DEMONYMS
from schemas.articles import EntityKind

Gender = Literal["he", "she"]


_TITLES = read_sections("titles.txt")
_GIVEN = read_sections("given_names.txt")
_KINDS = read_sections("kinds.txt")

TITLES = _TITLES["capital"]
"""Words that end what stands before a person's name ("Prime Minister Ada Kord")."""
TITLE_MODIFIERS = _TITLES["modifier"]
LOWER_TITLES = _TITLES["lower"]
NOT_NAMES = read_words("not_names.txt")
_GENDERS: tuple[tuple[str, Gender], ...] = (("she", "she"), ("he", "he"))
_TITLE_GENDERS: tuple[tuple[str, Gender], ...] = (("female", "she"), ("male", "he"))
_BY_LAST: tuple[tuple[str, EntityKind], ...] = (
    ("event_last", "event"), ("place_last", "place"), ("organization_last", "organization"),
)  # fmt: skip
_BY_FIRST: tuple[tuple[str, EntityKind], ...] = (("event_first", "event"), ("place_first", "place"))

GIVEN_NAMES = {name: gender for section, gender in _GENDERS for name in _GIVEN[section]}
SURNAMES = read_words("surnames_en.txt")
TITLE_GENDERS = {word: gender for section, gender in _TITLE_GENDERS for word in _TITLES[section]}
LAST_WORDS = {word: kind for section, kind in _BY_LAST for word in _KINDS[section]}
FIRST_WORDS = {word: kind for section, kind in _BY_FIRST for word in _KINDS[section]}
HEADS: dict[str, EntityKind] = FIRST_WORDS | dict.fromkeys(sorted(_KINDS["organization_first"]), "organization")
"""Words that an "of" may follow within a name ("Ministry of", "Gulf of")."""
_PLACE_NAMES: dict[str, EntityKind] = {form: "place" for row in PLACES for form in row}
_BODY_NAMES: dict[str, EntityKind] = {form: "organization" for row in ORGANIZATIONS for form in row}
GAZETTEER = _PLACE_NAMES | _BODY_NAMES
COUNTRY_OF = {form: row[0] for row in COUNTRIES for form in row} | DEMONYMS
"""Names of a country and of its people to the country."""
JOINED_NAMES = sorted(form for form in GAZETTEER if any(word.islower() for word in form.split()))
"""Names of the gazetteer that hold a lower-case word ("Trinidad and Tobago")."""
