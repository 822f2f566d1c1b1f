"""A story in the stage's state: a header, pages of claims, and one entry an article; only what changed is written.

Keys: `story/<id>`, `story/<id>/claims/<page>`, and `story/<id>/article/<article_id>` and `.../placed/<article_id>`.
Stored is what cannot be worked out: facts, who shares whose text, and which claims an article supports. That stands
with the article and not with the claims, because what many say would else be written anew for everybody who says it.
All other things follow from these when the story is read back.
"""

from itertools import zip_longest
from operator import attrgetter

import orjson

from schemas.articles import Facts
from schemas.stage import State
from stories.fold.changes import changed_articles, gone_articles
from stories.fold.state import ClaimState, Member, Placed, StoryState

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


def placed_prefix(story_id: str) -> str:
    """What the keys of the places of all its articles begin with."""
    return f"story/{story_id}/placed/"


def save(state: State, before: StoryState | None, after: StoryState) -> None:
    """Writes what is not shared between the two versions."""
    was = before if before is not None else StoryState(after.story_id)
    _save_articles(state, was, after)
    _save_claims(state, was, after)
    header = {name: getattr(after, name) for name in _HEADER}
    state.put(header_key(after.story_id), orjson.dumps(header))


def _save_articles(state: State, was: StoryState, after: StoryState) -> None:
    articles, placed = articles_prefix(after.story_id), placed_prefix(after.story_id)
    for article_id in changed_articles(was, after):
        before, member = was.members.get(article_id), after.members[article_id]
        if not _same_entry(before, member):
            state.put(articles + article_id, _article_bytes(member))
        if before is None or before.placed != member.placed:
            state.put(placed + article_id, _placed_bytes(member))
    for article_id in gone_articles(was, after):
        state.put(articles + article_id, None)
        state.put(placed + article_id, None)


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


def _placed_bytes(member: Member) -> bytes:
    """Slot, sentence and kind of each support in one flat list."""
    return orjson.dumps([number for one in member.placed for number in (one.slot, one.sentence, _kind(one))])


def _kind(placed: Placed) -> int:
    return (not placed.primary) + 2 * placed.figure


def read_placed(raw: bytes) -> tuple[Placed, ...]:
    """The supports of an article as they were saved."""
    numbers = iter(orjson.loads(raw))
    rows = zip(numbers, numbers, numbers, strict=True)
    return tuple([Placed(slot, sentence, not kind & 1, bool(kind & 2)) for slot, sentence, kind in rows])


def _save_claims(state: State, was: StoryState, after: StoryState) -> None:
    prefix = claims_prefix(after.story_id)
    for number, (page, other) in enumerate(zip_longest(was.claims, after.claims, fillvalue=())):
        if page is not other and not (len(page) == len(other) and all(map(_same_row, page, other))):
            state.put(f"{prefix}{number:06d}", orjson.dumps(list(map(_row, other))) if other else None)


def _row(claim: ClaimState | None) -> tuple[str, int] | None:
    return None if claim is None else (claim.shown.claim_id, claim.shown.since_version)


def _same_row(one: ClaimState | None, other: ClaimState | None) -> bool:
    return one is other or _row(one) == _row(other)
