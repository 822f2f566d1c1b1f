"""What follows from the supports of a claim: its text, its independent sources, its figures and its dates.

A pure function of the supports and their articles, so that a claim is the same whichever way its supports came.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import NamedTuple

from articles.text.stems import stems
from schemas.articles import Date, Figure
from schemas.story import Claim, ClaimFigure, Support, TimelineEntry, made
from stories.fold import figures
from stories.fold.agreement import agree
from stories.fold.disputes import discrepancies, judged
from stories.fold.fates import TOTALS
from stories.fold.kinds import Key
from stories.fold.lines import Line
from stories.fold.rank import merit
from stories.fold.state import ClaimState, Kept, Member, Ref
from stories.fold.successors import former_values, is_former, is_running
from stories.fold.tallies import nearby
from stories.fold.witnesses import witnesses
from stories.fold.wording import clearest

_NEARBY = 32
"""Characters on each side of a figure that say what it is about."""
_RATE = re.compile(
    r"(?:\s+(?!(?:in|within|for|over|after|during)\b)[^\W\d]+)?\s+(?:an?|per|each|every)\s+(hour|day|night|week|month|quarter|year|person|head)\b"
)
_ASIDE = re.compile(r"\b(?:who|whose|which|where)\b[^,.;()—–]*$")
"""What stands between a clause that tells of something else and a date in it."""
Members = Mapping[str, Member]


def describe(
    claim_id: str, refs: tuple[Ref, ...], since: int, members: Members, before: ClaimState | None = None
) -> ClaimState:
    """The claim that the sentences support, ready to be shown.

    `before` is the claim with the first of these supports, where nothing is told of their articles but what was then:
    it only saves work.
    """
    if len(refs) == 1:
        return _of_one(claim_id, refs, since, members[refs[0].article_id])
    known = _known(before)
    new = [(ref, members[ref.article_id]) for ref in refs[known.seen :]]
    groups = tuple(sorted({*known.groups, *(member.group for _, member in new)}))
    places = known.places
    for ref, member in new:
        places += _place(ref, member)
    kept, heard = witnesses(refs, known.kept, lambda some: _quantities(some, _lines(some, members), members))
    lines = [member.lines[ref.sentence] for ref, member in new]
    told = _told(claim_id, heard, members, before if before is not None and kept is before.kept else None, len(new))
    supports = (*known.supports, *[line.support for line in lines])
    shown = _claim(claim_id, told.lead.text, supports, len(groups), told.quantities, since)
    place = places / len(refs)
    times = (known.reported, *(member.reported for _, member in new))
    return ClaimState(
        refs=refs,
        shown=shown,
        wordings=told.wordings,
        tallied=told.tallied,
        groups=groups,
        lead=told.lead,
        places=places,
        place=place,
        merit=merit(len(groups), len(refs), place, told.lead.text),
        order=(-len(groups), -len(refs), place, claim_id),
        reported=min([time for time in times if time is not None], default=None),
        discrepancies=discrepancies(shown),
        timeline=told.timeline,
        kept=kept,
    )


class _Told(NamedTuple):
    """What the witnesses of a claim say."""

    wordings: tuple[Line, ...]
    tallied: tuple[Line, ...]
    quantities: tuple[ClaimFigure, ...]
    lead: Line
    timeline: tuple[TimelineEntry, ...]


def _told(claim_id: str, refs: Sequence[Ref], members: Members, before: ClaimState | None, more: int) -> _Told:
    """`before` is the claim without the last `more` of these supports, if it was described by all the others."""
    lines = _lines(refs, members)
    if before is None:
        quantities = _quantities(refs, lines, members)
        lead = _lead(refs, lines, quantities)
        return _Told(*_worded(refs, lines), quantities, lead, _timeline(claim_id, lead, lines))
    come = lines[-more:]
    quantities = before.shown.figures
    if any(line.figures for line in come):
        quantities = _quantities(refs, lines, members)
    wordings, tallied = _worded(refs[-more:], come)
    lead = _lead_on(before, refs, lines, quantities, more)
    return _Told(
        wordings=_distinct([*before.wordings, *wordings]),
        tallied=(*before.tallied, *tallied),
        quantities=quantities,
        lead=lead,
        timeline=before.timeline if lead is before.lead and before.timeline else _timeline(claim_id, lead, lines),
    )


def _worded(refs: Sequence[Ref], lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The distinct texts, and the lines that give no more than the figure."""
    wordings = [line for ref, line in zip(refs, lines, strict=True) if not ref.figure]
    return _distinct(wordings), tuple([line for ref, line in zip(refs, lines, strict=True) if ref.figure])


class _Known(NamedTuple):
    """What a claim's first supports come to."""

    seen: int
    groups: tuple[str, ...]
    places: float
    supports: tuple[Support, ...]
    reported: datetime | None
    kept: Kept


def _known(claim: ClaimState | None) -> _Known:
    if claim is None:
        return _Known(0, (), 0.0, (), None, Kept())
    return _Known(len(claim.refs), claim.groups, claim.places, claim.shown.supports, claim.reported, claim.kept)


