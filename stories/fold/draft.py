"""A version in the making: changes collected on top of a story that stays as it is."""

from collections.abc import Iterable
from dataclasses import replace

from schemas.events import stable_id
from stories.fold.describe import describe
from stories.fold.pages import PagesDraft
from stories.fold.postings import repost
from stories.fold.revisions import Former
from stories.fold.roll import called
from stories.fold.state import ClaimState, Member, Placed, Ref, StoryState


class Draft:
    """Takes articles and supports in and out; `freeze` gives the story with every changed claim described anew."""

    def __init__(self, story: StoryState, version: int, former: Former | None = None) -> None:
        self.story = story
        self.version = version
        self._former = former if former is not None else Former()
        self.members = dict(story.members)
        self._met: dict[str, None] = {}
        self.entities = story.entities
        self.quotes = story.quotes
        self._claims = PagesDraft(story.claims)
        self._ids = story.ids.copy()
        self._refs: dict[int, tuple[Ref, ...]] = {}
        self._still_said: frozenset[str] | None = None
        self._new: dict[int, tuple[str, int]] = {}

    def refs(self, slot: int) -> tuple[Ref, ...]:
        """Supports of the claim as they stand in this draft."""
        if slot in self._refs:
            return self._refs[slot]
        claim = self._claims.get(slot)
        return claim.refs if claim is not None else ()

    def found(self, founder: Ref, others: Iterable[Ref] = ()) -> int:
        """A new claim that the sentence begins, and others before it state; gives its slot. Its id stays with it."""
        slot = self._claims.size
        self._claims.put(slot, None)
        continued = self._continued(founder) if self._former.ids else None
        claim_id, since = continued or (self._free_id(founder), self.version)
        self._ids[claim_id] = slot
        self._new[slot] = claim_id, since
        self._refs[slot] = (*others, founder)
        return slot

    def _continued(self, founder: Ref) -> tuple[str, int] | None:
        """Id and first version of the claim that the article's old text made with this sentence."""
        lines = self.members[founder.article_id].lines
        if self._still_said is None:
            self._still_said = frozenset(line.norm for line in lines.values())
        claim = self._former.take(lines[founder.sentence], self._still_said)
        return (claim.shown.claim_id, claim.shown.since_version) if claim is not None else None

    def _free_id(self, founder: Ref) -> str:
        """An edited article may begin a claim where its old text began one that lives on."""
        parts = [self.story.story_id, founder.article_id, str(founder.sentence)]
        while (claim_id := stable_id(*parts)[:12]) in self._ids or claim_id in self._former.ids:
            parts.append("again")
        return claim_id

    def support(self, slot: int, ref: Ref) -> None:
        """One more sentence states the claim."""
        self._refs[slot] = (*self.refs(slot), ref)

    def unsupport(self, slot: int, article_id: str) -> None:
        """The article's sentences no longer state the claim, which ends with its last primary support."""
        left = tuple(ref for ref in self.refs(slot) if ref.article_id != article_id)
        self._refs[slot] = left if any(ref.primary for ref in left) else ()

    def touch(self, slot: int) -> None:
        """Something about its supports has changed: the claim is to be described anew."""
        self._refs[slot] = self.refs(slot)

    def next_number(self) -> int:
        """A number beyond that of the article that joined last."""
        last = next(reversed(self.members.values()), None)
        return last.joined + 1 if last is not None else 0

    def put_member(self, member: Member) -> None:
        """Adds an article, or replaces what is known of it."""
        self.members[member.facts.article_id] = member
        self._met[member.facts.article_id] = None

    def drop_member(self, article_id: str) -> None:
        """Takes an article out of the list; its supports are taken back one by one."""
        del self.members[article_id]
        self._met[article_id] = None

    def freeze(self) -> StoryState:
        """The story with all changes; whoever called sets status and the like."""
        words, norms = dict(self.story.words), self.story.norms.copy()
        gone: list[ClaimState] = []
        come: list[ClaimState] = []
        self._place()
        for slot, refs in self._refs.items():
            before = self._claims.get(slot)
            after = self._described(slot, refs, before)
            repost(words, norms, slot, before, after)
            self._claims.put(slot, after)
            if before is not None:
                gone.append(before)
            if after is not None:
                come.append(after)
        return replace(
            self.story,
            version=self.version,
            met=(*self.story.met, *self._met),
            members=self.members,
            roll=called(self.story.roll, self.story.members, self.members, self._met),
            claims=self._claims.freeze(),
            orders=self.story.orders.changed(gone, come),
            disputes=self.story.disputes + _disputes(come) - _disputes(gone),
            ids=self._ids,
            words=words,
            norms=norms,
            entities=self.entities,
            quotes=self.quotes,
        )

    def _place(self) -> None:
        """Tells every article where its sentences went, as far as that is not what it was."""
        gone: dict[str, list[Placed]] = {}
        come: dict[str, list[Placed]] = {}
        for slot, refs in self._refs.items():
            claim = self._claims.get(slot)
            before = claim.refs if claim is not None else ()
            for ref in _without(before, refs):
                gone.setdefault(ref.article_id, []).append(Placed(slot, *ref[1:]))
            for ref in _without(refs, before):
                come.setdefault(ref.article_id, []).append(Placed(slot, *ref[1:]))
        for article_id in {**gone, **come}:
            if article_id in self.members:
                member, left = self.members[article_id], gone.get(article_id, ())
                placed = [*(one for one in member.placed if one not in left), *come.get(article_id, ())]
                self.put_member(replace(member, placed=tuple(placed)))

    def _described(self, slot: int, refs: tuple[Ref, ...], before: ClaimState | None) -> ClaimState | None:
        if before is None:
            claim_id, since = self._new[slot]
        else:
            claim_id, since = before.shown.claim_id, before.shown.since_version
        if not refs:
            self._ids.pop(claim_id, None)
            return None
        grown = before is not None and len(refs) > len(before.refs) and _grown(refs, before.refs)
        return describe(claim_id, refs, since, self.members, before if grown else None)


def _disputes(claims: Iterable[ClaimState]) -> int:
    return sum([len(claim.discrepancies) for claim in claims])


def _grown(refs: tuple[Ref, ...], before: tuple[Ref, ...]) -> bool:
    """Whether supports only came: one that goes moves all that stand behind it."""
    return not before or (len(refs) >= len(before) and refs[len(before) - 1] is before[-1])


def _without(refs: tuple[Ref, ...], others: tuple[Ref, ...]) -> tuple[Ref, ...]:
    if _grown(refs, others):
        return refs[len(others) :]
    if _grown(others, refs):
        return ()
    known = set(others)
    return tuple(ref for ref in refs if ref not in known)
