"""What a version changes in what was there before."""

from collections.abc import Iterable, Iterator

from schemas.story import Alteration, Claim, Support
from stories.fold.changes import Change, changed_articles, gone_articles
from stories.fold.copies import original_of
from stories.fold.novelties import gone_discrepancies, new_discrepancies
from stories.fold.state import StoryState
from stories.fold.values import odds_in_words, value_in_words, views


def alterations(before: StoryState, after: StoryState, changes: Iterable[Change]) -> tuple[Alteration, ...]:
    """Claims corroborated, contested, resolved, superseded, reworded or withdrawn; copies found; a new title."""
    found = [alteration for change in changes for alteration in _of_claim(change)]
    return (*found, *_copies(before, after), *_retitled(before, after))


def _of_claim(change: Change) -> Iterator[Alteration]:
    if change.before is None:
        return
    if change.after is None:
        gone = change.before.shown
        yield Alteration(kind="withdrawn", text=gone.text, claim_id=gone.claim_id, supports=gone.supports)
        return
    was, now = change.before.shown, change.after.shown
    yield from _supported(was, now)
    yield from _disputed(change, now)
    yield from _superseded(was, now)
    if was.text != now.text:
        yield Alteration(kind="reworded", text=now.text, claim_id=now.claim_id, before=was.text, after=now.text)


def _supported(was: Claim, now: Claim) -> Iterator[Alteration]:
    """Corroborated by whoever is independent of those who said it before; mere copies are no news."""
    if now.independent_sources > was.independent_sources:
        supports = _more(was.supports, now.supports)
        yield Alteration(
            kind="corroborated",
            text=now.text,
            claim_id=now.claim_id,
            before=str(was.independent_sources),
            after=str(now.independent_sources),
            supports=supports,
        )


def _more(was: tuple[Support, ...], now: tuple[Support, ...]) -> tuple[Support, ...]:
    """The supports that came; where none went, those that were there are the first ones."""
    if now[len(was) - 1 : len(was)] == was[-1:]:
        return now[len(was) :]
    known = {(support.article_id, support.sentence) for support in was}
    return tuple(s for s in now if (s.article_id, s.sentence) not in known)


def _disputed(change: Change, now: Claim) -> Iterator[Alteration]:
    for odds in new_discrepancies(change):
        yield Alteration(
            kind="contested", text=odds_in_words(odds, change), claim_id=now.claim_id, supports=_values(now)
        )
    for odds in gone_discrepancies(change):
        yield Alteration(
            kind="resolved", text=odds_in_words(odds, change), claim_id=now.claim_id, supports=_values(now)
        )


def _values(claim: Claim) -> tuple[Support, ...]:
    return tuple(s for figure in claim.figures for value in figure.values for s in value.supports)


def _superseded(was: Claim, now: Claim) -> Iterator[Alteration]:
    known = {(f.counted, f.unit, v.value, v.value_to) for f in was.figures for v in f.values if v.superseded}
    for figure in now.figures:
        current = views([value for value in figure.values if not value.superseded], figure.unit)
        for value in figure.values:
            if value.superseded and (figure.counted, figure.unit, value.value, value.value_to) not in known:
                yield Alteration(
                    kind="superseded",
                    text=f"{figure.counted or 'figure'}: {value_in_words(value, figure.unit)} no longer stands",
                    claim_id=now.claim_id,
                    before=value_in_words(value, figure.unit),
                    after=" or ".join(current) or None,
                    supports=value.supports,
                )


def _copies(before: StoryState, after: StoryState) -> Iterator[Alteration]:
    """Articles now known to carry another's text, the new one included."""
    pairs = [_pair(article_id, after) for article_id in changed_articles(before, after)]
    pairs += [_pair(article_id, before) for article_id in gone_articles(before, after)]
    touched = {article_id for pair in pairs for article_id in pair if article_id in after.members}
    for article_id in sorted(touched, key=lambda own: after.members[own].joined):
        was = original_of(before, article_id) if article_id in before.members else None
        now = original_of(after, article_id)
        if now is not None and was != now:
            text = f"{after.members[article_id].facts.source} carries the text of {after.members[now].facts.source}"
            yield Alteration(kind="copy", text=text, before=was, after=now)


def _pair(article_id: str, story: StoryState) -> Iterator[str]:
    """The article and the one that it is linked to: either may be the copy."""
    yield article_id
    if story.members[article_id].copied:
        yield story.members[article_id].copied


def _retitled(before: StoryState, after: StoryState) -> Iterator[Alteration]:
    if before.title and after.title != before.title:
        yield Alteration(kind="retitled", text=after.title, before=before.title, after=after.title)