def _lines(refs: Iterable[Ref], members: Members) -> list[Line]:
    return [members[ref.article_id].lines[ref.sentence] for ref in refs]


def _quantities(refs: Sequence[Ref], lines: Sequence[Line], members: Members) -> tuple[ClaimFigure, ...]:
    series = [figures.shown(key, reports) for key, reports in _series(refs, lines, members)]
    if all(len(figure.values) == 1 for figure in series):
        return tuple(series)
    whole = {line.support for ref, line in zip(refs, lines, strict=True) if not ref.figure}
    return tuple([judged(figure, members, whole) for figure in series])


def _of_one(claim_id: str, refs: tuple[Ref, ...], since: int, member: Member) -> ClaimState:
    """The same for a claim of a single sentence, which most are: nothing is to be chosen, and nothing is at odds."""
    line = member.lines[refs[0].sentence]
    place = _place(refs[0], member)
    quantities = _said_once(line, member) if line.figures and not refs[0].figure else ()
    shown = _claim(claim_id, line.text, (line.support,), 1, quantities, since)
    return ClaimState(
        refs=refs,
        shown=shown,
        wordings=() if refs[0].figure else (line,),
        tallied=(line,) if refs[0].figure else (),
        groups=(member.group,),
        lead=line,
        places=place,
        place=place,
        reported=member.reported,
        merit=merit(1, 1, place, line.text),
        order=(-1, -1, place, claim_id),
        discrepancies=discrepancies(shown),
        timeline=_timeline(claim_id, line, (line,)) if line.dates else (),
    )


def _said_once(line: Line, member: Member) -> tuple[ClaimFigure, ...]:
    """The figures of a single sentence: nothing but their values tells whether two of a kind are of one quantity."""
    given = _keyed(line, member.facts.text)
    if len(given) == 1:
        return (figures.said_once(*given[0], line.support, member.reported),)
    keys = [key for key, _ in given]
    about = (member.facts.source, member.group, member.reported, member.facts.published_precision != "day")
    reports = [
        (key, figures.Report(line.support, figure, *about, frozenset(), keys.count(key) == 1, frozenset))
        for key, figure in given
    ]
    members = {line.article_id: member}
    return tuple([judged(figures.shown(key, series), members, ()) for key, series in figures.align(reports)])


def _claim(
    claim_id: str,
    text: str,
    supports: tuple[Support, ...],
    sources: int,
    quantities: tuple[ClaimFigure, ...],
    since: int,
) -> Claim:
    fields = {
        "claim_id": claim_id,
        "text": text,
        "supports": supports,
        "independent_sources": sources,
        "figures": quantities,
        "since_version": since,
    }
    return made(Claim, fields)


def _lead(refs: Sequence[Ref], lines: Sequence[Line], quantities: Sequence[ClaimFigure]) -> Line:
    """The clearest primary support whose figures still stand, else any such support, else any primary one."""
    stale = {(s.article_id, s.sentence) for q in quantities for v in q.values if v.superseded for s in v.supports}
    primary = [line for ref, line in zip(refs, lines, strict=True) if ref.primary]
    if primary and not stale:
        return clearest(primary)
    fresh = [line for line in lines if (line.article_id, line.sentence) not in stale]
    return clearest([line for line in primary if line in fresh] or fresh or primary)


def _lead_on(
    before: ClaimState, refs: Sequence[Ref], lines: Sequence[Line], quantities: Sequence[ClaimFigure], more: int
) -> Line:
    """The same when only the last lines are new: where no figure was given up, the old lead stands for the others."""
    if _given_up(before.shown.figures) or (quantities is not before.shown.figures and _given_up(quantities)):
        return _lead(refs, lines, quantities)
    return clearest(
        [before.lead, *[line for ref, line in zip(refs[-more:], lines[-more:], strict=True) if ref.primary]]
    )


def _given_up(quantities: Iterable[ClaimFigure]) -> bool:
    return any(value.superseded for figure in quantities for value in figure.values)


