"""An article leaves a story: what it alone supported goes, and copies of it are linked to one another."""

from stories.fold.copies import relinked
from stories.fold.draft import Draft
from stories.fold.entities import remove_entities
from stories.fold.postings import TALLIED
from stories.fold.quotes import remove_quotes
from stories.fold.state import Member


def leave(draft: Draft, article_id: str) -> None:
    """Takes the article out; one that is not there changes nothing."""
    member = draft.members.get(article_id)
    if member is None:
        return
    draft.quotes = remove_quotes(draft.quotes, member, draft.members)
    draft.entities = remove_entities(draft.entities, member, draft.members)
    for slot in _slots(draft, member):
        draft.unsupport(slot, article_id)
    del draft.members[article_id]
    _regroup(draft, article_id)


def _slots(draft: Draft, member: Member) -> list[int]:
    norms = draft.story.norms
    keys = (key for line in member.lines.values() for key in (line.norm, TALLIED + line.norm))
    found = {slot: None for key in keys for slot in norms.get(key, ())}
    return [slot for slot in found if any(ref.article_id == member.facts.article_id for ref in draft.refs(slot))]


def _regroup(draft: Draft, gone: str) -> None:
    """Articles always link to one that joined before them, so one pass in order of joining settles all groups."""
    for member in list(draft.members.values()):
        linked = relinked(draft, member) if member.copied == gone else member
        group = draft.members[linked.copied].group if linked.copied else member.facts.source
        if linked is not member or group != member.group:
            draft.put_member(linked.regrouped(group))
            for slot in _slots(draft, member):
                draft.touch(slot)
