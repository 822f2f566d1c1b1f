"""Which claims of a story the sentences of a new article may state, found through the words they share."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import chain
from typing import NamedTuple

from stories.fold.content import content_words
from stories.fold.likeness import SAME, Likeness, contrary, figure_in_common, likeness
from stories.fold.lines import Line, distinctive
from stories.fold.pages import get
from stories.fold.state import WORDINGS, ClaimState, Member, Ref, StoryState
from stories.fold.tallies import near_figures, one_toll

ALIKE = 0.40
"""Likeness from which two sentences state the same; of hand-labelled pairs of a wire story and its rewrites the
lowest true one has 0.44, the highest false one 0.38."""
ALMOST = 0.32
"""Likeness that is enough where the neighbouring sentences map to neighbouring claims."""
_ALIKE_LATER, LATER = 0.5, timedelta(hours=36)
"""The same of articles that came out so far apart, with no figure in common: what then comes again in the words of the
first report is mostly what has led to the news."""
ALIKE_THOUGH_SHORT = 0.58
"""Likeness that a sentence of a few telling words needs: it must say nearly the same, word for word."""
LONE, LONE_THOUGH_SHORT = 0.21, 0.24
"""Likeness that is enough of two reports of one time where no other sentence of either is half as like the other.

It counts in full where the two articles are found to tell the same: between these, 32 of the 35 pairs of the labelled
stories that had this much and no firm match were true, from 0.15 on. Else it is worth less: of articles that have
little in common, or at two times, half such pairs say two things in the same words."""
_KIN, KIN_UNDATED = 0.15, 0.25
"""Share of the shorter article that must have found its like in the other for the two to tell the same, and, of
articles without a date, to be of one time, too."""
_IN_ORDER, _STRANGERS = 0.84, 0.58
"""What likeness is worth if they do not: where a neighbour of both sentences matches, and where none does."""
_ONE_TIME = timedelta(hours=12)
_CLEARLY = 0.6
"""What the next best may be like, as a share of the best."""
_LOOKUPS = 240
"""Entries of the inverted index read for one sentence, rarest words first: keeps the cost off the story's size."""
_CANDIDATES = 6
_FAINT = 0.12
"""Likeness that is not looked at."""
_WEAK = 0.16
"""Likeness that the rules do not look at."""
_STRANGE = 0.15
"""Likeness below which two sentences have nothing to do with one another."""
_LIKELY = 0.16
"""Share of a sentence's weight that it must have in common with a claim to be compared with it."""
_SAID_AGAIN = 6
"""Words from which a sentence that comes again word for word was taken over, however little they tell."""
_NEAR = 2
_TOLD, _TELLS_MUCH = 2, 4.5


Anchors = Mapping[str, Sequence[tuple[int, int]]]


class Match(NamedTuple):
    """A claim that a sentence may state: best likeness, wordings that bear it out, and how many are strangers to it."""

    line: Line
    slot: int
    best: Likeness
    wordings: tuple[Line, ...]
    strangers: int

    @property
    def firm(self) -> bool:
        """Whether both sides have words enough to be joined on their own strength."""
        return self.line.able and any(wording.able for wording in self.wordings)


def compared(story: StoryState, member: Member) -> list[Match]:
    """An article's sentences with the claims that have something in common with them."""
    return [match for line in member.lines.values() for match in _of_line(story, line)] if story.norms else []


def by_rule(story: StoryState, member: Member, found: Iterable[Match]) -> list[Match]:
    """Those that hold by likeness, neighbours and rivals."""
    held: list[Match] = []
    open_ones: list[Match] = []
    for match in found:
        if match.best.score >= _WEAK:
            (held if _is_alike(story, member, match) else open_ones).append(match)
    if open_ones:
        held += _borne_out(story, member, open_ones, held)
    return held


def kin_of(story: StoryState, member: Member, held: Iterable[Match]) -> frozenset[str]:
    """Ids of the story's articles of one time with the article that are found to tell the same."""
    shares = shares_of(story, member, anchors_of(story, held))
    near = [own for own, share in shares.items() if share >= _KIN]
    return frozenset([own for own in near if of_one_time(member, story.members[own], shares[own])])


def in_order(match: Match) -> tuple[float, int, int]:
    """Sorts matches: best first, then by sentence and claim."""
    return -match.best.score, match.line.sentence, match.slot


