"""The table of places that is made from open data."""

from pathlib import Path

import orjson
import pytest

from articles.text.names import known_name, same_name
from bench.build_places import TABLE, build

TERRITORIES = {"DE": "Germany", "XQ": "Isle of Ellery", "XQ-alt-short": "Ellery Isle", "EU": "European Union",
               "XY": "St. Tarn & Orla", "001": "world", "XC": "Ostrel - North"}  # fmt: skip
ZONES = {
    "Asia": {"Brixgrad": {"exemplarCity": "Nova Brix"}, "Easter": {"exemplarCity": "Easter Island"}},
    "Etc": {"Unknown": {"exemplarCity": "Unknown Location"}},
}


def test_names_variants_and_ids_of_zones_become_rows(tmp_path: Path) -> None:
    folder = tmp_path / "package" / "main" / "en"
    folder.mkdir(parents=True)
    (tmp_path / "package" / "package.json").write_bytes(b'{"version": "1.2"}')
    names = {"main": {"en": {"localeDisplayNames": {"territories": TERRITORIES}}}}
    zones = {"main": {"en": {"dates": {"timeZoneNames": {"zone": ZONES}}}}}
    (folder / "territories.json").write_bytes(orjson.dumps(names))
    (folder / "timeZoneNames.json").write_bytes(orjson.dumps(zones))
    header, *rows = build(folder).splitlines()
    assert "1.2" in header
    assert rows == [
        "Easter Island",
        "Isle of Ellery/Ellery Isle",
        "Nova Brix/Brixgrad",
        "St. Tarn and Orla/St. Tarn & Orla/Saint Tarn and Orla",
    ]


def test_the_table_names_its_source_and_licence() -> None:
    header = TABLE.read_text("utf-8").partition("\n")[0]
    assert "Unicode Common Locale Data Repository" in header
    assert "Unicode License v3" in header


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rangoon", "Yangon"), ("Saigon", "Ho Chi Minh City"), ("Macau", "Macao"), ("Truk", "Chuuk"),
        ("St. Kitts and Nevis", "Saint Kitts and Nevis"), ("Kiev", "Kyiv"), ("Türkiye", "Turkey"),
        ("Burma", "Myanmar"), ("Swaziland", "Eswatini"),
    ],
)  # fmt: skip
def test_two_names_of_one_place_are_one(one: str, other: str) -> None:
    assert known_name(one, "place") == known_name(other, "place") is not None
    assert same_name(one, other, "place")
