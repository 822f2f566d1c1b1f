"""An article joins a story: each of its sentences supports a claim that is there or begins a new one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from schemas.articles import Facts
from stories.fold.copies import linked
from stories.fold.draft import Draft
from stories.fold.entities import place_entities
from stories.fold.likeness import VERBATIM
from stories.fold.lines import Line, telling
from stories.fold.match import Match, compared, in_order, kin_of
from stories.fold.members import read_member
from stories.fold.pages import get
from stories.fold.quotes import place_quotes
from stories.fold.restated import restatements
from stories.fold.state import Member, Ref
from stories.fold.successors import successions
from stories.fold.tallies import TOLL_KEYS, homes, takes, tallies
from stories.fold.terms import Words
from stories.fold.uttered import uttered
from stories.fold.weighed import matches

_LOOK_BACK = 32
"""Supports of a claim that are taken into one beside it, at most."""
_TOLD = 3
_RESIDUE = 0.6
"""Share of the second claim's words that must stand in what the first claim leaves of a sentence."""


def join(draft: Draft, facts: Facts) -> None:
    """Adds the article. A sentence with two statements may support two claims, as primary in one of them."""
    member = replace(read_member(facts), joined=draft.next_number())
    likely = compared(draft.story, member)
    found = matches(draft.story, member, likely)
    member = linked(draft, member, found)
    draft.put_member(member)
    draft.entities, entity_ids = place_entities(draft.entities, member, draft.members)
    member = replace(member, entity_ids=entity_ids)
    draft.put_member(member)
    draft.quotes, quote_ids = place_quotes(draft.quotes, member, draft.members)
    member = replace(member, quote_ids=quote_ids)
    draft.put_member(member)
    found += uttered(draft, member, {(match.line.sentence, match.slot) for match in found})
    placing = _Placing(draft, member, kin_of(draft.story, member, found))
    placing.place(sorted(found, key=in_order), successions(draft.story, member, likely))