def _is_alike(story: StoryState, member: Member, match: Match) -> bool:
    if match.best.score < (ALIKE if match.firm else ALIKE_THOUGH_SHORT):
        return False
    return match.best.score >= _ALIKE_LATER or any(_is_near(story, member, match.line, own) for own in match.wordings)


def _is_near(story: StoryState, member: Member, line: Line, wording: Line) -> bool:
    """Whether the two came out within some hours of one another, or give one figure."""
    then = story.members[wording.article_id].reported
    if then is None or member.reported is None or abs(member.reported - then) < LATER:
        return True
    return figure_in_common(line, wording) or one_toll(line, wording)


def _borne_out(story: StoryState, member: Member, open_ones: list[Match], held: list[Match]) -> list[Match]:
    """Weak matches that count: where neighbours of both sentences match, and where neither has a rival."""
    anchors = anchors_of(story, held)
    shares = shares_of(story, member, anchors)
    weighed = [_weighed(story, match, anchors, shares) for match in open_ones]
    rival = _rivals(chain([(own.match, own.worth) for own in weighed], [(own, own.best.score) for own in held]))
    return [own.match for own in weighed if _in_order(own) or _stands_out(story, member, own, rival(own.match))]


class _Weighed(NamedTuple):
    """A weak match: what its likeness is worth between these two articles, how many neighbours match, and the share of
    the articles that is alike."""

    match: Match
    worth: float
    neighbours: int
    share: float


def _in_order(own: _Weighed) -> bool:
    """Copies and rewrites keep the order: two neighbours that match are enough."""
    match = own.match
    repeated = match.line.norm == match.wordings[0].norm
    return own.neighbours >= 2 and match.best.score >= ALMOST and (match.firm or repeated)


def _stands_out(story: StoryState, member: Member, own: _Weighed, rival: float) -> bool:
    needed = LONE if own.match.firm else LONE_THOUGH_SHORT
    return own.worth >= needed and rival <= _CLEARLY * own.worth and _bears_out(story, member, own)


def _weighed(story: StoryState, match: Match, anchors: Anchors, shares: Mapping[str, float]) -> _Weighed:
    refs = known_refs(story, match, shares)
    if not refs:
        return _Weighed(match, match.best.score * _STRANGERS, 0, 0.0)
    neighbours = neighbours_of(match.line.sentence, refs, anchors)
    share = max([shares[ref.article_id] for ref in refs])
    if share >= _KIN:
        return _Weighed(match, match.best.score * (1.0 + share - _KIN), neighbours, share)
    return _Weighed(match, match.best.score * (_IN_ORDER if neighbours else _STRANGERS), neighbours, share)


def known_refs(story: StoryState, match: Match, anchors: Container[str]) -> list[Ref]:
    """Supports of the claim in articles of which a sentence matches."""
    return [ref for ref in get_claim(story, match.slot).refs[:_CANDIDATES] if ref.article_id in anchors]


def shares_of(story: StoryState, member: Member, anchors: Anchors) -> dict[str, float]:
    """By article the share of the shorter of the two that has found its like in the other, quotes left aside.

    Who quotes the same speech need not tell the same of it.
    """
    if not anchors:
        return {}
    own = _unquoted(member)
    lengths = {other: min(len(own), len(_unquoted(story.members[other]))) for other in anchors}
    found = {other: own.intersection([mine for mine, _ in pairs]) for other, pairs in anchors.items()}
    return {other: len(found[other]) / max(1, lengths[other]) for other in anchors}


def _unquoted(member: Member) -> set[int]:
    return {number for number, line in member.lines.items() if '"' not in line.text and "“" not in line.text}


def _rivals(weighed: Iterable[tuple[Match, float]]) -> Callable[[Match], float]:
    """Of a match: the likeness of the next best of its sentence or claim."""
    by_line: dict[int, list[float]] = {}
    by_slot: dict[int, list[float]] = {}
    for match, score in weighed:
        by_line.setdefault(match.line.sentence, []).append(score)
        by_slot.setdefault(match.slot, []).append(score)
    return lambda match: max(_second(by_line[match.line.sentence]), _second(by_slot[match.slot]))


def _second(scores: Sequence[float]) -> float:
    return sorted(scores)[-2] if len(scores) > 1 else 0.0


