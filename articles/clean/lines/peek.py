"""A quick look for a stated date at the top of a plain text."""

from articles.clean.characters import squeeze
from articles.clean.draft import Stated
from articles.clean.lines.datelines import read_artefact, read_dateline
from articles.clean.lines.notices import notice_rule
from articles.clean.moments import find_date

_LINES = 12


def peek_time(text: str) -> Stated | None:
    """The time that a scraper's field, a time stamp line or a dateline with a year states in the first lines."""
    for line in text[:6000].split("\n")[:_LINES]:
        words = squeeze(line)
        stated = _read(words) if words else None
        if stated:
            return stated
    return None


def _read(words: str) -> Stated | None:
    artefact = read_artefact(words)
    if artefact:
        return artefact.stated
    if len(words) <= 130 and notice_rule(words) == "time stamp" and not words.lower().startswith(("updated", "last")):
        read = find_date(words)
        return Stated(read.at, read.precision, "text") if read else None
    filed = read_dateline(words) if len(words) >= 60 else None
    return filed.stated if filed else None
