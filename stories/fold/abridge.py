"""`latest(story) -> Story`: the story as it goes on `stories.latest`, bounded however long it is.

A story of up to `WHOLE` sentences stands there in full. Of a longer one each list is cut, and `totals` says what is
left out: that is in the story's own events, from which `replay_story` makes the whole.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any, TypeVar

from schemas.story import (
    Claim,
    ClaimFigure,
    Discrepancy,
    Reading,
    Story,
    StoryArticle,
    StoryQuote,
    Totals,
    remember,
)
from stories.fold.copies import shown_article
from stories.fold.encode import encode, remembered
from stories.fold.publish import head, publish, told
from stories.fold.quotes import named
from stories.fold.rank import DATED, DISPUTED
from stories.fold.state import ORDER, ClaimState, StoryState
from stories.fold.summary import summary_of

WHOLE = 400
"""Sentences, some fifteen to twenty articles: most stories have one to five."""
_CLAIMS, _DISCREPANCIES, _QUOTES, _ENTITIES, _ARTICLES, _TIMELINE = 30, 10, 12, 40, 20, 20
_SUPPORTS, _WORDINGS, _VALUES, _GIVEN_UP = 3, 2, 5, 1
P = TypeVar("P", Claim, Reading)


def latest(story: StoryState) -> Story:
    """The story in full, or the foremost of it."""
    return publish(story) if story.roll.sentences <= WHOLE else _abridged(story)


def _abridged(story: StoryState) -> Story:
    claims = [_short_claim(claim) for claim in story.end(ORDER, _CLAIMS)]
    disputed = story.end(DISPUTED, _DISCREPANCIES)
    entities = story.entities.foremost(_ENTITIES)
    lists = {
        "summary": summary_of(story, supports=_SUPPORTS),
        "claims": tuple([claim for claim, _ in claims]),
        "discrepancies": tuple([_short_odds(odds) for claim in disputed for odds in claim.discrepancies]),
        "quotes": tuple([_short_quote(named(g, story.entities)[0]) for g in story.quotes.foremost(_QUOTES)]),
        "entities": tuple([group.shown.shown for group in entities]),
    }
    articles = _articles(story, lists)
    dated = story.end(DATED, _TIMELINE)
    made = Story(
        story_id=story.story_id,
        **head(story),
        **lists,
        articles=tuple([article for article, _ in articles]),
        timeline=tuple([entry for claim in dated for entry in claim.timeline]),
        totals=_totals(story),
    )
    encoded = {
        "claims": [encoded for _, encoded in claims],
        "entities": [remembered(group, group.shown.shown) for group in entities],
        "articles": [encoded for _, encoded in articles],
    }
    remember(made, told(made, encoded))
    return made


def _articles(story: StoryState, lists: Mapping[str, Any]) -> list[tuple[StoryArticle, bytes]]:
    """The newest, and all that the rest of the record cites, so that it can be read by itself."""
    newest = list(islice(reversed(story.members), _ARTICLES))
    values = [v for claim in lists["claims"] for figure in claim.figures for v in figure.values]
    values += [value for odds in lists["discrepancies"] for value in odds.values]
    cited = [s.article_id for part in (*lists["summary"], *lists["claims"], *values) for s in part.supports]
    said = [wording.article_id for quote in lists["quotes"] for wording in quote.wordings]
    ids = sorted({*newest, *cited, *said}, key=lambda article_id: story.members[article_id].joined)
    return [shown_article(story, article_id) for article_id in ids]


def _totals(story: StoryState) -> Totals:
    return Totals(
        claims=len(story.ids),
        discrepancies=story.disputes,
        quotes=len(story.quotes.groups),
        entities=len(story.entities.groups),
        articles=len(story.members),
        timeline=story.orders.total(DATED, story.all_claims()),  # a claim has one entry at most
    )


def _short_claim(claim: ClaimState) -> tuple[Claim, bytes]:
    if claim.short is None:
        figures = tuple([_short_figure(figure) for figure in claim.shown.figures])
        short = _supported(claim.shown)
        if figures != short.figures:
            short = short.model_copy(update={"figures": figures})
        claim.short = short, claim.encoded if short is claim.shown else encode(short)
    return claim.short


def _short_figure(figure: ClaimFigure) -> ClaimFigure:
    return figure.model_copy(update={"values": _short_values(figure.values)})


def _short_odds(odds: Discrepancy) -> Discrepancy:
    return odds.model_copy(update={"values": _short_values(odds.values)})


def _short_values(values: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The values that stand, and those that were given up last."""
    kept = {id(v) for v in [v for v in values if not v.superseded][:_VALUES]}
    kept |= {id(v) for v in [v for v in values if v.superseded][-_GIVEN_UP:]}
    return tuple([_supported(value) for value in values if id(value) in kept])


def _supported(part: P) -> P:
    """The part with no more than some of its supports."""
    supports = part.supports[:_SUPPORTS]
    return part.model_copy(update={"supports": supports}) if len(part.supports) > _SUPPORTS else part


def _short_quote(quote: StoryQuote) -> StoryQuote:
    wordings = quote.wordings
    return quote.model_copy(update={"wordings": wordings[:_WORDINGS]}) if len(wordings) > _WORDINGS else quote
