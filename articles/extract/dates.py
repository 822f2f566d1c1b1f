"""Dates in the text, absolute and relative, the latter resolved against the publishing date."""

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from pydantic import TypeAdapter

from articles.extract.hints import Hints, within
from articles.extract.numbers import words_value
from schemas.articles import Date, Entry
from schemas.base import Span

_DATES = TypeAdapter(tuple[Date, ...])
"""Builds all dates at once: far faster than one by one."""
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = "|".join(_WEEKDAYS)
_COUNT = r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"

_DATE = re.compile(
    rf"\b(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\b"
    rf"|\b(?P<d1>{_DAY}) (?:of )?(?P<m1>{_MONTH})(?:,? (?P<y1>{_YEAR})\b)?"
    rf"|\b(?P<m2>{_MONTH}) (?P<d2>{_DAY})\b(?!\.\d|,\d{{3}}|[:%-]\d| ?(?:am|pm|a\.m|p\.m|percent|%))"
    rf"(?:,? (?P<y2>{_YEAR})\b)?"
    rf"|\b(?P<m3>{_MONTH}),? (?P<y3>{_YEAR})\b"
    rf"|\b(?:(?P<mp>in|since|until|by|last|this|next|early|late|mid|through|during)[ -](?:early |late |mid-)?)"
    rf"(?P<m4>{_MONTH})(?![\w’']|,? \d)"
    rf"|\b(?:(?P<wp>last|next|this|on) )?(?P<weekday>{_WEEKDAY})\b"
    rf"(?!s\b|,? (?:(?:the )?{_DAY} (?:of )?{_MONTH}|{_MONTH} {_DAY}\b))"
    rf"|\b(?P<near>today|yesterday|tomorrow|tonight|last night)\b(?!['’]s)"
    rf"|\b(?P<which>last|this|next) (?P<period>month|year)\b"
    rf"|\b(?P<count>{_COUNT}) (?P<ago>days?|weeks?|months?|years?) ago\b"
    rf"|\b(?:in|since|by|of|during|until|before|after|from|early|late|mid|and|for|through|circa|(?<={_YEAR} )to)[ -]"
    rf"(?P<year>{_YEAR})\b(?![\w%-]|,\d| (?:people|troops|men|women|of)\b)",
)
_HINT = re.compile(
    r"[12JFMASONDWTtylma](?:(?<=[12])[089]\d\d|(?<=[JFMASOND])(?:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec)|"
    r"(?<=[MTWFS])[a-z]{2,5}day\b|(?<=t)(?:oday|onight|omorrow)\b|(?<=y)(?:esterday|ears?)\b|(?<=l)ast night\b|"
    r"(?<=m)onths?\b|(?<=a)go\b)"
)
"""What every date holds: to look for it is many times faster than to look for a date."""
_HINTS = Hints(
    [*calendar.month_abbr[1:], *_WEEKDAYS, "18", "19", "20", "today", "tonight", "tomorrow", "yesterday", "last night",
     "month", "year", "ago"]
)  # fmt: skip
_PREFIX = 15
"""How far before its first hint a date may begin ("eleven weeks ago")."""
_WORD_START = re.compile(r"\b\w")
_AHEAD = re.compile(
    r"\b(?:will|would|won['’]t|shall|to (?:meet|hold|begin|start|appear|vote|convene|open)|"
    r"scheduled|due|set|planned|plans|expected|slated|upcoming|until)\b[^.;,\"“”:]*$"
)


