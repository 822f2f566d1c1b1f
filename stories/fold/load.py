"""A story read back from the stage's state: what was stored, and everything that follows from it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import orjson

from schemas.articles import Facts
from schemas.stage import State
from stories.fold import entities, quotes
from stories.fold.clusters import Clusters, Part, gathered
from stories.fold.describe import describe
from stories.fold.layers import layered
from stories.fold.members import read_member
from stories.fold.pages import PAGE, items
from stories.fold.postings import posted
from stories.fold.roll import called
from stories.fold.state import ClaimState, Member, Named, Placed, Ref, Roll, StoryState, Utterance
from stories.fold.store import articles_prefix, claims_prefix, header_key, placed_prefix, read_placed

Members = Mapping[str, Member]


def load(state: State, story_id: str) -> StoryState | None:
    """The story as it was saved last; `None` if it never was."""
    raw = state.get(header_key(story_id))
    if raw is None:
        return None
    header = orjson.loads(raw)
    members = _members(state, story_id)
    refs = _refs(members)
    claims = tuple(
        _page(orjson.loads(page), number * PAGE, refs, members)
        for number, (_, page) in enumerate(state.scan(claims_prefix(story_id)))
    )
    words, norms = posted(items(claims))
    return StoryState(
        story_id=story_id,
        **{**header, "links": tuple(header["links"])},
        members=members,
        claims=claims,
        roll=called(Roll(), {}, members, members),
        disputes=sum([len(claim.discrepancies) for _, claim in items(claims)]),
        ids=layered((claim.shown.claim_id, slot) for slot, claim in items(claims)),
        words=words,
        norms=layered(norms.items()),
        entities=_entities(members),
        quotes=_quotes(members),
    )


def _members(state: State, story_id: str) -> dict[str, Member]:
    start = len(placed_prefix(story_id))
    placed = {key[start:]: read_placed(raw) for key, raw in state.scan(placed_prefix(story_id))}
    entries = [orjson.loads(raw) for _, raw in state.scan(articles_prefix(story_id))]
    members: dict[str, Member] = {}
    for entry in sorted(entries, key=lambda entry: entry["joined"]):
        member = _member(entry, placed)
        group = members[member.copied].group if member.copied else member.facts.source
        members[member.facts.article_id] = member.regrouped(group)
    return members


def _member(entry: dict[str, Any], placed: Mapping[str, tuple[Placed, ...]]) -> Member:
    facts = Facts.model_validate_json(orjson.dumps(entry["facts"]))
    return replace(
        read_member(facts),
        joined=entry["joined"],
        copied=entry["copied"],
        entity_ids=tuple(entry["entities"]),
        quote_ids=tuple(entry["quotes"]),
        placed=placed[facts.article_id],
    )


def _refs(members: Members) -> dict[int, list[Ref]]:
    """The supports of each claim by slot: as its articles joined."""
    found: dict[int, list[Ref]] = {}
    for article_id, member in members.items():
        for placed in member.placed:
            found.setdefault(placed.slot, []).append(Ref(article_id, *placed[1:]))
    return found


def _page(
    rows: list[tuple[str, int] | None], first: int, refs: Mapping[int, list[Ref]], members: Members
) -> tuple[ClaimState | None, ...]:
    return tuple(
        None if row is None else describe(row[0], tuple(refs[slot]), row[1], members)
        for slot, row in enumerate(rows, start=first)
    )


def _entities(members: Members) -> Clusters[Named]:
    placed = (
        (group, Part(article_id, n), entities.keys_of(member.facts.entities[n]))
        for article_id, member in members.items()
        for n, group in enumerate(member.entity_ids)
    )
    return gathered(placed, lambda parts, before: entities.show_entity(parts, before, members))


def _quotes(members: Members) -> Clusters[Utterance]:
    return gathered(_placed_quotes(members), lambda parts, before: quotes.show_quote(parts, before, members))


def _placed_quotes(members: Members) -> Iterator[tuple[str, Part, list[str]]]:
    for article_id, member in members.items():
        for number, group in enumerate(member.quote_ids):
            if group:
                part = Part(article_id, number)
                yield group, part, quotes.keys_of(part, members)
