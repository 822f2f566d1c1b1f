"""The figures of a claim: which of its supports count the same thing, and whether their values agree.

A figure is identified by its unit and the head noun of what is counted ("fellow leaders" and "leaders" are one).
A reading is superseded when a source that once gave it has clearly later given another: the same outlet, or any
outlet of one independent source. It then no longer counts for anybody who reported it before that moment. Tolls go
one way: whoever reports more dead later has no quarrel with whoever reported fewer before and has not said so since.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, product

from articles.text.stems import stems
from schemas.articles import Figure
from schemas.story import ClaimFigure, Reading, Support, made
from stories.fold.agreement import FROM_BELOW, agree
from stories.fold.fates import FALLING, RISING, TOTALS
from stories.fold.kinds import Key, may_be_one
from stories.fold.lexicon import canonical

CLEARLY_LATER = timedelta(minutes=30)
"""Between outlets of one independent source: slower copies of one wire text come within minutes."""
_NEAR = 1.5
"""How many times the lower of two values the higher one is at most, if one quantity has two names."""
_ALL_BUT_EQUAL = 0.1
"""Relative difference up to which the only figure of a sentence may be one of several of another."""
_NEXT_COUNT = timedelta(hours=12)
"""After which a running count that is higher has gone on; until then two are at odds."""
_ONE_TIME = timedelta(days=7)
"""Between the first reports of two values that are held against each other."""
_ONE_WAY = RISING | FALLING
_MILD = 0.1
"""Relative difference up to which an approximate value is only mildly at odds with another."""


@dataclass(frozen=True, slots=True)
class Report:
    """One figure in one support, by whom and when. `precise` tells that the time of day is known."""

    support: Support
    figure: Figure
    source: str
    group: str
    time: datetime | None
    precise: bool
    around: frozenset[str]
    alone: bool
    """It is the only figure of its kind in its sentence."""
    about: Callable[[], Set[str]]
    """Words that say what it is about; seldom asked for."""
    former: float | None = None
    """What it says the value was before."""
    running: bool = False
    """It is a count that goes on ("so far", "had been cancelled by Thursday")."""


_PLACE = "place"
_PLACES = frozenset(canonical(stem) for stem in stems(f"{_PLACE} station site centre center point post hall", "en"))


def key_of(figure: Figure, language: str) -> Key:
    """Unit and head noun of what is counted, as stems; polling places are polling stations."""
    heads = [canonical(stem) for stem in stems(figure.counted or "", language)]
    if len(heads) > 1 and heads[-1] in _PLACES:
        return figure.unit or "", f"{heads[-2]} {_PLACE}"
    return figure.unit or "", heads[-1] if heads else ""


_Value = tuple[float, float | None, str | None]
SeriesKey = tuple[str, str, str]
"""Unit, head noun, and what a rate is per ("day")."""


def align(reports: Sequence[tuple[SeriesKey, Report]]) -> list[tuple[SeriesKey, list[Report]]]:
    """Reports of one quantity together. Where a sentence has two figures of a kind, value and words nearby decide."""
    by_key: dict[SeriesKey, list[Report]] = {}
    for key, report in reports:
        by_key.setdefault(key, []).append(report)
    names = _one_names(by_key) if len(by_key) > 1 else {}
    if not names:
        return [(key, series) for key, found in by_key.items() for series in _series(found)]
    return align([(names.get(key, key), report) for key, report in reports])


def _one_names(by_key: Mapping[SeriesKey, Sequence[Report]]) -> dict[SeriesKey, SeriesKey]:
    """The keys of one quantity that outlets name differently, each with the first of its names."""
    names: dict[SeriesKey, SeriesKey] = {}
    for key, other in combinations(by_key, 2):
        if key not in names and other not in names and _of_two_names(key, by_key[key], other, by_key[other]):
            names[other] = key
    return names


def _of_two_names(key: SeriesKey, series: Sequence[Report], key_other: SeriesKey, other: Sequence[Report]) -> bool:
    """Whether no sentence gives both, each gives but one, and some two values are equal or near."""
    if key[2] != key_other[2] or not may_be_one(key[:2], key_other[:2]):
        return False
    if not all(report.alone for report in (*series, *other)):
        return False
    if not {report.support.article_id for report in series}.isdisjoint(r.support.article_id for r in other):
        return False
    return any(_is_near(a.figure, b.figure) for a, b in product(series, other))


def _is_near(one: Figure, other: Figure) -> bool:
    """Whether two values are near enough to be of one quantity that is named differently."""
    return min(one.value, other.value) > 0 and max(one.value, other.value) <= _NEAR * min(one.value, other.value)


def _series(reports: list[Report]) -> list[list[Report]]:
    if all(report.alone for report in reports):
        return [reports]
    series: list[list[Report]] = []
    for report in reports:
        home = next((s for s in series if any(agree(report.figure, r.figure) for r in s)), None)
        home = home or next((s for s in series if _same_surroundings(report, s, reports)), None)
        if home is None:
            series.append([report])
        else:
            home.append(report)
    return series


def _same_surroundings(report: Report, series: list[Report], reports: list[Report]) -> bool:
    """Whether words nearby are shared with this series and with no other figure of those sentences.

    The only figure of its sentence must be near it and nearest, too.
    """
    if any(r.support is report.support for r in series):
        return False
    alone = report.alone or all(r.alone for r in series)
    own = [_words_near(r, alone=alone) for r in series]
    rivals = [_words_near(r, alone=alone) for r in reports if r is not report and all(r is not s for s in series)]
    shared = _words_near(report, alone=alone) & frozenset().union(*own)
    return bool(shared - frozenset().union(*rivals)) and (not alone or _is_nearest(report, series, reports))


def _words_near(report: Report, *, alone: bool) -> Set[str]:
    return report.about() - TOTALS.keys() if alone else report.around


def _is_nearest(report: Report, series: list[Report], reports: list[Report]) -> bool:
    """Whether it is all but equal to a value of the series, and no other figure of these sentences is nearer."""
    own = min(_distance(report, r) for r in series)
    sentences = [report.support, *[r.support for r in series]]
    besides = [r for r in reports if r is not report and all(r is not s for s in series)]
    others = [r for r in besides if any(r.support is support for support in sentences)]
    rivals = [_distance(r, s) for r in others for s in (report, *series) if r.support is not s.support]
    return own <= _ALL_BUT_EQUAL * abs(report.figure.value) and own < min(rivals, default=math.inf)


def _distance(one: Report, other: Report) -> float:
    return abs(one.figure.value - other.figure.value)


def readings(series: Sequence[Report], head: str = "") -> tuple[Reading, ...]:
    """The values reported for one quantity, each with its supports, in order of their first report."""
    stale = _stale(series, head)
    by_value: dict[_Value, list[Report]] = {}
    for report in series:
        by_value.setdefault(_value(report), []).append(report)
    return tuple(_reading(found, stale) for found in by_value.values())


def _reading(reports: list[Report], stale: frozenset[int]) -> Reading:
    figure = reports[0].figure
    times = [report.time for report in reports if report.time is not None]
    superseded = all(id(report) in stale for report in reports)
    fields = {
        "value": figure.value,
        "value_to": figure.value_to,
        "qualifier": figure.qualifier,
        "supports": tuple({id(report.support): report.support for report in reports}.values()),
        "since": min(times, default=None),
        "superseded": superseded,
        "status": "superseded" if superseded else "agree",
    }
    return made(Reading, fields)


def said_once(key: SeriesKey, figure: Figure, support: Support, time: datetime | None) -> ClaimFigure:
    """The quantity as consumers see it, where there is but one report of it."""
    value = {
        "value": figure.value,
        "value_to": figure.value_to,
        "qualifier": figure.qualifier,
        "supports": (support,),
        "since": time,
        "superseded": False,
        "status": "agree",
    }
    name = TOTALS.get(key[1]) or figure.counted or None
    return made(ClaimFigure, {"counted": name, "unit": key[0] or None, "values": (made(Reading, value),)})


def _stale(series: Sequence[Report], head: str) -> frozenset[int]:
    """Ids of the reports whose value some source that gave it has since replaced, or whose toll has gone on.

    Looks only at the last report of each value by each source, so that it costs no more than the series is long.
    """
    figures = {_value(report): report.figure for report in series}
    if len(figures) == 1:
        return frozenset()
    last = _last_reports(series)
    moves: dict[_Value, dict[_Value, Report]] = {}
    for old in series:
        for new in _successors(old, last, head):
            known = moves.setdefault(_value(old), {})
            if _value(new) not in known or _before(known[_value(new)], new):
                known[_value(new)] = new
    if not moves:
        return frozenset()
    until = {value: _until(figure, moves, figures) for value, figure in figures.items()}
    return frozenset(
        id(report)
        for report in series
        if _is_left(report, until.get(_value(report))) or _is_passed(report, moves, figures)
    )


def _is_left(report: Report, until: datetime | None) -> bool:
    return report.time is not None and until is not None and report.time < until


def _is_passed(
    report: Report, moves: Mapping[_Value, Mapping[_Value, Report]], figures: Mapping[_Value, Figure]
) -> bool:
    """Whether a count that was no higher has since gone on to a higher one: whoever said 9,500 said so on the way."""
    return any(
        figures[old].value <= report.figure.value < new.figure.value
        and moved(report.figure, new.figure)
        and _clearly_later(new, report)
        for old, news in moves.items()
        for new in news.values()
    )


def _until(
    figure: Figure, moves: Mapping[_Value, Mapping[_Value, Report]], figures: Mapping[_Value, Figure]
) -> datetime | None:
    """The last time that anybody went on from what the figure says to what it does not say."""
    left = [news for old, news in moves.items() if agree(figure, figures[old])]
    times = [new.time for news in left for new in news.values() if new.time and moved(figure, new.figure)]
    return max(times, default=None)


_ANYBODY = ""


def _value(report: Report) -> _Value:
    return report.figure.value, report.figure.value_to, report.figure.qualifier


def _last_reports(series: Sequence[Report]) -> dict[str, dict[_Value, Report]]:
    """By outlet, by independent source and by anybody."""
    last: dict[str, dict[_Value, Report]] = {}
    for report in series:
        value = _value(report)
        for who in {report.source, report.group, _ANYBODY}:
            own = last.setdefault(who, {})
            if value not in own or _before(own[value], report):
                own[value] = report
    return last


def _successors(old: Report, last: Mapping[str, Mapping[_Value, Report]], head: str) -> Iterator[Report]:
    for who in dict.fromkeys((old.source, old.group)):
        yield from (new for new in last[who].values() if _replaces(new, old))
    for new in last[_ANYBODY].values():
        if (head in _ONE_WAY and _overtakes(new, old, head)) or _goes_on(new, old) or _revises(new, old):
            yield new


def moved(old: Figure, new: Figure) -> bool:
    """Whether the new value is another: "at least four" allows for nine, but whoever counts nine has moved on."""
    if (old.value, old.value_to, old.qualifier) == (new.value, None, new.qualifier):
        return False
    if not agree(old, new):
        return True
    return old.qualifier in FROM_BELOW and new.qualifier not in FROM_BELOW and new.value > old.value


def _replaces(new: Report, old: Report) -> bool:
    """Whether one and the same source, having given the one value, clearly later gave the other of the same thing."""
    return moved(old.figure, new.figure) and _clearly_later(new, old) and bool(new.about() & old.about())


def _revises(new: Report, old: Report) -> bool:
    """Whether anybody reports what the value is now and that it was the old one before."""
    if new.former is None or new.time is None or old.time is None:
        return False
    return new.former == float(old.figure.value) and new.time > old.time


def _overtakes(new: Report, old: Report, head: str) -> bool:
    """Whether anybody clearly later reports a toll that has gone on in the only direction in which it can."""
    if not moved(old.figure, new.figure) or not _clearly_later(new, old):
        return False
    return new.figure.value < old.figure.value if head in FALLING else new.figure.value > old.figure.value


def _goes_on(new: Report, old: Report) -> bool:
    """Whether a count has run on to a higher value, as the same source reports, or anybody half a day later."""
    if new.time is None or old.time is None or new.figure.value <= old.figure.value:
        return False
    if new.group == old.group:
        return (new.running or old.running) and _clearly_later(new, old) and moved(old.figure, new.figure)
    return new.running and new.time - old.time >= _NEXT_COUNT and moved(old.figure, new.figure)


def _clearly_later(new: Report, old: Report) -> bool:
    if new.time is None or old.time is None:
        return False
    if new.precise and old.precise:
        return new.time - old.time >= (timedelta(seconds=1) if new.source == old.source else CLEARLY_LATER)
    return new.time.date() > old.time.date()


def _before(report: Report, new: Report) -> bool:
    return report.time is not None and new.time is not None and report.time < new.time


def at_odds(values: Iterable[Reading]) -> tuple[tuple[Reading, ...], bool] | None:
    """The current values if they disagree, and whether only mildly; else `None`."""
    current = [reading for reading in values if not reading.superseded]
    pairs = [(a, b) for n, a in enumerate(current) for b in current[n + 1 :] if disagree(a, b)]
    if not pairs:
        return None
    return tuple(current), all(_mild(a, b) for a, b in pairs)


def disagree(one: Reading, other: Reading) -> bool:
    """Whether not both values can be true of one time; weeks apart, prices and polls are other ones."""
    if one.since is not None and other.since is not None and abs(one.since - other.since) > _ONE_TIME:
        return False
    return not agree(one, other)


def _mild(one: Reading, other: Reading) -> bool:
    rough = "about" in (one.qualifier, other.qualifier)
    return rough and abs(one.value - other.value) <= _MILD * max(abs(one.value), abs(other.value))


def shown(key: SeriesKey, series: Sequence[Report]) -> ClaimFigure:
    """The quantity as consumers see it, under its shortest name; a toll has one of its own."""
    names = (
        [TOTALS[key[1]]]
        if key[1] in TOTALS
        else sorted({report.figure.counted for report in series if report.figure.counted}, key=lambda n: (len(n), n))
    )
    fields = {"counted": names[0] if names else None, "unit": key[0] or None, "values": readings(series, key[1])}
    return made(ClaimFigure, fields)
