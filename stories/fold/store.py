"""A story in the stage's state: a header, pages of claims, and one entry an article; only what changed is written.

Keys: `story/<id>`, `story/<id>/claims/<page>`, `story/<id>/article/<article_id>`. Stored is what cannot be worked out:
facts, who shares whose text, and who supports what. All else follows from these when the story is read back.
"""

from itertools import zip_longest
from operator import attrgetter
from typing import Any

import orjson

from schemas.articles import Facts
from schemas.stage import State
from stories.fold.state import ClaimState, Member, StoryState

_HEADER = ("version", "status", "merged_into", "links", "thread_id", "title", "language")
_NOT_NEEDED = {"terms", "title_terms"}
_fields = attrgetter("__dict__")


def header_key(story_id: str) -> str:
    """Where the header of the story stands."""
    return f"story/{story_id}"


def claims_prefix(story_id: str) -> str:
    """What the keys of all its pages of claims begin with."""
    return f"story/{story_id}/claims/"


def articles_prefix(story_id: str) -> str:
    """What the keys of all its articles begin with."""
    return f"story/{story_id}/article/"


def save(state: State, before: StoryState | None, after: StoryState) -> None:
    """Writes what is not shared between the two versions."""
    was = before if before is not None else StoryState(after.story_id)
    _save_articles(state, was, after)
    _save_claims(state, was, after)
    header = {name: getattr(after, name) for name in _HEADER}
    state.put(header_key(after.story_id), orjson.dumps(header))


def _save_articles(state: State, was: StoryState, after: StoryState) -> None:
    if was.members is after.members:
        return
    prefix = articles_prefix(after.story_id)
    for article_id, member in after.members.items():
        if not _same_entry(was.members.get(article_id), member):
            state.put(prefix + article_id, _article_bytes(member))
    for article_id in was.members:
        if article_id not in after.members:
            state.put(prefix + article_id, None)


def _same_entry(one: Member | None, other: Member) -> bool:
    """The group is not stored, so that a new one alone rewrites nothing."""
    if one is other:
        return True
    return one is not None and one.facts is other.facts and (one.joined, one.copied) == (other.joined, other.copied)


def _article_bytes(member: Member) -> bytes:
    entry = {
        "joined": member.joined,
        "copied": member.copied,
        "entities": member.entity_ids,
        "quotes": member.quote_ids,
        "facts": orjson.Fragment(_facts_bytes(member.facts)),
    }
    return orjson.dumps(entry)


def _facts_bytes(facts: Facts) -> bytes:
    """As `model_dump_json` gives them, three times as fast; it alone can write integers of more than 64 bits."""
    fields = {name: value for name, value in facts if name not in _NOT_NEEDED}
    try:
        return orjson.dumps(fields, default=_fields, option=orjson.OPT_UTC_Z)
    except TypeError:
        return facts.model_dump_json(exclude=_NOT_NEEDED).encode()


def _save_claims(state: State, was: StoryState, after: StoryState) -> None:
    prefix = claims_prefix(after.story_id)
    for number, (page, other) in enumerate(zip_longest(was.claims, after.claims)):
        if page is not other:
            state.put(
                f"{prefix}{number:06d}", None if other is None else orjson.dumps([_row(claim) for claim in other])
            )


def _row(claim: ClaimState | None) -> list[Any] | None:
    if claim is None:
        return None
    return [
        claim.shown.claim_id,
        claim.shown.since_version,
        [tuple(ref) if ref.figure else ref[:-1] for ref in claim.refs],
    ]