class _Placing:
    """Gives every sentence its claims: best matches first, then what is left begins claims of its own."""

    def __init__(self, draft: Draft, member: Member, kin: frozenset[str]) -> None:
        self._draft = draft
        self._lines = member.lines
        self._kin = kin
        self._primary: dict[int, Match | None] = {}
        self._slots: dict[int, int] = {}
        self._taken: dict[int, Line] = {}
        self._again = restatements(member)

    def place(self, found: Iterable[Match], followed: Iterable[Match]) -> None:
        for match in found:
            if match.line.sentence in self._primary:
                self._second(match)
            else:
                self._first(match)
        for match in followed:
            if match.line.sentence not in self._primary:
                self._begin_beside(match, figure=True)
        self._tally()
        self._begin_claims()

    def _first(self, match: Match) -> None:
        holder = self._taken.get(match.slot)
        if _fits(match) if holder is None else holder in self._again.get(match.line.sentence, ()):
            self._support(match, primary=True)
        elif match.line.able:
            self._begin_beside(match)

    def _support(self, match: Match, *, primary: bool) -> None:
        self._draft.support(match.slot, Ref(match.line.article_id, match.line.sentence, primary))
        self._taken.setdefault(match.slot, match.line)
        if primary:
            self._put(match.line, match.slot, match)

    def _put(self, line: Line, slot: int, match: Match | None = None) -> None:
        """This is the claim that the sentence chiefly states."""
        self._primary[line.sentence] = match
        self._slots[line.sentence] = slot

    def _begin_beside(self, match: Match, *, figure: bool = False) -> None:
        """The claim's sentences say more than one thing: what this sentence shares with them is a claim of its own.

        Where that is a `figure` that has gone on, they support it by what this was.
        """
        norms = {wording.norm for wording in match.wordings}
        both = [
            Ref(ref.article_id, ref.sentence, primary=False, figure=figure)
            for ref in self._draft.refs(match.slot)[:_LOOK_BACK]
            if ref.article_id != match.line.article_id and self._line(ref).norm in norms
        ]
        self._put(match.line, self._draft.found(Ref(match.line.article_id, match.line.sentence), both))

    def _second(self, match: Match) -> None:
        first = self._primary[match.line.sentence]
        if first is None or match.slot in self._taken or match.slot == first.slot:
            return
        if match.best.jaccard >= VERBATIM or _in_residue(match, first):
            self._support(match, primary=False)

    def _tally(self) -> None:
        """A sentence that gives the figure of a claim supports it, even if it says other things of its own."""
        for line in self._lines.values():
            for key, slots in homes(self._draft.story, line, self._kin) if line.amounts else ():
                open_ones = [slot for slot in slots if self._takes(slot, key, line)]
                for slot in _both_ends(open_ones) if key in TOLL_KEYS else self._home(open_ones):
                    self._support_by_figure(slot, line)
                if not open_ones and line.able and self._may_begin(line, key) and not self._gave(slots, key):
                    self._begin_with(line, slots[0], key)

    def _may_begin(self, line: Line, key: str) -> bool:
        """Whether it has no claim yet, or says more than that: tolls run through one claim."""
        return line.sentence not in self._primary or key not in TOLL_KEYS

    def _home(self, slots: Sequence[int]) -> Sequence[int]:
        """The first of the claims; where the sentence is there already, the first that gathers by a figure."""
        if not slots or slots[0] not in self._taken:
            return slots[:1]
        claims = ((slot, get(self._draft.story.claims, slot)) for slot in slots[1:])
        return [slot for slot, claim in claims if claim is not None and claim.tallied][:1]

    def _gave(self, slots: Sequence[int], key: str) -> bool:
        """Whether another sentence of the article has given the figure to one of the claims."""
        return any(key in tallies(self._taken[slot]) for slot in slots if slot in self._taken)

    def _takes(self, slot: int, key: str, line: Line) -> bool:
        return takes(get(self._draft.story.claims, slot), key) and self._taken.get(slot, line) is line

    def _support_by_figure(self, slot: int, line: Line) -> None:
        if slot in self._taken:
            return
        self._taken[slot] = line
        whole = not line.able and line.sentence not in self._primary
        self._draft.support(slot, Ref(line.article_id, line.sentence, primary=whole, figure=not whole))
        if whole:
            self._put(line, slot)

    def _begin_with(self, line: Line, slot: int, key: str) -> None:
        """The claim gathers sentences for another of its figures: those that give this one get a claim of their own."""
        both = [
            Ref(ref.article_id, ref.sentence, primary=False, figure=True)
            for ref in self._draft.refs(slot)
            if ref.article_id != line.article_id and key in tallies(self._line(ref))
        ]
        self._put(line, self._draft.found(Ref(line.article_id, line.sentence), both))

    def _line(self, ref: Ref) -> Line:
        return self._draft.members[ref.article_id].lines[ref.sentence]

    def _begin_claims(self) -> None:
        for number, line in self._lines.items():
            if number in self._primary:
                continue
            slot = next(
                (self._slots[own.sentence] for own in self._again.get(number, ()) if own.sentence in self._slots), None
            )
            if slot is None:
                slot = self._draft.found(Ref(line.article_id, number))
            else:
                self._draft.support(slot, Ref(line.article_id, number))
            self._put(line, slot)

    def _said_before(self, number: int) -> int | None:
        """The claim of a sentence of the article that says the same."""
        others = (other.sentence for other in self._again.get(number, ()))
        return next((self._slots[other] for other in others if other in self._slots), None)


def _both_ends(slots: Sequence[int]) -> Sequence[int]:
    """Of the claims that give a toll, the one with its value and the one that told the toll first."""
    return sorted({slots[0], min(slots)}) if slots else ()


def _fits(match: Match) -> bool:
    """Whether the sentence is like half of the claim's wordings at least a little: a claim must not drift."""
    return match.strangers <= len(match.wordings)


def _in_residue(match: Match, first: Match) -> bool:
    """Whether what the first claim leaves of the sentence is what this claim says, or what one clause of it says."""
    spoken: set[str] = {word for wording in first.wordings for word in wording.words}
    left: Words = {word: weight for word, weight in match.line.words.items() if word not in spoken}
    bags = (bag.words for wording in match.wordings for bag in (wording.bag, *wording.clauses))
    return any(_covered({w: weight for w, weight in words.items() if w not in spoken}, left) for words in bags)


def _covered(said: Words, left: Words) -> bool:
    shared = [weight for word, weight in said.items() if word in left]
    return telling(shared) >= _TOLD and sum(shared) >= _RESIDUE * sum(said.values())
