"""Alias tables of places and bodies: which names mean the same one."""

from articles.data import read_lines


def _rows(name: str, column: int | None = None) -> list[list[str]]:
    lines = read_lines(name)
    cells = lines if column is None else [line.split(";")[column] for line in lines]
    return [cell.split("/") for cell in cells if cell]


COUNTRIES = _rows("countries.txt", 0)
CAPITALS = _rows("countries.txt", 1)
WRITTEN = [*COUNTRIES, *CAPITALS, *_rows("places.txt")]
"""Places that were written for Newsfold; the others come from open data."""
PLACES = [*WRITTEN, *_rows("places_cldr.txt")]
"""Every place: its name in Newsfold, then its other names."""
ORGANIZATIONS = _rows("organizations.txt")
"""Every body: its name in Newsfold, then its other names."""
DEMONYMS = {
    word: line.split(";")[0].split("/")[0]
    for line in read_lines("countries.txt")
    for word in line.split(";")[2].split("/")
    if word
}
"""Adjectives and peoples ("French") to their country."""
