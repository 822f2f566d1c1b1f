"""The summary of a story: claims quoted whole, each with its supports, none saying what another has said."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from schemas.story import SummarySentence, Support
from stories.fold.consensus import Consensus, Telling, consensus_of, grams
from stories.fold.freshness import freshness
from stories.fold.likeness import likeness
from stories.fold.lines import Line
from stories.fold.outdated import Outdated, gives_outdated, is_overtaken, outdated_tolls
from stories.fold.pages import get
from stories.fold.rank import centrality, foremost
from stories.fold.roll import heard
from stories.fold.state import WORDINGS, ClaimState, Member, StoryState
from stories.fold.wording import clarity

FEWEST_WORDS, MOST_WORDS = 40, 120
_POOL = 24
"""Claims of most weight that are looked at: keeps the cost off the story's size."""
_TRIED = 14
"""Of these, the ones that are tried against what the sources put first."""
_MOST_SENTENCES = 6
_REDUNDANT = 0.4
_CLEAR = 0.6
_FIRST, _PLAIN, _QUOTED, _ODD_LENGTH, _WORDS = 0.04, 0.04, -0.04, -0.04, 28
"""Worth of a sentence beside what it shares with the sources: for an article's first one, for being clear in itself,
for holding a quote, and for every e times that it is longer or shorter than 28 words. Found by search on one half of
round-ups written by editors; the other half tells what they are worth (`bench/quality/summaries.py`)."""
_CONFIRMED, _MOST_SOURCES = 0.04, 16
"""Worth of every doubling of the independent sources. Round-ups of three openings do not tell what that is worth
(ROUGE stays within .001 up to twice as much); in a story of ten sources it keeps a columnist's line out."""
_NEWS = timedelta(days=1)
_STALE = -0.1
"""Worth of a wording that is many days old: how things stood at the first count is no summary of an election."""


class _Wording(NamedTuple):
    """One support's words for a claim, and their worth beside what they share with the sources."""

    claim: ClaimState
    line: Line
    name: tuple[str, str, int]
    """Tells it from all others."""
    words: int
    """Its length."""
    length: int
    """The same, as the sources are counted."""
    manner: float
    reported: datetime | None


def summary_of(story: StoryState, words: int | None = None, supports: int | None = None) -> tuple[SummarySentence, ...]:
    """The claims that say best what the sources put first: the foremost one, then the others as the articles tell it.

    Each is quoted in the words of the support that says it best. `words` is the length asked for, which is not gone
    over; without it the summary has its natural length. Of each sentence up to so many `supports` are cited, or all.
    """
    foremost_ones, outdated = _pool(story), outdated_tolls(story)
    pool = [_wording(story, claim, line) for claim in foremost_ones for line in _lines(story, claim, outdated)]
    pool = pool or [_wording(story, claim, claim.lead) for claim in foremost_ones]
    return _told(consensus_of(story.roll.speakers, words), pool, words or MOST_WORDS, supports)


def news_of(before: StoryState, after: StoryState, words: int | None = None) -> tuple[SummarySentence, ...]:
    """What a reader of the version before does not know, in words of articles that came or changed since.

    New claims, and those whose figures have moved; nothing where nothing is new. It costs as much as the story is long.
    """
    fresh = {key: member for key, member in after.members.items() if _is_fresh(member, before.members.get(key))}
    outdated = outdated_tolls(after)
    claims = [claim for claim in after.ranked if _is_news(claim, before)]
    lines = [(claim, line) for claim in claims for line in claim.wordings if line.article_id in fresh]
    held = [(claim, line) for claim, line in lines if line in _lines(after, claim, outdated)]
    pool = [_wording(after, claim, line) for claim, line in held or lines]
    return _told(consensus_of(heard((), fresh.values()), words), pool, words or MOST_WORDS)


def _is_fresh(member: Member, before: Member | None) -> bool:
    return before is None or before.facts.digest != member.facts.digest


def _is_news(claim: ClaimState, before: StoryState) -> bool:
    slot = before.ids.get(claim.shown.claim_id)
    known = get(before.claims, slot) if slot is not None else None
    return known is None or _values(known) != _values(claim)


def _values(claim: ClaimState) -> set[tuple[float, bool]]:
    return {(value.value, value.superseded) for figure in claim.shown.figures for value in figure.values}


