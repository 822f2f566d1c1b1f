"""Dates as people and pages write them, to a UTC time with its precision. Never guesses: no year, no date."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from schemas.articles import Precision

_MONTH_WORDS = (
    "jan january janvier enero januar janeiro gennaio|feb february février fevrier febrero februar fevereiro febbraio|"
    "mar march mars marzo märz maerz março|apr april avril abril aprile|may mai mayo maio maggio|"
    "jun june juin junio juni junho giugno|jul july juillet julio juli julho luglio|"
    "aug august août aout agosto|sep sept september septembre septiembre setembro settembre|"
    "oct october octobre octubre oktober outubro ottobre|nov november novembre noviembre novembro|"
    "dec december décembre decembre diciembre dezember dezembro dicembre"
)
MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS.split("|"), 1) for word in words.split()}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=lambda word: (-len(word), word))) + r")\b\.?"

_CLOCK = (
    r"(?:[\s,T]*(?:at\s+|um\s+|à\s+)?(?P<hour>[0-2]?\d)[:.h](?P<minute>[0-5]\d)(?::[0-5]\d)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?)?"
)
_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (
        r"\b(?P<year>(?:19|20)\d\d)[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)\b",
        rf"\b(?P<word>{MONTH})\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b",
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<word>{MONTH}),?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)\b",
        r"\b(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?P<year>(?:19|20)\d\d)\b",
        r"(?P<year>(?:19|20)\d\d)年(?P<month>[01]?\d)月(?P<day>[0-3]?\d)日",
    )
)
# Hours from Greenwich of the zones that news of the day is stamped in; of an abbreviation that several zones have,
# that of RFC 5322, else the one of English-language papers.
_ZONES = {
    "GMT": 0, "UTC": 0, "Z": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "HKT": 8, "SGT": 8,
    "JST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_ZONE_AFTER = re.compile(rf"\s*\(?(?P<zone>{'|'.join(_ZONES)})\b")
_HALF_DAY = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_EARLIEST = 1900


class Read(NamedTuple):
    """A date that was read, and the characters it took."""

    at: datetime
    precision: Precision
    start: int
    end: int


def parse_moment(text: str) -> tuple[datetime, Precision] | None:
    """The time that a metadata value states: ISO 8601, RFC 5322, or a written date. `None` if it states none.

    A time with a.m. or p.m. is never RFC 5322, whose parser takes 7:47 PM for the morning.
    """
    text = text.strip()
    if not 6 <= len(text) <= 80:
        return None
    stated = _parse_iso(text) or (None if _HALF_DAY.search(text) else _parse_mail(text))
    if stated:
        return stated
    read = find_date(text)
    return (read.at, read.precision) if read else None


def find_date(text: str) -> Read | None:
    """The first full date (day, month and year) in a short text, with the time of day where that has a zone."""
    found = [match for form in _FORMS if (match := form.search(text))]
    readings = [read for match in found if (read := _read(text, match))]
    return min(readings, key=lambda read: read.start, default=None)


def _parse_iso(text: str) -> tuple[datetime, Precision] | None:
    try:
        moment = datetime.fromisoformat(text.replace(" UTC", "Z").replace(" GMT", "Z"))
    except ValueError:
        return None
    precision: Precision = "day" if len(text) <= 10 else "minute" if text.count(":") == 1 else "second"
    return _in_utc(moment, precision)


def _parse_mail(text: str) -> tuple[datetime, Precision] | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _in_utc(moment, "second" if ":" in text else "day")


def _in_utc(moment: datetime, precision: Precision) -> tuple[datetime, Precision] | None:
    if moment.year < _EARLIEST:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC), precision
    except (OverflowError, ValueError):
        return None


def _read(text: str, match: re.Match[str]) -> Read | None:
    parts = match.groupdict()
    month = MONTHS[parts["word"].lower().rstrip(".")] if parts.get("word") else int(parts["month"])
    try:
        day = datetime(int(parts["year"]), month, int(parts["day"]), tzinfo=UTC)
    except ValueError:
        return None
    zone = _ZONE_AFTER.match(text, match.end())
    timed = _at_clock(day, parts) if zone else None
    if zone is None or timed is None:
        return Read(day, "day", match.start(), match.end())
    return Read(timed - timedelta(hours=_ZONES[zone["zone"]]), "minute", match.start(), match.end())


def _at_clock(day: datetime, parts: dict[str, str]) -> datetime | None:
    if not parts.get("hour"):
        return None
    hour = int(parts["hour"])
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"].lower().startswith("p") else 0)
    return day.replace(hour=hour, minute=int(parts["minute"])) if hour < 24 else None
