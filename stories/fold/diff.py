"""`diff(before, after) -> Update`: what one version brings, to be read by people and filtered by programs."""

from datetime import datetime
from typing import Literal

from schemas.story import Update
from stories.fold.alterations import alterations
from stories.fold.changes import changed_claims
from stories.fold.novelties import novelties
from stories.fold.significance import significance
from stories.fold.state import StoryState
from stories.fold.telling import told

UpdateKind = Literal["opened", "joined", "revised", "withdrawn", "merged", "split", "linked", "closed"]


def diff(
    before: StoryState | None,
    after: StoryState,
    *,
    kind: UpdateKind,
    cause: str = "",
    article_id: str | None = None,
    other: str | None = None,
    strength: float | None = None,
    at: datetime | None = None,
) -> Update:
    """The step between two versions. `cause` is the id of the story event; it is about an article or another story."""
    was = before if before is not None else StoryState(after.story_id)
    changes = changed_claims(was, after)
    new, changed = novelties(was, after, changes), alterations(was, after, changes)
    return Update(
        story_id=after.story_id,
        version=after.version,
        kind=kind,
        cause=cause,
        article_id=article_id,
        other=other,
        strength=strength,
        merged_into=after.merged_into,
        title=after.title,
        new=new,
        changed=changed,
        significance=significance(kind, new, changed),
        summary=told(kind, _who(was, after, article_id), new, changed, strength),
        at=at,
    )


def _who(before: StoryState, after: StoryState, article_id: str | None) -> str:
    member = after.members.get(article_id or "") or before.members.get(article_id or "")
    return member.facts.source if member is not None else "A source"
