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
from stories.fold.members import read_member
from stories.fold.pages import items
from stories.fold.postings import repost
from stories.fold.rank import reranked
from stories.fold.state import ClaimState, Member, Named, Ref, StoryState, Utterance
from stories.fold.store import articles_prefix, claims_prefix, header_key

Members = Mapping[str, Member]


def load(state: State, story_id: str) -> StoryState | None:
    """The story as it was saved last; `None` if it never was."""
    raw = state.get(header_key(story_id))
    if raw is None:
        return None
    header = orjson.loads(raw)
    members = _members(state, story_id)
    claims = tuple(_page(orjson.loads(page), members) for _, page in state.scan(claims_prefix(story_id)))
    return _indexed(
        StoryState(
            story_id=story_id,
            **{**header, "links": tuple(header["links"])},
            members=members,
            claims=claims,
            ranked=reranked((), (), [claim for _, claim in items(claims)]),
            ids={claim.shown.claim_id: slot for slot, claim in items(claims)},
            entities=_entities(members),
            quotes=_quotes(members),
        )
    )


def _members(state: State, story_id: str) -> dict[str, Member]:
    entries = [orjson.loads(raw) for _, raw in state.scan(articles_prefix(story_id))]
    members: dict[str, Member] = {}
    for entry in sorted(entries, key=lambda entry: entry["joined"]):
        member = _member(entry)
        group = members[member.copied].group if member.copied else member.facts.source
        members[member.facts.article_id] = member.regrouped(group)
    return members


def _member(entry: dict[str, Any]) -> Member:
    return replace(
        read_member(Facts.model_validate_json(orjson.dumps(entry["facts"]))),
        joined=entry["joined"],
        copied=entry["copied"],
        entity_ids=tuple(entry["entities"]),
        quote_ids=tuple(entry["quotes"]),
    )


def _page(rows: list[list[Any] | None], members: Members) -> tuple[ClaimState | None, ...]:
    return tuple(None if row is None else _claim(row, members) for row in rows)


def _claim(row: list[Any], members: Members) -> ClaimState:
    claim_id, since, refs = row
    return describe(claim_id, tuple(Ref(*ref) for ref in refs), since, members)


def _entities(members: Members) -> Clusters[Named]:
    placed = (
        (group, Part(article_id, n), entities.keys_of(member.facts.entities[n]))
        for article_id, member in members.items()
        for n, group in enumerate(member.entity_ids)
    )
    return gathered(placed, lambda parts, before: entities.show_entity(parts, before, members))


def _quotes(members: Members) -> Clusters[Utterance]:
    return gathered(_placed_quotes(members), lambda parts, _: quotes.show_quote(parts, members))


def _placed_quotes(members: Members) -> Iterator[tuple[str, Part, list[str]]]:
    for article_id, member in members.items():
        for number, group in enumerate(member.quote_ids):
            if group:
                part = Part(article_id, number)
                yield group, part, quotes.keys_of(part, members)


def _indexed(story: StoryState) -> StoryState:
    words, norms = dict(story.words), dict(story.norms)
    for slot, claim in items(story.claims):
        repost(words, norms, slot, None, claim)
    return replace(story, words=words, norms=norms)
