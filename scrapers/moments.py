"""Times as rows, feeds and headers state them. Never guesses: what is no full date is dropped, and says so."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from schemas.articles import Precision

EARLIEST = datetime(1800, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)
"""A clock may be wrong by a day and a time zone; beyond that a date is a mistake."""
_LONGEST = 100
_HALF_DAY = re.compile(r"\b(\d{1,2})(:\d\d(?::\d\d)?)\s*([ap])\.?m\b\.?", re.IGNORECASE)


class Stated(NamedTuple):
    """A time in UTC and how exact it is; without one, `repair` says what was dropped and why.

    `refused` is set where a date could be read, but nothing can have been published then.
    """

    at: datetime | None = None
    precision: Precision | None = None
    repair: str | None = None
    refused: bool = False


def read_moment(text: object, now: datetime) -> Stated:
    """Reads ISO 8601 or RFC 2822. Junk, a time before 1800 or more than two days after `now` is dropped."""
    if text is None or (isinstance(text, str) and not text.strip()):
        return Stated()
    shown = str(text).strip()[:40]
    stated = _parse(text.strip()) if isinstance(text, str) and len(text) <= _LONGEST else None
    if stated is None:
        return Stated(repair=f"published_at dropped: {shown!r} is no date")
    if not believable(stated[0], now):
        return Stated(repair=f"published_at dropped: {shown!r} is {_misplaced(stated[0])}", refused=True)
    return Stated(*stated)


def believable(at: datetime, now: datetime) -> bool:
    """Whether something can have been published then."""
    return EARLIEST <= at <= now + AHEAD


def _misplaced(at: datetime) -> str:
    return "before 1800" if at < EARLIEST else "in the future"


def _parse(text: str) -> tuple[datetime, Precision] | None:
    for read in (_iso_day, _iso_time, _mail):
        try:
            stated = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if stated:
            return stated
    return None


def _iso_day(text: str) -> tuple[datetime, Precision]:
    day = date.fromisoformat(text)
    return datetime(day.year, day.month, day.day, tzinfo=UTC), "day"


def _iso_time(text: str) -> tuple[datetime, Precision]:
    text = text.replace(" UTC", "Z").replace(" GMT", "Z")
    return _in_utc(datetime.fromisoformat(text)), _clock_precision(text)


def _mail(text: str) -> tuple[datetime, Precision] | None:
    """RFC 2822, whose parser takes no notice of a p.m. and then of no zone either: the clock is told in 24 hours."""
    text = _HALF_DAY.sub(_in_whole_day, text)
    if not any(character.isalpha() for character in text):
        return None
    if ":" not in text:
        return _in_utc(parsedate_to_datetime(f"{text} 00:00")), "day"
    return _in_utc(parsedate_to_datetime(text)), _clock_precision(text)


def _in_whole_day(clock: re.Match[str]) -> str:
    hour = int(clock[1])
    if hour <= 12:
        hour = hour % 12 + (12 if clock[3] in "pP" else 0)
    return f"{hour:02}{clock[2]}"


def _clock_precision(text: str) -> Precision:
    clock = text.partition(":")[2]
    return "second" if clock[2:3] == ":" or ("T" in text and ":" not in text) else "minute"


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
