"""Numbers in context: value, unit, what is counted, and how sure the text is."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pydantic import TypeAdapter

from articles.data import read_lines
from articles.extract.counted import read_counted
from articles.extract.hints import within
from articles.extract.numbers import (
    DIGITS,
    NUMBER_HINT,
    NUMBER_HINTS,
    SCALE,
    WORDS,
    digits_value,
    scale_value,
    words_value,
)
from schemas.articles import Figure
from schemas.base import Span


def _forms(name: str) -> dict[str, str]:
    pairs = (line.split(": ", 1) for line in read_lines(name))
    return {form.replace("-", " "): unit for unit, forms in pairs for form in forms.split()}


_FIGURES = TypeAdapter(tuple[Figure, ...])
"""Builds all figures at once: far faster than one by one."""
_CURRENCIES = _forms("currencies.txt")
_UNITS = _forms("units.txt")
_SYMBOLS = "|".join(re.escape(form) for form in sorted(_CURRENCIES, key=len, reverse=True) if not form.islower())
_MONEY_WORDS = "|".join(form for form in _CURRENCIES if form.islower())
_UNIT_WORDS = "|".join(re.escape(form) for form in sorted(_UNITS, key=len, reverse=True) if form != "%")

_UNIT = (
    rf"(?:(?P<percent> ?%| percent\b| per cent\b| pct\b)"
    rf"|(?P<join>[ -])(?:(?:(?:U\.?S\.?|American|Canadian|Australian|British) )?"
    rf"(?P<money>{_MONEY_WORDS})|(?P<unit>{_UNIT_WORDS}))\b)?"
)
_UNIT_ALONE = re.compile(_UNIT)
_NUMBER = re.compile(
    rf"(?<![\w.,$€£¥#])(?:(?P<symbol>{_SYMBOLS}) ?)?"
    rf"(?:(?P<digits>{DIGITS})(?:(?:[ -](?P<scale>{SCALE}))|(?P<letter>(?<=\d)(?:[kKmMbB](?:n|ln)?)\b))?"
    rf"|(?P<words>(?i:{WORDS})))"
    rf"(?:(?P<to> to | or |[-–—]| and )(?P<symbol_to>{_SYMBOLS})?"
    rf"(?:(?P<digits_to>{DIGITS})(?:[ -](?P<scale_to>{SCALE}))?|(?P<words_to>{WORDS})))?"
    rf"{_UNIT}",
)
_PREFIX = 6
"""How far before its first digit or word a number may begin: a symbol and a space, or "a hundred"."""
_PREFIXES = (
    *(form + space for form in _CURRENCIES if not form.islower() for space in ("", " ")),
    *("a ", "A ", "an ", "An ", "AN ", "aN "),
)
"""What stands before a number's first digit or word if the number begins earlier."""
_MAGNITUDE_BEFORE = ("agnitude ", "agnitude-", "agnitude of ")
_MAGNITUDE_AFTER = ("-magnitude", " magnitude", " on the Richter")
_MEASURED, _MARKS = (" at ", "measured ", "measuring ", "registered ", "registering "), ("", ",", ".", ";")
_SHOCK = re.compile(r"\b(?:earth)?quakes?\b|\btremors?\b|\b(?:after)?shocks?\b")
_MAGNITUDE = re.compile(r"\d(?:\.\d{1,2})?")
_HALF = " and a half"
_ALL_DIGITS = frozenset("0123456789")
Qualifier = Literal["about", "more than", "at least", "less than", "at most", "up to"]
_QUALIFIERS: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    ("at least", re.compile(r"\b(?:at least|no fewer than|no less than|a minimum of)(?: some)? ?$", re.I)),
    ("at most", re.compile(r"\b(?:at most|no more than|not more than|a maximum of) ?$", re.I)),
    ("up to", re.compile(r"\b(?:up to|as many as|as much as) ?$", re.I)),
    ("less than", re.compile(r"\b(?:fewer than|less than|just under|under|below) ?$", re.I)),
    ("more than", re.compile(r"\b(?:more than|over|above|in excess of|upwards of|exceeding|topping|beyond) ?$", re.I)),
    ("about", re.compile(
        r"(?:\b(?:some|around|about|approximately|roughly|nearly|almost|an? estimated|estimated|close to|circa|"
        r"approx\.|an average of)|~) ?$", re.I)),
)  # fmt: skip
_QUALIFIER_ENDS = (
    *("least", "some", "than", "minimum of", "maximum of", "up to", "many as", "much as", "under", "below", "over"),
    *("above", "excess of", "upwards of", "exceeding", "topping", "beyond", "around", "about", "approximately", "~"),
    *("roughly", "nearly", "almost", "estimated", "close to", "circa", "approx.", "average of", "at most"),
)
_SPATIAL = frozenset(("over", "above", "under", "below", "around", "about"))
_OVER_SPACE = re.compile(
    r" (?:\w+ )?(?:regions?|countries|cities|states|provinces|districts|villages|towns|days|nights|weeks|months|years|"
    r"areas|hours|decades|seasons|games|rounds|minutes|counties|continents)\b"
)
_OR_MORE = re.compile(r"(?:-plus\b|\+| or more\b)")
_OR_SO = re.compile(r"(?:-odd\b| or so\b)")
_OR_STARTS = ("-plus", "+", " or ", "-odd")
# What makes a number a name, a date, a time, an age, a score or a place in a row.
_NUMBERED = (
    *("No.", "No", "Nos", "Article", "Section", "Chapter", "Title", "Amendment", "Page", "page", "Room", "Route"),
    *("Highway", "Interstate", "Channel", "Flight", "Group of", "Proposition", "Prop.", "Apollo", "Boeing", "Airbus"),
    *("Type", "Phase", "Level", "Version", "Part", "Volume", "Rule", "Resolution", "Act", "World War", "Psalm"),
    *("Genesis", "age", "aged", "aged between", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Sept"),
    *("Oct", "Nov", "Dec", "Jan.", "Feb.", "Mar.", "Apr.", "Jun.", "Jul.", "Aug.", "Sep.", "Sept.", "Oct.", "Nov."),
    *("Dec.", "January", "February", "March", "April", "June", "July", "August", "September", "October", "November"),
    "December",
)
_NOT_BEFORE = re.compile(rf"(?:\b(?:{'|'.join(map(re.escape, _NUMBERED))}) |[A-Za-z]-|\d[-/:.]|[#'’])$")
_NUMBERED_LAST = frozenset(words.rpartition(" ")[2].rstrip(".") for words in _NUMBERED)
_NOT_AFTER = re.compile(
    r"(?:st|nd|rd|th)\b|[:/]\d|-\d|['’]?s\b|-?(?:years?|months?|weeks?|days?)-olds?\b| (?:years?|months?) old\b|"
    r" ?(?:a\.m|p\.m|am\b|pm\b|o['’]clock|GMT|EST|EDT|BST|CET)|(?:st|nd|rd|th)s?\b|"
    r" (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b|"
    r"-(?:thirds?|fourths?|fifths?|quarters?|half|halves)\b|"
    r" (?:thirds?|fifths?|quarters|halves)\b|[A-Za-z]"
)
_MOST_DIGITS, _MOST = 20, 10**18
"""Beyond these a number is a code or a joke, and JSON readers lose its digits."""
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")
_DIGITS_BEFORE = re.compile(r"(?<![\w.,/:-])\d{1,3} $")
_RATIO_BEFORE = re.compile(r"\b(?:one|two|three|four|\d{1,2}) (?:in|out of)(?: every)? $", re.I)
_RATIO_ENDS = tuple(f"{word} " for end in ("in", "of", "every") for word in (end, end.capitalize(), end.upper()))
_TIMES = re.compile(
    r" times (?:higher|more|less|lower|larger|bigger|greater|smaller|faster|slower|longer|stronger|as|the|its|their|"
    r"that|over|than)\b"
)
_HALF_BEFORE = re.compile(r"\b[Hh]alf (?:an? )?$")
_HALF_AFTER = re.compile(r" and a half(?: (hundred|thousand|million|billion|trillion))?\b")
_AGE = re.compile(r"(?:[A-Z][\w’'-]+, )$")
_DURATION = re.compile(
    r" (?:more |consecutive |straight |full |long |short )?"
    r"(?:seconds|minutes|hours|days|nights|weeks|months|years|decades|centuries)\b(?! old)"
    r"| (?:second|minute|hour|day|night|week|month|year|decade|century)\b"
)
_OTHER_DAY_NUMBER = re.compile(r"(?:19|20)\d\d")


class _Found(NamedTuple):
    """A number as it stands in the text, before its context is read."""

    match: re.Match[str]
    start: int
    value: int | float
    value_to: int | float | None
    unit: str | None
    end: int


def find_figures(text: str, sentences: Sequence[Span]) -> tuple[Figure, ...]:
    """The figures of the sentences, in order. Dates, times, ages, ordinals and numbers in names are none."""
    starts = NUMBER_HINTS.starts(text) if sentences else []
    found = [
        figure
        for sentence in sentences
        if (hints := within(starts, sentence.start, sentence.end))
        for figure in _in_sentence(text, sentence, hints)
    ]
    return _FIGURES.validate_python(found)


def _in_sentence(text: str, sentence: Span, hints: list[int]) -> Iterator[dict[str, object]]:
    words = text[sentence.start : sentence.end]
    after = 0
    for start in hints:
        at = start - sentence.start
        match = _number_at(words, max(after, at - _PREFIX), at) if at >= after else None
        if match is None:
            continue
        found = _read(words, match)
        after = max(found.end if found else match.end("digits"), match.end("words"), match.start() + 1)
        figure = _in_context(words, found, sentence.start) if found else None
        if figure is not None:
            yield figure


def _number_at(words: str, first: int, last: int) -> re.Match[str] | None:
    """The number that begins within the bounds: to look for it everywhere is far slower."""
    if words[last] not in _ALL_DIGITS and not NUMBER_HINT.match(words, last):
        return None
    for at in range(first, last + 1) if words.endswith(_PREFIXES, first, last) else (last,):
        within = at and words[at - 1].isalnum()
        if not within and (match := _NUMBER.match(words, at)):
            return match
    return None


def _read(words: str, match: re.Match[str]) -> _Found | None:
    if match.end() - match.start() > _MOST_DIGITS and _has_too_many_digits(match):
        return None
    if _HALF in words and (half := _HALF_AFTER.match(words, max(match.end("words"), match.end("digits")))):
        return _read_and_a_half(words, match, half)
    if _is_magnitude(words, match):
        return _Found(match, match.start(), digits_value(match["digits"], ""), None, "magnitude", match.end("digits"))
    if _is_name_or_date(words, match):
        return None
    unit = _unit(match, match["symbol"])
    value, value_to, ranged = _values(match)
    end = match.end() if ranged or match["to"] is None else match.start("to")
    if not ranged and match["to"] is not None:
        unit = _CURRENCIES.get(match["symbol"] or "")
    start, times = _before_number(words, match)
    return _Found(match, start, _whole(value * times), value_to, unit, end)


def _is_magnitude(words: str, match: re.Match[str]) -> bool:
    """Whether it is the strength of an earthquake: "a magnitude-6.2 quake", "6.2 on the Richter scale"."""
    if not match["digits"] or not _MAGNITUDE.fullmatch(match["digits"]):
        return False
    start, end = match.span("digits")
    if words.endswith(_MAGNITUDE_BEFORE, 0, start) or words.startswith(_MAGNITUDE_AFTER, end):
        return True
    bare = "." in match["digits"] and words.endswith(_MEASURED, 0, start) and words[end : end + 1] in _MARKS
    return bare and _SHOCK.search(words) is not None


def _has_too_many_digits(match: re.Match[str]) -> bool:
    return max(len(match["digits"] or ""), len(match["digits_to"] or "")) > _MOST_DIGITS


def _read_and_a_half(words: str, match: re.Match[str], half: re.Match[str]) -> _Found:
    """ "One and a half million crowns"."""
    tail = _UNIT_ALONE.match(words, half.end())
    assert tail is not None, "the pattern may match nothing"
    value = (_values(match)[0] + 0.5) * (scale_value(half[1]) if half[1] else 1)
    return _Found(match, match.start(), _whole(value), None, _unit(tail) or _unit(match, match["symbol"]), tail.end())


def _before_number(words: str, match: re.Match[str]) -> tuple[int, float]:
    """Where the number begins, and its factor: "half a million", "minus 12 degrees"."""
    start = match.start()
    half = _HALF_BEFORE.search(words, max(0, start - 8), start) if match["words"] else None
    if half:
        return half.start(), 0.5
    negative = words.endswith(("minus ", "Minus "), 0, start) and not words.endswith("or minus ", 0, start)
    return (start - 6, -1) if negative else (start, 1)


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _is_name_or_date(words: str, match: re.Match[str]) -> bool:
    start = match.start()
    before = words[start - 24 if start > 24 else 0 : start]
    if match["words"]:
        return _is_not_counting(words, match) or before.endswith(("Group of ", "World War "))
    if match["symbol"] or match["percent"] or match["money"]:
        return False
    core = match.end("letter") if match["letter"] else match.end("scale") if match["scale"] else match.end("digits")
    if (
        _bad_before(before)
        or _goes_on(before, match["digits"])
        or (match["to"] is None and _NOT_AFTER.match(words, core))
        or _is_age(before)
    ):
        return not _is_age(before) or not words[core : core + 1].isspace()
    return _is_year(match, before)


def _is_age(before: str) -> bool:
    return before.endswith(", ") and _AGE.search(before) is not None


def _bad_before(before: str) -> bool:
    if before.endswith(" "):  # a look at the last word spares most numbers the expression
        last = before[:-1].rpartition(" ")[2].rstrip(".")
        if not last[-1:].isalpha() or (last.isalpha() and last not in _NUMBERED_LAST):
            return False
    return _NOT_BEFORE.search(before) is not None


def _goes_on(before: str, digits: str) -> bool:
    """Whether it may be the end of a number whose thousands a space parts ("12 450"): then neither half is true."""
    return bool(_THREE_DIGITS.match(digits) and _DIGITS_BEFORE.search(before))


def _is_year(match: re.Match[str], before: str) -> bool:
    if not _OTHER_DAY_NUMBER.fullmatch(match["digits"]) or match["scale"] or match["unit"]:
        return False
    return not (_may_qualify(before) and any(pattern.search(before) for _, pattern in _QUALIFIERS))


def _may_qualify(before: str) -> bool:
    """Whether the words end as a qualifier does: to look that up first spares most numbers six searches."""
    return before.rstrip(" ").lower().endswith(_QUALIFIER_ENDS)


def _is_not_counting(words: str, match: re.Match[str]) -> bool:
    end = match.end("words")
    if re.match(
        r"-(?:year-old|month-old|week-old|day-old|thirds?|fourths?|fifths?|tenths?|quarters?|time|way|off|fold|piece|old)\b|"
        r" of (?:the|those|these|them|his|her|its|their|our|us)\b",
        words[end:],
    ):
        return True
    plain = match["words"].lower()
    return (plain == "one" and not _ONE_COUNTS.match(words, end)) or plain in ("second", "zero")


_ONE_COUNTS = re.compile(
    r" (?:other |more |young |old |elderly |pregnant |police |Russian |American )?"
    r"(?:person|man|woman|child|boy|girl|baby|soldier|officer|civilian|"
    r"policeman|worker|student|passenger|people|employee|victim|militant|suspect|firefighter|million|billion|hundred|thousand)\b"
)


def _unit(match: re.Match[str], symbol: str | None = None) -> str | None:
    if match["percent"]:
        return "%"
    if symbol:
        return _CURRENCIES[symbol]
    if match["money"]:
        return _CURRENCIES[match["money"]]
    return _UNITS[match["unit"]] if match["unit"] else None


def _values(match: re.Match[str]) -> tuple[int | float, int | float | None, bool]:
    letter = (match["letter"] or "")[:1]
    first = digits_value(match["digits"], match["scale"] or letter) if match["digits"] else words_value(match["words"])
    if match["to"] is None:
        return first, None, False
    scale_to = match["scale_to"]
    last = digits_value(match["digits_to"], scale_to) if match["digits_to"] else words_value(match["words_to"])
    shared = digits_value(match["digits"], scale_to) if match["digits"] and scale_to and not match["scale"] else first
    ranged = shared < last and match["to"] != " and "
    between = match["to"] == " and " and match.string[: match.start()].lower().endswith("between ") and shared < last
    return (shared, last, True) if ranged or between else (first, None, False)


def _in_context(words: str, found: _Found, base: int) -> dict[str, object] | None:
    match, end = found.match, found.end
    if max(abs(found.value), found.value_to or 0) > _MOST:
        return None
    before = words[max(0, found.start - 32) : found.start]
    qualifier = _qualifier(before, words, end, found)
    compound = match["join"] == "-" and match["unit"] is not None
    if not compound and found.unit in ("day", "hour", "minute", "second", "week", "month", "year"):
        return None
    if found.unit is None and words.startswith(" ", end) and (_DURATION.match(words, end) or _TIMES.match(words, end)):
        return None
    if before.endswith(_RATIO_ENDS) and _RATIO_BEFORE.search(before):
        return None
    tail = (_OR_MORE.match(words, end) or _OR_SO.match(words, end)) if words.startswith(_OR_STARTS, end) else None
    counted = read_counted(words, found.start, tail.end() if tail else end, found.unit, found.value, compound=compound)
    if counted is None and found.unit is None and not _is_telling(match, qualifier):
        return None
    return {
        "start": base + found.start, "end": base + end, "value": found.value, "value_to": found.value_to,
        "unit": found.unit, "counted": counted, "qualifier": qualifier,
    }  # fmt: skip


def _is_telling(match: re.Match[str], qualifier: Qualifier | None) -> bool:
    """Whether a bare number is clearly an amount."""
    return bool(qualifier or match["scale"] or (match["digits"] and "," in match["digits"]))


def _qualifier(before: str, words: str, end: int, found: _Found) -> Qualifier | None:
    if words.startswith(_OR_STARTS, end):
        if _OR_MORE.match(words, end):
            return "at least"
        if _OR_SO.match(words, end):
            return "about"
    for name, pattern in _QUALIFIERS if _may_qualify(before) else ():
        if match := pattern.search(before):
            return None if _is_spatial(match.group(), words, found) else name
    return None


def _is_spatial(qualifier: str, words: str, found: _Found) -> bool:
    """Whether something happened "over three regions"; "over a dozen regions" says how many."""
    if found.unit is not None or qualifier.strip().lower() not in _SPATIAL:
        return False
    return not (found.match["words"] or "").startswith(("a ", "an ")) and bool(_OVER_SPACE.match(words, found.end))
