"""The title of a story: of its articles' titles the one that its sources bear out now, else its leading claim cut."""

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from articles.text.idf import idf
from articles.text.stems import stems
from stories.fold.freshness import freshness
from stories.fold.lexicon import canonical
from stories.fold.outdated import outdated_tolls
from stories.fold.state import ClaimState, StoryState
from stories.fold.wording import clarity

_SHORTEST, _LONGEST = 40, 100
_CLEARLY = 1.3
"""How much better a later title must be to displace an earlier one: a story should keep its name."""
_FIRST, _LAST = 12, 24
"""Articles of a long story whose titles are asked: the first, and the last."""
_LED_WITH, _OPENING = 3.0, 2
"""What a word in the first two sentences counts more than one further down: news opens with how things stand."""
_HEARD = timedelta(days=1)
"""After which a source's newest article counts half as much: who has not followed a story does not know its state."""
_STANDS, _FADES = timedelta(hours=12), timedelta(days=1)
"""How long a headline stands, and after which time more it counts half."""
_FEATURE = 0.6
_OUTDATED = 0.4
"""For a title that gives a toll which no longer stands."""
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
SPELLED = {word: number for number, word in enumerate(_NUMBERS.split())}
_QUOTE_LED = re.compile(r"^[\"“„«'‘]")
_TEASE = re.compile(
    r"^(?:how|why|what|who|where|when|inside|meet|watch|live|opinion|editorial|analysis|(?:fact|reality) check|"
    r"explained|explainer|here['’]s)\b|\?$|!$|\bexplained$|\b(?:takeaways|things to (?:know|watch))\b|"
    r"\b(?:I|my|we|you|your)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[,;:]? (?:while|as|after|before|because|although|which|who|but|when)\b|, (?![^“\"]*[”\"])|; | [–—-] "
)
_NO_TITLE = re.compile(
    r"©|\(c\)|copyright|all rights reserved|https?:|www\.|\.(?:txt|html?|jsonl?|php)$|^\W*$", re.IGNORECASE
)
_SLUG = re.compile(r"^\S*[-_/]\S*$")
_TAIL = re.compile(r"\s+(?:[|–—»]|-{1,2})\s+[^|–—»]{2,30}$")
_SOFT_END = re.compile(
    r"[\s,;:–—-]+(?:and|or|but|as|that|which|who|of|the|a|an|to|in|on|at|for|with|by|from)?$", re.IGNORECASE
)


def title_of(story: StoryState) -> str:
    """One line of at most 100 characters; "" only for a story that says nothing."""
    title, score = "", 0.0
    outdated, told = frozenset[float]().union(*outdated_tolls(story).values()), _told(story)
    for other, reported in _titles(story).items():
        rival = _borne_out(told, other, story.language) * _plainness(other)
        rival *= _OUTDATED if _numbers(other) & outdated else 1.0
        rival *= freshness(reported, story.roll.last_at, _STANDS, _FADES)
        if not title or rival > _CLEARLY * score:
            title, score = other, rival
    if title:
        return title
    lead = max(story.ranked, key=_leading, default=None)
    return headline(lead.shown.text) if lead is not None else ""


@lru_cache(maxsize=1 << 12)
def _numbers(title: str) -> frozenset[float]:
    words = (word.strip(".,:;!?’'\"“”()").replace(",", "").lower() for word in title.split())
    return frozenset(float(SPELLED.get(word, word)) for word in words if word in SPELLED or word.isdecimal())


def _leading(claim: ClaimState) -> float:
    return 2 * (1 - claim.place) + clarity(claim.lead.text) + 0.4 * math.log2(1 + len(claim.groups))


def _titles(story: StoryState) -> dict[str, datetime | None]:
    """The titles, and when an article last came out under each."""
    articles = list(story.members.values())
    if len(articles) > _FIRST + _LAST:
        articles = [*articles[:_FIRST], *articles[-_LAST:]]
    found: dict[str, datetime | None] = {}
    for member in articles:
        if title := headed(member.shown.title):
            known = found.get(title)
            found[title] = max(known, member.reported) if known and member.reported else known or member.reported
    return found


@lru_cache(maxsize=1 << 12)
def headed(title: str) -> str:
    """The title without the outlet's name behind it; "" for what is none."""
    title = _TAIL.sub("", title.strip())
    return title if _is_title(title) else ""


def _is_title(title: str) -> bool:
    if _NO_TITLE.search(title) or _SLUG.match(title):
        return False
    return len(title.split()) >= 3 or (len(title) >= 12 and " " in title)


@lru_cache(maxsize=1 << 12)
def _plainness(title: str) -> float:
    """Feature headlines, which begin with somebody's words, a question or a tease, say less of what happened."""
    return _FEATURE if _QUOTE_LED.match(title) or _TEASE.search(title) else 1.0


def _told(story: StoryState) -> Mapping[str, float]:
    """How much the sources say each word now, by the newest article of each that spoke of late."""
    told: dict[str, float] = {}
    for member in story.roll.speakers:
        heard = freshness(member.reported, story.roll.last_at, timedelta(), _HEARD)
        lines = list(member.lines.values())
        opening = {word for line in lines[:_OPENING] for word in line.words}
        for word in {word for line in lines for word in line.words}:
            told[word] = told.get(word, 0.0) + heard * (1.0 + _LED_WITH * (word in opening))
    return told


def _borne_out(told: Mapping[str, float], title: str, language: str) -> float:
    """Mean weight of its words by how much they are said; long titles gain nothing by length."""
    words = _title_words(title, language)
    weight = sum([rarity * math.log2(1 + told.get(word, 0.0)) for word, rarity in words])
    return round(weight / (6.0 + max(6, len(words))), 6)


@lru_cache(maxsize=1 << 12)
def _title_words(title: str, language: str) -> tuple[tuple[str, float], ...]:
    return tuple({canonical(stem): idf(stem, language) for stem in stems(title, language)}.items())


def headline(text: str) -> str:
    """A sentence made short enough for a title: up to its first clause that is long enough, else cut at a word."""
    plain = " ".join(text.split())
    if len(plain) <= _LONGEST:
        return plain.rstrip(".")
    ends = [cut.start() for cut in _CLAUSE_END.finditer(plain) if _SHORTEST <= cut.start() <= _LONGEST]
    return plain[: ends[0]] if ends else shortened(plain, _LONGEST)


def shortened(text: str, longest: int) -> str:
    """The text, cut at a word if it is too long, with "…" for what is left out."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    cut = plain[: longest - 1].rpartition(" ")[0] or plain[: longest - 1]
    while (softer := _SOFT_END.sub("", cut)) != cut:
        cut = softer
    return cut + "…"
