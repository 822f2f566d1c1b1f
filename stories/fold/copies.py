"""Who carries whose text, and which articles are therefore one independent source: all that an outlet writes itself,
and every copy of it elsewhere.

An article is a copy of an earlier one if the sentences they share, nearly verbatim, make up a third of the lighter of
the two by weight, and at least three of them (wire copies with other leads share 46 to 52 %). Where both credit the
same agency a fifth is enough. A rewrite in other words is no copy: it shares claims, but no text; its outlet has put
its own name to every word, so it counts as a source of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from schemas.story import StoryArticle
from stories.fold.draft import Draft
from stories.fold.encode import encode
from stories.fold.likeness import one_text
from stories.fold.match import Match
from stories.fold.state import Member, StoryState

_SHARE = 0.33
_SHARE_OF_AGENCY = 0.2
_SENTENCES = 3
_LOOK_BACK = 16
"""Supports of a claim that are asked whether they are verbatim: the first ones hold the originals."""


def linked(draft: Draft, member: Member, found: Iterable[Match]) -> Member:
    """The member with the article whose text it shares most, if any."""
    shared: dict[str, dict[int, float]] = {}
    for match in found:
        for article_id in _verbatim_in(draft, match):
            shared.setdefault(article_id, {})[match.line.sentence] = match.line.weight
    return _with_best(member, draft.members, shared)


def _verbatim_in(draft: Draft, match: Match) -> list[str]:
    norms = {wording.norm for wording in match.wordings if one_text(wording, match.line)}
    norms.add(match.line.norm)
    members, refs = draft.members, draft.refs(match.slot)[:_LOOK_BACK]
    return [r.article_id for r in refs if members[r.article_id].lines[r.sentence].norm in norms]


def _with_best(member: Member, members: Mapping[str, Member], shared: Mapping[str, Mapping[int, float]]) -> Member:
    best = max(
        ((_share(member, members[other], lines), -n, other) for n, (other, lines) in enumerate(shared.items())),
        default=(0.0, 0, ""),
    )
    if best[0] <= 0.0:
        return member
    return replace(member, copied=best[2], group=members[best[2]].group)


def _share(member: Member, other: Member, lines: Mapping[int, float]) -> float:
    """Share of the text in common, 0 where it is too little to be a copy."""
    lighter = min(member.weight, other.weight)
    if not lighter or len(lines) < max(2, min(_SENTENCES, len(member.lines), len(other.lines))):
        return 0.0
    share = sum(lines.values()) / lighter
    agency = set(member.facts.credits) & set(other.facts.credits)
    return share if share >= (_SHARE_OF_AGENCY if agency else _SHARE) else 0.0


def relinked(draft: Draft, orphan: Member) -> Member:
    """The member linked anew, after the article that it was linked to has left, to one that came before it."""
    earlier: dict[str, Member] = {}
    for article_id, other in draft.members.items():
        if article_id == orphan.facts.article_id:
            break
        earlier[article_id] = other
    alone = replace(orphan, copied="", group=orphan.facts.source)
    return _with_best(alone, earlier, _shared_with(orphan, earlier))


def _shared_with(orphan: Member, earlier: Mapping[str, Member]) -> dict[str, dict[int, float]]:
    shared: dict[str, dict[int, float]] = {}
    for article_id, other in earlier.items():
        norms = {line.norm for line in other.lines.values()}
        same = {n: line.weight for n, line in orphan.lines.items() if line.norm in norms}
        if same:
            shared[article_id] = same
    return shared


def shown_article(story: StoryState, article_id: str) -> tuple[StoryArticle, bytes]:
    """The article, and its JSON; of two that share a text the earlier published is the original.

    An article without a time is given that of its original, or of the story's first article.
    """
    member, original = story.members[article_id], original_of(story, article_id)
    inferred_at = None
    if member.facts.published_at is None and story.roll.first_at is not None:
        there = story.members[original].facts.published_at if original is not None else None
        inferred_at = there or story.roll.first_at
    if (original, inferred_at) not in member.told:
        known = {"copy_of": original, "inferred_at": inferred_at}
        known = {name: value for name, value in known.items() if value is not None}
        shown = member.shown.model_copy(update=known) if known else member.shown
        member.told[original, inferred_at] = shown, encode(shown)
    return member.told[original, inferred_at]


def original_of(story: StoryState, article_id: str) -> str | None:
    """The article whose text this one carries, if any."""
    linked_to = story.members[article_id].copied
    if not linked_to and article_id not in story.roll.copiers:
        return None
    links = [(article_id, linked_to)] if linked_to else []
    links += [(other, article_id) for other in story.roll.copiers.get(article_id, ())]
    found = (_directed(later, earlier, story.members) for later, earlier in links)
    return next((original for copy, original in found if copy == article_id), None)


def _directed(later: str, earlier: str, members: Mapping[str, Member]) -> tuple[str, str]:
    joined, there = members[later].facts, members[earlier].facts
    if joined.published_at is None or there.published_at is None:
        return later, earlier
    precise = "day" not in (joined.published_precision, there.published_precision)
    if precise:
        came_first = joined.published_at < there.published_at
    else:
        came_first = joined.published_at.date() < there.published_at.date()
    return (earlier, later) if came_first else (later, earlier)
