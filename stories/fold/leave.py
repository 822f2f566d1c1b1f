"""An article leaves a story: what it alone supported goes, and copies of it are linked to one another."""

from stories.fold.copies import relinked
from stories.fold.draft import Draft
from stories.fold.entities import remove_entities
from stories.fold.quotes import remove_quotes
from stories.fold.state import Member


def leave(draft: Draft, article_id: str) -> None:
    """Takes the article out; one that is not there changes nothing."""
    member = draft.members.get(article_id)
    if member is None:
        return
    draft.quotes = remove_quotes(draft.quotes, member, draft.members)
    draft.entities = remove_entities(draft.entities, member, draft.members)
    for slot in _slots(member):
        draft.unsupport(slot, article_id)
    draft.drop_member(article_id)
    _regroup(draft, article_id)


def _slots(member: Member) -> list[int]:
    return list(dict.fromkeys([placed.slot for placed in member.placed]))


def _regroup(draft: Draft, gone: str) -> None:
    """Articles always link to one that joined before them, so one pass in order of joining settles all groups."""
    for member in list(draft.members.values()):
        linked = relinked(draft, member) if member.copied == gone else member
        group = draft.members[linked.copied].group if linked.copied else member.facts.source
        if linked is not member or group != member.group:
            draft.put_member(linked.regrouped(group))
            for slot in _slots(member):
                draft.touch(slot)