def _bears_out(story: StoryState, member: Member, own: _Weighed) -> bool:
    """Whether both are reports of one time, and have more in common than the office and name of whom they quote.

    A word that tells much is worth two, a figure in common one; two neighbours are enough.
    """
    line, wording = own.match.line, own.match.wordings[0]
    other = story.members[wording.article_id]
    if not of_one_time(member, other, own.share) or contrary(line.words, wording.words):
        return False
    figure = figure_in_common(line, wording)
    if not figure and _on_two_counts(line, wording):
        return False
    if own.neighbours > 1:
        return True
    content = content_words(line, member.facts) & content_words(wording, other.facts)
    telling = sum(2 if line.words[word] >= _TELLS_MUCH else 1 for word in content)
    return telling + figure >= _TOLD


def of_one_time(one: Member, other: Member, share: float) -> bool:
    """Whether both came out within half a day.

    Of articles without a date it is taken to be so if they have much in common.
    """
    if one.reported is None or other.reported is None:
        return share >= KIN_UNDATED
    return abs(one.reported - other.reported) <= _ONE_TIME


def _on_two_counts(one: Line, other: Line) -> bool:
    """Whether both give telling figures, and none of them are near one another."""
    if not (any(map(distinctive, one.amounts)) and any(map(distinctive, other.amounts))):
        return False
    return not near_figures(one, other)


def _of_line(story: StoryState, line: Line) -> list[Match]:
    same = story.norms.get(line.norm, ())
    if same:
        return [_repeated(story, line, slot) for slot in same]
    if not line.comparable:
        return []
    compared = (_compared(story, line, slot) for slot in _candidates(story, line))
    return [match for match in compared if match.best.score >= _FAINT]


def _repeated(story: StoryState, line: Line, slot: int) -> Match:
    """The same words again; too few of them mean little by themselves, and must keep the order too."""
    wordings = tuple(wording for wording in get_claim(story, slot).wordings if wording.norm == line.norm)
    telling = line.able or len(line.norm.split()) >= _SAID_AGAIN
    return Match(line, slot, SAME if telling else SAME._replace(score=ALMOST), wordings, 0)


def _candidates(story: StoryState, line: Line) -> list[int]:
    known, weights = story.words, line.words
    postings = sorted(
        [(len(slots), word, weights[word], slots) for word in line.bag.tellers if (slots := known.get(word))]
    )
    votes: dict[int, float] = {}
    read = 0
    for length, _, weight, slots in postings:
        read += length
        if read > _LOOKUPS and votes:
            break
        for slot in slots:
            votes[slot] = votes.get(slot, 0.0) + weight
    least = _LIKELY * line.weight
    likely = sorted([(-weight, slot) for slot, weight in votes.items() if weight >= least])
    return [slot for _, slot in likely[:_CANDIDATES]]


def _compared(story: StoryState, line: Line, slot: int) -> Match:
    scores = [(likeness(line, wording), wording) for wording in get_claim(story, slot).wordings[:WORDINGS]]
    best = max(score for score, _ in scores)
    alike = [own for own in scores if own[0].score >= min(ALIKE, best.score)]
    if len(alike) > 1:
        alike.sort(key=lambda own: -own[0].score)
    wordings = tuple([wording for _, wording in alike])
    return Match(line, slot, best, wordings, sum(1 for score, _ in scores if score.score < _STRANGE))


def get_claim(story: StoryState, slot: int) -> ClaimState:
    """The claim in the slot; raises `LookupError` if there is none."""
    claim = get(story.claims, slot)
    if claim is None:
        raise LookupError(f"no claim in slot {slot}")
    return claim


def anchors_of(story: StoryState, held: Iterable[Match]) -> dict[str, list[tuple[int, int]]]:
    """By article the pairs of sentences that match."""
    anchors: dict[str, list[tuple[int, int]]] = {}
    for match in held:
        for ref in get_claim(story, match.slot).refs[:_CANDIDATES]:
            if not ref.figure:
                anchors.setdefault(ref.article_id, []).append((match.line.sentence, ref.sentence))
    return anchors


def neighbours_of(here: int, refs: Iterable[Ref], anchors: Anchors) -> int:
    """How many sentences close by map to sentences close by."""
    near = {
        mine
        for ref in refs
        for mine, theirs in anchors[ref.article_id]
        if 0 < abs(here - mine) <= _NEAR and 0 < abs(ref.sentence - theirs) <= _NEAR
    }
    return len(near)