_AHEAD_AFTER = re.compile(
    r",?(?: (?!said\b|told\b|that\b|who\b|which\b)[\w’'-]+){1,5}? "
    r"(?:will|shall|(?:is|are) (?:to|due to|set to|expected to|scheduled to))\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|\w{2,}ed|came|went|met|sat|ran|fell|rose|held|took|gave|made|said|told|saw|left|won|lost|sank|"
    r"broke|began|hit|struck|shot|fought|found|led|sent|spoke|wrote|drove|flew|grew|brought|bought|caught|sold|paid|"
    r"built|spent|kept|sang|stood|got|became|drew|threw|died|beat)\b"
)
_CLAUSE_BEFORE = re.compile(r"[^.;\"“”:]*$")
_CLAUSE_AFTER = re.compile(r",?[^.;,\"“”:]*")
_FEAST = re.compile(r"\b(?:Black|Bloody|Cyber|Super|Good|Ash|Easter|Palm|Whit|Fat|Holy|Maundy) $")
"""Before a weekday: a day of the year that falls on it."""
_FARTHEST = 183
"""Days: half a year, beyond which a day without its year is in another one."""


class _Reading(NamedTuple):
    """What a date in the text means."""

    value: str
    granularity: Literal["year", "month", "day"]
    relative: bool = False
    other: str | None = None


def find_dates(
    text: str, sentences: Sequence[Span], published_at: datetime | None, entries: Sequence[Entry] = ()
) -> tuple[Date, ...]:
    """The dates of the sentences, in order; those that need a publishing date are absent without one.

    In an entry of a live page the entry's own time is that date.
    """
    published = published_at.date() if published_at else None
    starts = _HINTS.starts(text) if sentences else []
    found = [
        one
        for sentence in sentences
        if (hints := within(starts, sentence.start, sentence.end))
        for one in _in_sentence(text, sentence, hints, _entry_day(sentence, entries) or published)
    ]
    return _DATES.validate_python(found)


def _entry_day(sentence: Span, entries: Sequence[Entry]) -> date | None:
    return next((entry.at.date() for entry in entries if entry.start <= sentence.start < entry.end), None)


def _in_sentence(text: str, sentence: Span, hints: list[int], today: date | None) -> Iterator[dict[str, object]]:
    for match in _matches(text, sentence.start, sentence.end, hints):
        before = text[max(sentence.start, match.start() - 120) : match.start()]
        reading = _read(match, today, before, text[match.end() : min(sentence.end, match.end() + 120)])
        if reading is not None:
            start, end = _span(match)
            yield {"start": start, "end": end, **reading._asdict()}


