"""What others say or think, told without quotation marks or with some: content, cue, source and speaker."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import TypeAdapter

from articles.extract.attribution import closes_clause, find_subject, is_other_clause
from articles.extract.contents import content_after, content_end
from articles.extract.reporting import ACCORDING, NOUN_FRAMES, Cue, find_reporting
from articles.extract.speakers import Cast, Speaker
from schemas.articles import Attribution, Quote
from schemas.base import Span

_ATTRIBUTIONS = TypeAdapter(tuple[Attribution, ...])
"""Builds all at once: far faster than one by one."""
_CLOSING = ("”", '"', "''", "’")
_MARKS = ('"', "“", "‘", "'")
_LEAST_WORDS = 3
_LEAST_LENGTH = 4
_LONGEST_SOURCE = 70
_OWNER = re.compile(
    r"(?:\b(?P<pronoun>his|her|their)|(?P<name>(?:\b[A-Z][\w.-]* ){0,3}\b[A-Z][\w.-]*|\bthe [a-z]+)"
    r"(?:['’]s|(?<=s)['’])) (?:[a-z-]+ ){0,2}$"
)
_FINITE = re.compile(
    r"\s(?:\w+ed|has|have|had|was|were|is|are|will|would|could|may|might|should|can|did|does|do|went|came|made|fell|"
    r"rose|took|left|began|he|she|they|it|we|there|that)\b"
)
_RELATIVE = re.compile(r"(?:who|which)(?: (?:has|have|had|also|then|later|once|recently|\w+ly))*$")


class _Found(NamedTuple):
    start: int
    end: int
    source: tuple[int, int] | None


def find_attributions(
    text: str, sentences: Sequence[Span], quotes: Sequence[Quote], cast: Cast
) -> tuple[Attribution, ...]:
    """All, in the order of their cues; `quotes` are those of the text, and only part of what is found when mixed."""
    built: list[dict[str, object]] = []
    begins, ends = [quote.start for quote in quotes], [quote.end for quote in quotes]
    last: Speaker | None = None
    told = 0
    for sentence, cue in _reported(find_reporting(text), sentences, quotes, ends):
        quote = bisect_right(ends, cue.start) - 1
        since = ends[quote] + 1 if quote >= 0 and ends[quote] > sentence.start else sentence.start
        if cue.start < told and (text.startswith("to ", cue.start - 3) or "after" not in cue.frames):
            continue
        for found in _read(text, sentence, cue, since):
            told = max(told, found.end)
            speaker = cast.resolve(*found.source, sentence.start, last) if found.source else None
            last = speaker if speaker and speaker.name else last
            mixed = bisect_right(ends, found.start) < bisect_left(begins, found.end)
            built.append(_to_attribution(found, cue, speaker, mixed=mixed))
    return _ATTRIBUTIONS.validate_python(built)


def _reported(
    cues: Sequence[Cue], sentences: Sequence[Span], quotes: Sequence[Quote], ends: Sequence[int]
) -> Iterator[tuple[Span, Cue]]:
    """The cues with their sentences, but for those inside a quote and those that stand behind theirs."""
    own = {quote.cue_span.start for quote in quotes if quote.cue_span and quote.cue_span.start > quote.start}
    at, count = 0, len(sentences)
    for cue in cues:
        while at < count and sentences[at].end <= cue.start:
            at += 1
        if at == count:
            return
        if cue.start < sentences[at].start or cue.start in own:
            continue
        quote = bisect_right(ends, cue.start)
        if quote == len(quotes) or cue.start < quotes[quote].start:
            yield sentences[at], cue


def _to_attribution(found: _Found, cue: Cue, speaker: Speaker | None, *, mixed: bool) -> dict[str, object]:
    speaker = speaker if speaker and speaker.start < speaker.end else None
    return {
        "start": found.start,
        "end": found.end,
        "kind": "mixed" if mixed else "indirect",
        "speaker": speaker.name if speaker else None,
        "cue_span": {"start": cue.start, "end": cue.end},
        "speaker_span": {"start": speaker.start, "end": speaker.end} if speaker else None,
    }


def _read(text: str, sentence: Span, cue: Cue, free: int) -> Iterator[_Found]:
    """`free` is where the words begin, before the cue in its sentence, that no quote holds."""
    since, until = sentence.start, sentence.end
    if cue.word == ACCORDING:
        yield from _according(text, cue, since, until)
    elif "after" in cue.frames and (inverted := _inverted(text, cue, since, until)):
        yield inverted
    elif (begin := content_after(text, cue, until)) is not None:
        end = content_end(text, begin, _clause_end(text, cue, begin, until))
        if end - begin >= _LEAST_LENGTH:
            yield _Found(begin, end, _source(text, cue, free))
    elif "after" in cue.frames:
        yield from _before(text, cue, since, until)


def _source(text: str, cue: Cue, free: int) -> tuple[int, int] | None:
    """The subject of a verb, the owner of a noun ("the mayor's claim that")."""
    if cue.frames <= NOUN_FRAMES and (owner := _OWNER.search(text, max(free, cue.start - _LONGEST_SOURCE), cue.start)):
        return owner.span("pronoun") if owner["pronoun"] else owner.span("name")
    return find_subject(text, free, cue.start)


def _before(text: str, cue: Cue, since: int, until: int) -> Iterator[_Found]:
    """`The port is shut, X said.` and `The port, X said, is shut.`"""
    lead = text[since : cue.start].rstrip()
    if text.startswith(_MARKS, cue.end + 1):
        return
    comma = lead.rfind(", ")
    if (
        comma < 0
        or len(lead) - comma > _LONGEST_SOURCE
        or lead[:comma].endswith(_CLOSING)
        or is_other_clause(text, since + comma + 2)
        or not closes_clause(text, cue.end, until)
    ):
        return
    goes_on = text.startswith(", ", cue.end) and until - cue.end > _LEAST_LENGTH
    if goes_on or len(lead[:comma].split()) >= _LEAST_WORDS:
        source = find_subject(text, since + comma + 2, cue.start)
        yield _Found(since, since + comma, source)
        if goes_on:
            yield _Found(cue.end + 2, content_end(text, cue.end + 2, until), source)


def _inverted(text: str, cue: Cue, since: int, until: int) -> _Found | None:
    """`The port was shut, said X.`: a clause before the cue, and none behind it."""
    lead = text[since : cue.start].rstrip()
    if not lead.endswith(",") or cue.word.endswith("ing"):
        return None
    comma = text.find(",", cue.end, until)
    stop = until if comma < 0 else comma
    named = stop > cue.end + 1 and not text.startswith(_MARKS, cue.end + 1) and not closes_clause(text, cue.end, stop)
    if not named or _FINITE.search(text, cue.end, stop):
        return None
    content = lead[:-1]
    told = not content.endswith(_CLOSING) and _FINITE.search(content)
    return _Found(since, since + len(content), (cue.end + 1, stop)) if told else None


def _clause_end(text: str, cue: Cue, begin: int, until: int) -> int:
    """`Ada Kord, who said the port was shut, left.`: what a relative clause tells ends with the clause."""
    if _RELATIVE.search(text, max(0, cue.start - _LONGEST_SOURCE), cue.start - 1):
        comma = text.find(", ", begin, until)
        return comma if comma >= 0 else until
    return until


def _according(text: str, cue: Cue, since: int, until: int) -> Iterator[_Found]:
    """`According to X, the port is shut.` and `The port is shut, according to X.`"""
    comma = text.find(", ", cue.end, until)
    source = (cue.end + 1, comma if comma >= 0 else until)
    lead = text[since : cue.start].rstrip(" ,")
    if len(lead.split()) >= _LEAST_WORDS:
        yield _Found(since, since + len(lead), source)
    elif comma >= 0 and until - comma > _LEAST_LENGTH:
        yield _Found(comma + 2, content_end(text, comma + 2, until), source)