def _distinct(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The first line of each text, the texts in order of their last line."""
    return tuple({line.norm: line for line in reversed(lines)}.values())[::-1]


def _place(ref: Ref, member: Member) -> float:
    return ref.sentence / max(1, len(member.facts.sentences))


def _series(
    refs: Sequence[Ref], lines: Sequence[Line], members: Members
) -> list[tuple[figures.SeriesKey, list[figures.Report]]]:
    if not any(line.figures for line in lines):
        return []
    whole: list[tuple[Key, Figure]] = []
    if any(ref.figure for ref in refs):
        whole = [own for ref, line in zip(refs, lines, strict=True) if not ref.figure for own in _amounts(line)]
    originals = {members[ref.article_id].copied for ref in refs}
    reports: list[tuple[figures.SeriesKey, figures.Report]] = []
    said: dict[tuple[str, figures.SeriesKey], list[figures.Report]] = {}
    begun = False
    for ref, line in zip(refs, lines, strict=True):
        member, begun = members[ref.article_id], begun or not ref.figure
        if not line.figures:
            continue
        for key, report in _of_figure(line, member, whole, begun=begun) if ref.figure else _reports(line, member):
            original = said.get((member.copied, key), ()) if member.copied else ()
            report = _as_of(original, report) if original else report
            if ref.article_id in originals:
                said.setdefault((ref.article_id, key), []).append(report)
            reports.append((key, report))
    return figures.align(reports)


@lru_cache(maxsize=1 << 12)
def _reports(line: Line, member: Member) -> Sequence[tuple[figures.SeriesKey, figures.Report]]:
    """All figures of the line as reports."""
    return _reported(line, member, _keyed(line, member.facts.text))


def _of_figure(
    line: Line, member: Member, whole: Sequence[tuple[Key, Figure]], *, begun: bool
) -> Sequence[tuple[figures.SeriesKey, figures.Report]]:
    """Those of its figures that the sentences give that support the claim by all they say.

    What came before the claim had `begun` is what it has gone on from, and may give other values.
    """
    given = [own for own in _keyed(line, member.facts.text) if _given(own, whole, begun=begun)]
    return _reported(line, member, given)


def _reported(
    line: Line, member: Member, given: Sequence[tuple[figures.SeriesKey, Figure]]
) -> Sequence[tuple[figures.SeriesKey, figures.Report]]:
    keys = [key for key, _ in given]
    return [(key, _report(line, figure.start, key, member, alone=keys.count(key) == 1)) for key, figure in given]


def _amounts(line: Line) -> Iterator[tuple[Key, Figure]]:
    return ((key, figure) for (key, _), figure in zip(line.amounts, line.figures, strict=True))


@lru_cache(maxsize=1 << 12)
def _keyed(line: Line, text: str) -> tuple[tuple[figures.SeriesKey, Figure], ...]:
    """9 million euros a day and 17 million euros are no two values for one thing."""
    rates = (_RATE.match(text, figure.end) for figure in line.figures)
    read = zip(_amounts(line), rates, strict=True)
    return tuple([((*key, rate[1] if rate else ""), own) for (key, own), rate in read if not is_former(line, own)])


def _given(own: tuple[figures.SeriesKey, Figure], whole: Iterable[tuple[Key, Figure]], *, begun: bool) -> bool:
    """A sentence that supports a claim by its figure alone says nothing of the claim's other figures."""
    (unit, head, _), figure = own
    moves = head in TOTALS or not begun
    return any(
        unit == other_unit and (agree(figure, other) or (moves and head == other_head))
        for (other_unit, other_head), other in whole
    )


@lru_cache(maxsize=1 << 12)
def _report(line: Line, start: int, key: figures.SeriesKey, member: Member, *, alone: bool) -> figures.Report:
    """The figure of the line that begins there."""
    figure = next(own for own in line.figures if own.start == start)
    return figures.Report(
        support=line.support,
        figure=figure,
        source=member.facts.source,
        group=member.group,
        time=member.reported,
        precise=member.facts.published_precision != "day",
        around=frozenset() if alone else _around(figure, member),
        alone=alone,
        about=cache(partial(_words_about, line, figure, key[1])),
        running=is_running(line, figure),
        former=next((value for _, own, value in former_values(line) if own is figure), None),
    )


def _as_of(original: Sequence[figures.Report], report: figures.Report) -> figures.Report:
    """A copy that gives its original's value reports it as of then, however late it came."""
    if report.time is None:
        return report
    same = [o.time for o in original if o.time is not None and agree(o.figure, report.figure)]
    return replace(report, time=min([report.time, *same]))


def _words_about(line: Line, figure: Figure, head: str) -> Set[str]:
    """Votes, bodies or people may be any; a toll says by itself what it is about."""
    return nearby(line, figure) - {head} | ({head} & TOTALS.keys())


def _around(figure: Figure, member: Member) -> frozenset[str]:
    text = member.facts.text
    near = text[max(0, figure.start - _NEARBY) : figure.start] + " " + text[figure.end : figure.end + _NEARBY]
    return frozenset(stems(near, member.facts.language)) - frozenset(stems(figure.counted or "", member.facts.language))


def _timeline(claim_id: str, lead: Line, lines: Sequence[Line]) -> tuple[TimelineEntry, ...]:
    """The date that the claim's text tells, or else the first of its supports that has one, and the words of that."""
    line, date = next(
        ((line, date) for line in (lead, *lines) for date in line.dates if _tells(line, date)), (lead, None)
    )
    if date is None:
        return ()
    entry = TimelineEntry(
        date=date.value,
        granularity=date.granularity,
        inferred=date.relative,
        claim_id=claim_id,
        text=line.text,
    )
    return (entry,)


def _tells(line: Line, date: Date) -> bool:
    """Whether it is when something happened: a year says little, and "who had met in July" is of something else."""
    return date.granularity != "year" and not _ASIDE.search(line.text, 0, date.start - line.start)