def _told(
    consensus: Consensus, pool: Sequence[_Wording], most: int, supports: int | None = None
) -> tuple[SummarySentence, ...]:
    chosen = _chosen(consensus, pool, most) or _shortest(pool)
    lead = _lead(chosen)
    others = sorted([own for own in chosen if own is not lead], key=lambda own: (own.claim.place, own.name))
    return tuple([_sentence(own, supports) for own in (lead, *others) if own is not None])


def _lead(chosen: Sequence[_Wording]) -> _Wording | None:
    """What was chosen first; if another is news of a day and more later, the first of these."""
    times = [own.reported for own in chosen if own.reported is not None]
    late = [own for own in chosen if own.reported is None or max(times) - own.reported < _NEWS]
    return next(iter(late), None)


def _sentence(own: _Wording, most: int | None) -> SummarySentence:
    """The support whose words are quoted is cited first; whoever gives a figure that no longer stands is not cited."""
    shown, quoted, stale = own.claim.shown, own.line.support, _superseded(own.claim)
    others = (support for support in shown.supports if support is not quoted and support not in stale)
    return SummarySentence(text=own.line.text, claim_id=shown.claim_id, supports=(quoted, *islice(others, most))[:most])


def _superseded(claim: ClaimState) -> set[Support]:
    """The sentences that give a value which no longer stands, and none that does."""
    values = [value for figure in claim.shown.figures for value in figure.values]
    stale = {support for value in values if value.superseded for support in value.supports}
    if not stale:
        return stale
    return stale.difference(*[value.supports for value in values if not value.superseded])


def _wording(story: StoryState, claim: ClaimState, line: Line) -> _Wording:
    text, words = line.text, len(line.text.split())
    reported = story.members[line.article_id].reported
    manner = (
        _FIRST * (line.sentence == 0)
        + _PLAIN * clarity(text)
        + _CONFIRMED * math.log2(max(1, min(claim.shown.independent_sources, _MOST_SOURCES)))
        + _STALE * (1 - freshness(reported, story.roll.last_at))
        + _QUOTED * ("“" in text or '"' in text)
        + _ODD_LENGTH * abs(math.log(max(words, 3) / _WORDS))
    )
    name = claim.shown.claim_id, line.article_id, line.sentence
    return _Wording(claim, line, name, words, grams(text).length, manner, reported)


def _pool(story: StoryState) -> list[ClaimState]:
    pool = foremost(story, _POOL)
    return sorted(pool, key=lambda c: (-c.merit - centrality(story, c), c.shown.claim_id))[:_TRIED]


def _lines(story: StoryState, claim: ClaimState, outdated: Outdated) -> list[Line]:
    """The claim's wordings that can be read by themselves and still hold."""
    now, members = story.roll.last_at, story.members
    stale = _superseded(claim)
    lines = [line for line in claim.wordings[:WORDINGS] if not (outdated and gives_outdated(line, outdated))]
    lines = [line for line in lines if not is_overtaken(line, members[line.article_id].reported, now)]
    return [line for line in lines if not (stale and line.support in stale) and clarity(line.text) >= _CLEAR]


def _chosen(consensus: Consensus, pool: Sequence[_Wording], most: int) -> list[_Wording]:
    """Greedily the wording that adds most, until none adds anything; whether it says what is told is asked last."""
    chosen: list[_Wording] = []
    telling, value = Telling(consensus, [own.line.text for own in pool]), -math.inf
    pool = [own for own in pool if own.words <= most]
    while pool and len(chosen) < _MOST_SENTENCES:
        manner = sum([own.manner * own.length for own in chosen])
        rated = sorted([(-_rated(telling, manner, own), own.name, own) for own in pool])
        worth, _, own = next((one for one in rated if not _is_told(one[2], chosen)), (-value, "", None))
        if own is None or -worth <= value:
            break
        value = -worth
        chosen.append(own)
        room = most - sum(each.words for each in chosen)
        pool = [each for each in pool if each.words <= room and each.claim is not own.claim]
        telling.tell(own.line.text, [each.line.text for each in pool])
    return chosen


def _is_told(own: _Wording, chosen: Sequence[_Wording]) -> bool:
    return any(likeness(own.line, other.line).score >= _REDUNDANT for other in chosen)


def _rated(telling: Telling, manner: float, own: _Wording) -> float:
    """The worth of what is told, whose manner is that, with this wording more."""
    manner = (manner + own.manner * own.length) / max(1, telling.length + own.length)
    return round(telling.value(own.line.text) + manner, 9)


def _shortest(pool: Sequence[_Wording]) -> list[_Wording]:
    """A story of one endless sentence is summed up by it all the same."""
    return sorted(pool, key=lambda own: (len(own.line.text), own.name))[:1]
