"""What follows from the supports of a claim: its text, its independent sources, its figures and its dates.

A pure function of the supports and their articles, so that a claim is the same whichever way its supports came.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from articles.text.stems import stems
from schemas.articles import Figure
from schemas.story import Claim, ClaimFigure, Support, TimelineEntry, made
from stories.fold import figures
from stories.fold.disputes import discrepancies, judged
from stories.fold.encode import encode
from stories.fold.fates import TOTALS
from stories.fold.lines import Line
from stories.fold.rank import merit
from stories.fold.state import ClaimState, Member, Ref
from stories.fold.tallies import nearby
from stories.fold.wording import clearest

_NEARBY = 32
"""Characters on each side of a figure that say what it is about."""
_RATE = re.compile(
    r"(?:\s+[^\W\d]+)?\s+(?:an?|per|each|every)\s+(hour|day|night|week|month|quarter|year|person|head)\b"
)
Members = Mapping[str, Member]


def describe(claim_id: str, refs: tuple[Ref, ...], since: int, members: Members) -> ClaimState:
    """The claim that the sentences support, ready to be shown."""
    if len(refs) == 1:
        return _of_one(claim_id, refs, since, members[refs[0].article_id])
    lines = [members[ref.article_id].lines[ref.sentence] for ref in refs]
    groups = tuple(sorted({members[ref.article_id].group for ref in refs}))
    place = sum([_place(line, members) for line in lines]) / len(lines)
    quantities = tuple(judged(figures.shown(key, reports), members) for key, reports in _series(refs, lines, members))
    lead = _lead(refs, lines, quantities)
    supports = tuple([line.support for line in lines])
    shown = _claim(claim_id, lead.text, supports, len(groups), quantities, since)
    return ClaimState(
        refs=refs,
        shown=shown,
        wordings=_distinct([line for ref, line in zip(refs, lines, strict=True) if not ref.figure]),
        tallied=tuple([line for ref, line in zip(refs, lines, strict=True) if ref.figure]),
        groups=groups,
        lead=lead,
        place=place,
        merit=merit(len(groups), len(refs), place, lead.text),
        order=(-len(groups), -len(refs), place, claim_id),
        reported=min([t for ref in refs if (t := members[ref.article_id].reported)], default=None),
        encoded=encode(shown),
        discrepancies=discrepancies(shown),
        timeline=_timeline(shown, lead, lines),
    )


def _of_one(claim_id: str, refs: tuple[Ref, ...], since: int, member: Member) -> ClaimState:
    """The same for a claim of a single sentence, which most are: nothing is to be chosen, and nothing is at odds."""
    line = member.lines[refs[0].sentence]
    members = {line.article_id: member}
    place = line.sentence / max(1, len(member.facts.sentences))
    series = _series(refs, (line,), members) if line.figures else ()
    quantities = tuple([judged(figures.shown(key, reports), members) for key, reports in series])
    shown = _claim(claim_id, line.text, (line.support,), 1, quantities, since)
    return ClaimState(
        refs=refs,
        shown=shown,
        wordings=() if refs[0].figure else (line,),
        tallied=(line,) if refs[0].figure else (),
        groups=(member.group,),
        lead=line,
        place=place,
        reported=member.reported,
        merit=merit(1, 1, place, line.text),
        order=(-1, -1, place, claim_id),
        encoded=encode(shown),
        discrepancies=discrepancies(shown),
        timeline=_timeline(shown, line, (line,)) if line.dates else (),
    )


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
    fresh = [line for line in lines if (line.article_id, line.sentence) not in stale]
    return clearest([line for line in primary if line in fresh] or fresh or primary)


def _distinct(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The first line of each text, the texts in order of their last line."""
    return tuple({line.norm: line for line in reversed(lines)}.values())[::-1]


def _place(line: Line, members: Members) -> float:
    return line.sentence / max(1, len(members[line.article_id].facts.sentences))


def _series(
    refs: Sequence[Ref], lines: Sequence[Line], members: Members
) -> list[tuple[figures.SeriesKey, list[figures.Report]]]:
    if not any(line.figures for line in lines):
        return []
    whole = [own for ref, line in zip(refs, lines, strict=True) if not ref.figure for own in _amounts(line)]
    reports: list[tuple[figures.SeriesKey, figures.Report]] = []
    said: dict[tuple[str, figures.SeriesKey], list[figures.Report]] = {}
    for ref, line in zip(refs, lines, strict=True):
        member = members[ref.article_id]
        given = [own for own in _keyed(line, member) if not ref.figure or _given(own, whole)]
        keys = [key for key, _ in given]
        for key, figure in given:
            original = said.get((member.copied, key), ()) if member.copied else ()
            report = _report(line, figure, member, original, key, alone=keys.count(key) == 1)
            said.setdefault((ref.article_id, key), []).append(report)
            reports.append((key, report))
    return figures.align(reports)


def _amounts(line: Line) -> Iterator[tuple[figures.Key, Figure]]:
    return ((key, figure) for (key, _), figure in zip(line.amounts, line.figures, strict=True))


def _keyed(line: Line, member: Member) -> Iterator[tuple[figures.SeriesKey, Figure]]:
    """9 million euros a day and 17 million euros are no two values for one thing."""
    for key, figure in _amounts(line):
        rate = _RATE.match(member.facts.text, figure.end)
        yield (*key, rate[1] if rate else ""), figure


def _given(own: tuple[figures.SeriesKey, Figure], whole: Iterable[tuple[figures.Key, Figure]]) -> bool:
    """A sentence that supports a claim by its figure alone says nothing of the claim's other figures."""
    (unit, head, _), figure = own
    return any(
        unit == other_unit and (figures.agree(figure, other) or (head in TOTALS and head == other_head))
        for (other_unit, other_head), other in whole
    )


def _report(
    line: Line,
    figure: Figure,
    member: Member,
    original: Sequence[figures.Report],
    key: figures.SeriesKey,
    *,
    alone: bool,
) -> figures.Report:
    """A copy that gives its original's value reports it as of then, however late it came."""
    same = [o.time for o in original if o.time is not None and figures.agree(o.figure, figure)]
    time = member.reported
    return figures.Report(
        support=line.support,
        figure=figure,
        source=member.facts.source,
        group=member.group,
        time=min([time, *same]) if time is not None else None,
        precise=member.facts.published_precision != "day",
        around=frozenset() if alone else _around(figure, member),
        alone=alone,
        about=partial(_words_about, line, figure, key[1]),
    )


def _words_about(line: Line, figure: Figure, head: str) -> set[str]:
    """Votes, bodies or people may be any; a toll says by itself what it is about."""
    return nearby(line, figure) - {head} | ({head} & TOTALS.keys())


def _around(figure: Figure, member: Member) -> frozenset[str]:
    text = member.facts.text
    near = text[max(0, figure.start - _NEARBY) : figure.start] + " " + text[figure.end : figure.end + _NEARBY]
    return frozenset(stems(near, member.facts.language)) - frozenset(stems(figure.counted or "", member.facts.language))


def _timeline(claim: Claim, lead: Line, lines: Sequence[Line]) -> tuple[TimelineEntry, ...]:
    """The first date of the claim's text, or of the first support that has one."""
    date = next((date for line in (lead, *lines) for date in line.dates if date.granularity != "year"), None)
    if date is None:
        return ()
    return (TimelineEntry(date=date.value, granularity=date.granularity, claim_id=claim.claim_id, text=claim.text),)
