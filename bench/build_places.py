"""Makes `articles/data/places_cldr.txt`: territories and cities from open data, beside those written by hand.

    npm pack cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0   # each unpacked into one folder
    python -m bench.build_places FOLDER

FOLDER holds `package/main/en/territories.json` and `timeZoneNames.json` of the Unicode Common Locale Data Repository
(Unicode License v3). A territory has its name, a short one and variants; a city is that of a time zone, whose id in the
IANA database keeps an older or plainer spelling (Asia/Rangoon is Yangon). What is written by hand wins, and a form that
may well be something else, a person or a common word, is left out.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from articles.extract.lexicon import GIVEN_NAMES, SURNAMES
from articles.text.idf import lower_share
from articles.text.names import fold_name
from articles.text.places import WRITTEN
from articles.text.stems import stems

TABLE = Path(__file__).parents[1] / "articles" / "data" / "places_cldr.txt"
_HEADER = (
    "# Other places, with other names of the same place. Made by bench/build_places.py from the Unicode Common Locale "
    "Data Repository (cldr-localenames-full, cldr-dates-full {version}); Unicode License v3, see LICENSE.unicode."
)
_NO_PLACES = frozenset(("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "UM"))
_CODE = re.compile(r"([A-Z]{2})(?:-alt-.*)?")
_FORM = re.compile(r"[^\W\d_][\w.'’& -]{3,}")
_NO_CITY = ("Antarctica/", "Etc/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/")
_OTHER_PLACES = frozenset(("Coral Harbour", "Enderbury", "Canary"))
"""Ids of zones that are links to that of another place, or half a name."""
_MOST_LOWER = 0.2
_SPELLED_OUT = (("St. ", "Saint "), ("’", "'"))


def territories(names: Mapping[str, str]) -> Iterator[list[str]]:
    """The names of each territory, the plain one first."""
    found: dict[str, list[str]] = {}
    for key, name in names.items():
        code = _CODE.fullmatch(key)
        if code and code[1] not in _NO_PLACES and " - " not in name and not name.endswith(" China"):
            found.setdefault(code[1], []).append(name)
    yield from found.values()


def cities(zones: Mapping[str, Any], path: str = "") -> Iterator[list[str]]:
    """The city of each time zone by its name, then by the zone's id."""
    for key, value in zones.items():
        place = f"{path}{key}"
        if isinstance(value, dict) and "exemplarCity" in value:
            if not place.startswith(_NO_CITY):
                yield _city(value["exemplarCity"], key.replace("_", " "))
        elif isinstance(value, dict):
            yield from cities(value, f"{place}/")


def _city(name: str, zone: str) -> list[str]:
    """An id that is only a part of the name ("Easter" of Easter Island) is no name."""
    return [name] if zone in _OTHER_PLACES or set(zone.split()) < set(name.split()) else [name, zone]


def rows(found: Iterable[list[str]], written: Sequence[Sequence[str]]) -> list[list[str]]:
    """A row a place that has a form which is not known yet, under the name that is written where one is."""
    known = {fold_name(form): row[0] for row in written for form in row}
    made: dict[str, list[str]] = {}
    for names in found:
        forms = dict.fromkeys(form for name in names for form in _spellings(name) if _is_sure(form))
        name = next((known[fold_name(form)] for form in forms if fold_name(form) in known), next(iter(forms), ""))
        new = [form for form in forms if fold_name(form) not in known]
        known |= dict.fromkeys(map(fold_name, new), name)
        if new:
            made.setdefault(name, [name]).extend(form for form in new if form != name)
    return sorted(made.values())


def _spellings(name: str) -> Iterator[str]:
    yield name.replace(" & ", " and ")
    yield name
    name = name.replace(" & ", " and ")
    for short, long in _SPELLED_OUT:
        if short in name:
            yield name.replace(short, long)
            name = name.replace(short, long)


def _is_sure(form: str) -> bool:
    if not _FORM.fullmatch(form):
        return False
    if " " in form:
        return True
    if form in GIVEN_NAMES or form in SURNAMES:
        return False
    return all(lower_share(stem) < _MOST_LOWER for stem in stems(form, "en"))


def build(folder: Path) -> str:
    """The whole table as text."""
    names = _load(folder / "territories.json")["localeDisplayNames"]["territories"]
    zones = _load(folder / "timeZoneNames.json")["dates"]["timeZoneNames"]["zone"]
    made = rows(chain(territories(names), cities(zones)), WRITTEN)
    version = orjson.loads((folder.parents[1] / "package.json").read_bytes())["version"]
    return "\n".join([_HEADER.format(version=version), *map("/".join, made)]) + "\n"


def _load(path: Path) -> Any:
    return orjson.loads(path.read_bytes())["main"]["en"]


if __name__ == "__main__":
    TABLE.write_text(build(Path(sys.argv[1]) / "package" / "main" / "en"), "utf-8")
