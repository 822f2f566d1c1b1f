"""What follows from the supports of a claim: its text, its independent sources, its figures and its dates.

A pure function of the supports and their articles, so that a claim is the same whichever way its supports came.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product

from articles.text.stems import stems
from schemas.articles import Figure
from schemas.story import Claim, ClaimFigure, Discrepancy, Reading, Support, TimelineEntry, made
from stories.fold import figures
from stories.fold.encode import encode
from stories.fold.fates import TOTALS
from stories.fold.likeness import likeness
from stories.fold.lines import DISTINCTIVE, Line
from stories.fold.rank import merit
from stories.fold.state import ClaimState, Member, Ref
from stories.fold.tallies import nearby
from stories.fold.wording import clearest

_NEARBY = 32
"""Characters on each side of a figure that say what it is about."""
_SAME_STATEMENT, _SAME_STATEMENT_ON_FEW = 0.38, 0.55
"""Likeness that two sentences must have before their figures are held against each other; small numbers stand in
so many sentences that they need more."""
_ALL_BUT_EQUAL = 0.6
"""Likeness from which nothing more is asked: the sentences differ in little but the figure."""
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
    quantities = tuple(figures.shown(key, reports) for key, reports in _series(refs, lines, members))
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
        discrepancies=_discrepancies(shown, members) if quantities else (),
        timeline=_timeline(shown, lead, lines),
    )


def _of_one(claim_id: str, refs: tuple[Ref, ...], since: int, member: Member) -> ClaimState:
    """The same for a claim of a single sentence, which most are: nothing is to be chosen, and nothing is at odds."""
    line = member.lines[refs[0].sentence]
    members = {line.article_id: member}
    place = line.sentence / max(1, len(member.facts.sentences))
    series = _series(refs, (line,), members) if line.figures else ()
    quantities = tuple([figures.shown(key, reports) for key, reports in series])
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
        discrepancies=_discrepancies(shown, members) if line.figures else (),
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
    """The clearest primary support whose figures still stand, if there is one."""
    stale = {(s.article_id, s.sentence) for q in quantities for v in q.values if v.superseded for s in v.supports}
    primary = [line for ref, line in zip(refs, lines, strict=True) if ref.primary]
    return clearest([line for line in primary if (line.article_id, line.sentence) not in stale] or primary)


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


def _discrepancies(claim: Claim, members: Members) -> tuple[Discrepancy, ...]:
    found = []
    for figure in claim.figures:
        odds = figures.at_odds(figure.values) if figure.counted or figure.unit else None
        if odds is not None and _same_statement(odds[0], members):
            found.append(_discrepancy(claim, figure, *odds))
    return tuple(found)


def _discrepancy(claim: Claim, figure: ClaimFigure, values: tuple[Reading, ...], mild: bool) -> Discrepancy:
    return Discrepancy(claim_id=claim.claim_id, counted=figure.counted, unit=figure.unit, values=values, mild=mild)


def _same_statement(values: Sequence[Reading], members: Members) -> bool:
    """Whether some two sentences at odds are alike enough for the difference to mean something."""
    pairs = ((a, b) for n, a in enumerate(values[:4]) for b in values[n + 1 : 4] if not figures.readings_agree(a, b))
    return any(_most_alike(a, b, members) >= _needed(a, b) for a, b in pairs)


def _needed(one: Reading, other: Reading) -> float:
    return _SAME_STATEMENT if max(one.value, other.value) >= DISTINCTIVE else _SAME_STATEMENT_ON_FEW


def _most_alike(one: Reading, other: Reading, members: Members) -> float:
    mine, theirs = ([members[s.article_id].lines[s.sentence] for s in r.supports[:3]] for r in (one, other))
    pairs = ((a, b) for a, b in product(mine, theirs) if not (_gives(a, other) or _gives(b, one)))
    scores = ((likeness(a, b).score, a, b) for a, b in pairs)
    return max((s for s, a, b in scores if s >= _ALL_BUT_EQUAL or _of_one_thing(a, one, b, other)), default=0.0)


def _of_one_thing(line: Line, reading: Reading, line_other: Line, other: Reading) -> bool:
    """Whether the two values have a telling word nearby in common: an added 9,700 votes are no lead of 11,200 votes."""
    return bool(_about(line, reading) & _about(line_other, other))


def _about(line: Line, reading: Reading) -> set[str]:
    found = [(amount, figure) for amount, figure in zip(line.amounts, line.figures, strict=True)]
    return {w for (key, _), f in found if f.value == reading.value for w in nearby(line, f) if w != key[1]}


def _gives(line: Line, reading: Reading) -> bool:
    """Whether the sentence gives that value too: "130 on board, of whom 114 were saved" is at odds with neither."""
    return any(figure.value == reading.value for figure in line.figures)


def _timeline(claim: Claim, lead: Line, lines: Sequence[Line]) -> tuple[TimelineEntry, ...]:
    """The first date of the claim's text, or of the first support that has one."""
    date = next((date for line in (lead, *lines) for date in line.dates if date.granularity != "year"), None)
    if date is None:
        return ()
    return (TimelineEntry(date=date.value, granularity=date.granularity, claim_id=claim.claim_id, text=claim.text),)
