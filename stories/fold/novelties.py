"""What a version adds to a story."""

from collections.abc import Iterable, Iterator

from schemas.story import Discrepancy, Novelty, Reading, StoryArticle
from stories.fold.changes import Change
from stories.fold.quotes import named
from stories.fold.state import ClaimState, StoryState
from stories.fold.title import shortened

_LABEL = 160


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
    sources = {member.facts.source for member in before.members.values()}
    for article_id, member in after.members.items():
        if article_id in before.members:
            continue
        yield Novelty(kind="article", text=article_label(member.shown))
        if member.facts.source not in sources:
            sources.add(member.facts.source)
            yield Novelty(kind="source", text=member.facts.source)


def article_label(article: StoryArticle) -> str:
    """Outlet and title in one line."""
    return shortened(f"{article.source}: {article.title}" if article.title else article.source, _LABEL)


def _claims(changes: Iterable[Change]) -> Iterator[Novelty]:
    for change in changes:
        if change.before is None and change.after is not None:
            shown = change.after.shown
            yield Novelty(kind="claim", text=shown.text, claim_id=shown.claim_id, supports=shown.supports)


def _discrepancies(changes: Iterable[Change]) -> Iterator[Novelty]:
    for change in changes:
        for odds in new_discrepancies(change):
            supports = tuple(support for value in odds.values for support in value.supports)
            yield Novelty(kind="discrepancy", text=odds_in_words(odds), claim_id=odds.claim_id, supports=supports)


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


def odds_in_words(odds: Discrepancy) -> str:
    """For example "leaders: 25 against 26"."""
    values = " against ".join(dict.fromkeys(value_in_words(value) for value in odds.values))
    what = odds.counted or "figure"
    return f"{what} ({odds.unit}): {values}" if odds.unit else f"{what}: {values}"


def value_in_words(reading: Reading) -> str:
    """The value with its qualifier, thousands set off by commas."""
    number = f"{reading.value:,}" if reading.value_to is None else f"{reading.value:,} to {reading.value_to:,}"
    return f"{reading.qualifier} {number}" if reading.qualifier else number


def _quotes(before: StoryState, after: StoryState) -> Iterator[Novelty]:
    if before.quotes is after.quotes:
        return
    groups = (group for key, group in after.quotes.groups.items() if key not in before.quotes.groups)
    for group in sorted(groups, key=lambda g: g.parts):
        quote = named(group.shown, after.entities)
        words = f"“{quote.wordings[0].text}”"
        yield Novelty(kind="quote", text=f"{quote.speaker}: {words}" if quote.speaker else words)


def _entities(before: StoryState, after: StoryState) -> Iterator[Novelty]:
    if before.entities is after.entities:
        return
    groups = (group for key, group in after.entities.groups.items() if key not in before.entities.groups)
    for group in sorted(groups, key=lambda g: g.parts):
        yield Novelty(kind="entity", text=group.shown.name)
