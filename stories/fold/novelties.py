"""What a version adds to a story."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Literal, TypeVar

from schemas.story import Discrepancy, Novelty, StoryArticle, Support, made
from stories.fold.changes import Change, changed_articles, gone_articles
from stories.fold.clusters import Clusters, Group
from stories.fold.quotes import named
from stories.fold.state import ClaimState, Member, StoryState
from stories.fold.title import shortened
from stories.fold.values import odds_in_words

_LABEL = 160
_QUOTES, _ENTITIES = attrgetter("quote_ids"), attrgetter("entity_ids")
T = TypeVar("T")
NoveltyKind = Literal["article", "source", "claim", "quote", "entity", "discrepancy"]


def novelties(before: StoryState, after: StoryState, changes: Iterable[Change]) -> tuple[Novelty, ...]:
    """Articles, outlets, claims, discrepancies, quotes and entities that the version before did not have."""
    changes = list(changes)
    return (
        *_articles(before, after),
        *_claims(changes),
        *_discrepancies(changes),
        *_quotes(before, after),
        *_entities(before, after),
    )


def _articles(before: StoryState, after: StoryState) -> Iterator[Novelty]:
    sources = set(before.roll.outlets)
    for article_id in changed_articles(before, after):
        if article_id in before.members:
            continue
        member = after.members[article_id]
        yield _new("article", article_label(member.shown))
        if member.facts.source not in sources:
            sources.add(member.facts.source)
            yield _new("source", member.facts.source)


def article_label(article: StoryArticle) -> str:
    """Outlet and title in one line."""
    return shortened(f"{article.source}: {article.title}" if article.title else article.source, _LABEL)


def _new(kind: NoveltyKind, text: str, claim_id: str | None = None, supports: tuple[Support, ...] = ()) -> Novelty:
    return made(Novelty, {"kind": kind, "text": text, "claim_id": claim_id, "supports": supports})


def _claims(changes: Iterable[Change]) -> Iterator[Novelty]:
    for change in changes:
        if change.before is None and change.after is not None:
            shown = change.after.shown
            yield _new("claim", shown.text, shown.claim_id, shown.supports)


def _discrepancies(changes: Iterable[Change]) -> Iterator[Novelty]:
    for change in changes:
        for odds in new_discrepancies(change):
            supports = tuple(support for value in odds.values for support in value.supports)
            yield _new("discrepancy", odds_in_words(odds, change), odds.claim_id, supports)


def new_discrepancies(change: Change) -> list[Discrepancy]:
    """Discrepancies of a claim whose quantity was not in dispute before."""
    known = {(odds.counted, odds.unit) for odds in _odds(change.before)}
    return [odds for odds in _odds(change.after) if (odds.counted, odds.unit) not in known]


def gone_discrepancies(change: Change) -> list[Discrepancy]:
    """Discrepancies of a claim whose quantity is no longer in dispute."""
    left = {(odds.counted, odds.unit) for odds in _odds(change.after)}
    return [odds for odds in _odds(change.before) if (odds.counted, odds.unit) not in left]


def _odds(claim: ClaimState | None) -> tuple[Discrepancy, ...]:
    return claim.discrepancies if claim is not None else ()


def _quotes(before: StoryState, after: StoryState) -> Iterator[Novelty]:
    if before.quotes is after.quotes:
        return
    was, now = _of_changed(before, after, _QUOTES)
    said = {w.text for group in _gone(before.quotes, after.quotes, was) for w in group.shown.shown.wordings}
    for group in _come(before.quotes, after.quotes, now):
        quote, _ = named(group, after.entities)
        if quote.wordings[0].text in said:
            continue
        words = f"“{quote.wordings[0].text}”"
        yield _new("quote", f"{quote.speaker}: {words}" if quote.speaker else words)


def _entities(before: StoryState, after: StoryState) -> Iterator[Novelty]:
    if before.entities is after.entities:
        return
    was, now = _of_changed(before, after, _ENTITIES)
    known = {group.shown.shown.name for group in _gone(before.entities, after.entities, was)}
    for group in _come(before.entities, after.entities, now):
        if group.shown.shown.name not in known:
            yield _new("entity", group.shown.shown.name)


def _of_changed(
    before: StoryState, after: StoryState, ids_of: Callable[[Member], tuple[str, ...]]
) -> tuple[set[str], set[str]]:
    """The groups in which articles that differ had and have parts: no others can have come or gone."""
    changed = changed_articles(before, after)
    gone = [own for own in (*changed, *gone_articles(before, after)) if own in before.members]
    was = {group for own in gone for group in ids_of(before.members[own])}
    return was, {group for own in changed for group in ids_of(after.members[own])}


def _come(before: Clusters[T], after: Clusters[T], ids: Iterable[str]) -> list[Group[T]]:
    come = [after.groups[key] for key in ids if key in after.groups and key not in before.groups]
    return sorted(come, key=lambda group: group.parts)


def _gone(before: Clusters[T], after: Clusters[T], ids: Iterable[str]) -> Iterator[Group[T]]:
    """Groups that an edited article may have again under another number."""
    return (before.groups[key] for key in ids if key in before.groups and key not in after.groups)