def _matches(text: str, start: int, end: int, hints: list[int]) -> Iterator[re.Match[str]]:
    """The same as `_DATE.finditer`."""
    for hint in hints:
        if hint < start or not _HINT.match(text, hint, end):
            continue
        for word in _WORD_START.finditer(text, max(start, hint - _PREFIX), hint + 1):
            if match := _DATE.match(text, word.start(), end):
                yield match
                start = match.end()
                break


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Without the preposition that shows that a bare month or year is a date."""
    start = match.start("year") if match["year"] else match.start()
    if match["m4"] and match["mp"] not in ("last", "this", "next", "early", "late", "mid"):
        start = match.start("m4")
    if match["weekday"] and match["wp"] == "on":
        start = match.start("weekday")
    return start, match.end()


def _read(match: re.Match[str], today: date | None, before: str, after: str) -> _Reading | None:
    if match["iso"]:
        return _full(*map(int, match["iso"].split("-")))
    if match["m3"]:
        return _Reading(f"{match['y3']}-{_month(match['m3']):02}", "month")
    if match["year"]:
        return _Reading(match["year"], "year")
    if match["m1"] or match["m2"]:
        return _day_of_month(match, today)
    return _relative(match, today, before, after) if today else None


def _day_of_month(match: re.Match[str], today: date | None) -> _Reading | None:
    month = _month(match["m1"] or match["m2"])
    day = int(re.sub(r"\D", "", match["d1"] or match["d2"]))
    year = match["y1"] or match["y2"]
    if year:
        return _full(int(year), month, day)
    return _nearest_day(today, month, day) if today else None


def _full(year: int, month: int, day: int) -> _Reading | None:
    try:
        return _Reading(date(year, month, day).isoformat(), "day")
    except ValueError:
        return None


def _nearest_day(today: date, month: int, day: int) -> _Reading | None:
    """The year that puts the day nearest to the publishing date."""
    found: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if not found:
        return None
    nearest = min(found, key=lambda one: abs((one - today).days))
    return _Reading(nearest.isoformat(), "day", True) if abs((nearest - today).days) <= _FARTHEST else None


def _relative(match: re.Match[str], today: date, before: str, after: str) -> _Reading | None:
    try:
        if match["weekday"]:
            return None if _FEAST.search(before) else _weekday(match, today, before, after)
        if match["near"]:
            days = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(match["near"], 0)
            return _day(today + timedelta(days=days))
        if match["period"]:
            return _period(today, match["period"], {"last": -1, "this": 0, "next": 1}[match["which"]])
        return _month_name(match, today, before) if match["m4"] else _ago(match, today)
    except (ValueError, OverflowError):
        return None


def _day(value: date) -> _Reading:
    return _Reading(value.isoformat(), "day", True)


def _weekday(match: re.Match[str], today: date, before: str, after: str) -> _Reading:
    """The nearest past one, today included; the nearest to come where the sentence looks ahead.

    Where no verb of its clause is in the past either, the one to come is the second reading.
    """
    back = (today.weekday() - _WEEKDAYS.index(match["weekday"])) % 7
    ahead = match["wp"] != "last" and back and (_AHEAD.search(before) or _AHEAD_AFTER.match(after))
    if match["wp"] == "next" or ahead:
        return _day(today + timedelta(days=7 - back))
    if match["wp"] == "last":
        return _day(today - timedelta(days=back or 7))
    past = _day(today - timedelta(days=back))
    return past._replace(other=_to_come(today, back)) if back and not _is_past(before, after) else past


def _is_past(before: str, after: str) -> bool:
    clauses = (_CLAUSE_BEFORE.search(before), _CLAUSE_AFTER.match(after))
    return any(clause and _PAST.search(clause[0]) for clause in clauses)


def _to_come(today: date, back: int) -> str | None:
    try:
        return (today + timedelta(days=7 - back)).isoformat()
    except OverflowError:
        return None


def _period(today: date, period: str, step: int) -> _Reading:
    if period == "year":
        return _Reading(f"{date(today.year + step, 1, 1).year:04}", "year", True)
    return _Reading(_shift_months(today, step), "month", True)


def _shift_months(today: date, step: int) -> str:
    months = today.year * 12 + today.month - 1 + step
    return date(months // 12, months % 12 + 1, 1).isoformat()[:7]


def _month_name(match: re.Match[str], today: date, before: str) -> _Reading | None:
    month = _month(match["m4"])
    to_come = match["mp"] in ("until", "by") or (match["mp"] != "last" and _AHEAD.search(before))
    if match["mp"] == "next" or (to_come and month > today.month):
        year = today.year if month > today.month else today.year + 1
    else:
        last_year = month > today.month or (match["mp"] == "last" and month == today.month)
        year = today.year - 1 if last_year else today.year
    return _Reading(f"{year}-{month:02}", "month", True)


def _ago(match: re.Match[str], today: date) -> _Reading:
    count = match["count"]
    number = int(count) if count.isdigit() else 1 if count in ("a", "an") else words_value(count)
    steps: dict[str, Callable[[], _Reading]] = {
        "day": lambda: _day(today - timedelta(days=number)),
        "week": lambda: _Reading((today - timedelta(weeks=number)).isoformat()[:7], "month", True),
        "month": lambda: _Reading(_shift_months(today, -number), "month", True),
        "year": lambda: _Reading(f"{date(today.year - number, 1, 1).year:04}", "year", True),
    }
    return steps[match["ago"].removesuffix("s")]()


def _month(name: str) -> int:
    short = name.rstrip(".").lower()[:3]
    return _MONTH_NUMBERS[short]
