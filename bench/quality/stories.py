"""How well the fold does on invented stories whose sentences are all labelled: `python -m bench.quality.stories`.

A pair of sentences counts as joined if one claim has both among its supports. `--missed` names what is not right.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from bench.quality.folding import facts_of, versions
from samples.labelled import HELD_OUT, Dispute, LabelledArticle, LabelledStory, Mark, labelled_stories
from samples.score import Count
from samples.truth import Statement
from schemas.articles import Facts
from schemas.story import Reading, Story
from stories.fold.likeness import one_text
from stories.fold.publish import publish
from stories.fold.state import StoryState

Place = tuple[str, int]
"""Article and number of a sentence."""
ROWS = (
    "claims joined, right",
    "claims found",
    "claims found, reworded",
    "copies and no others",
    "discrepancies shown",
    "no false discrepancies",
    "superseded figures",
    "quotes joined",
    "speakers right",
    "titles up to date",
)


@dataclass(frozen=True)
class Folded:
    """A labelled story after each of its articles, and the labels of its sentences."""

    told: LabelledStory
    facts: tuple[Facts, ...]
    states: tuple[StoryState, ...]
    shown: tuple[Story, ...]

    @property
    def refs(self) -> dict[str, str]:
        """Names of the articles in the labels, by the ids that they have in the run."""
        return {facts.article_id: own.ref for facts, own in zip(self.facts, self.told.articles, strict=True)}

    def words(self, place: Place) -> str:
        """A sentence's own."""
        ref, number = place
        facts = next(facts for facts in self.facts if self.refs[facts.article_id] == ref)
        return facts.sentences[number].of(facts.text)

    def labels(self) -> dict[Place, frozenset[str]]:
        """Of every sentence that could support a claim."""
        found: dict[Place, frozenset[str]] = {}
        for own, facts in zip(self.told.articles, self.facts, strict=True):
            marks = _by_sentence(own, facts)
            for number, sentence in enumerate(facts.sentences):
                if sentence.kind == "sentence":
                    found[own.ref, number] = frozenset(marks.get(number, ()))
        return found


def fold_story(told: LabelledStory) -> Folded:
    """Through clean, extract and fold, in the order of publication."""
    facts = tuple(_facts(own) for own in told.articles)
    states = tuple(versions(told.name, facts))
    return Folded(told, facts, states, tuple(map(publish, states)))


def _facts(own: LabelledArticle) -> Facts:
    facts = facts_of(own.row())
    if facts is None:
        raise ValueError(f"{own.ref} was refused")
    return facts


def _by_sentence(own: LabelledArticle, facts: Facts) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for mark in own.marks:
        found.setdefault(_sentence(own, facts, mark), []).extend(mark.labels)
    return found


def _sentence(own: LabelledArticle, facts: Facts, mark: Mark) -> int:
    at = facts.text.find(mark.words)
    number = next((n for n, s in enumerate(facts.sentences) if s.start <= at < s.end), None)
    if number is None:
        raise ValueError(f"{own.ref}: no sentence with {mark.words!r}")
    return number


def score_stories(told: Iterable[LabelledStory]) -> dict[str, Count]:
    """All counts over the stories."""
    counts = {row: Count() for row in ROWS}
    for story in told:
        folded = fold_story(story)
        _score_claims(folded, counts)
        _score_copies(folded, counts["copies and no others"])
        _score_disputes(folded, counts)
        _score_superseded(folded, counts["superseded figures"])
        _score_quotes(folded, counts)
        _score_titles(folded, counts["titles up to date"])
    return counts


def _score_titles(folded: Folded, count: Count) -> None:
    """After every article from which on there is a headline that the story has left behind: none of these is shown."""
    order = [own.ref for own in folded.told.articles]
    truth = folded.told.truth
    overtaken = [(own.words, order.index(own.by)) for own in truth.overtaken]
    overtaken += [(words, len(order) - 1) for words in truth.title_not]
    for at, shown in enumerate(folded.shown):
        stale = [words for words, since in overtaken if since <= at]
        if stale:
            right = not any(words.casefold() in shown.title.casefold() for words in stale)
            count.add(right, f"{folded.told.name} after {order[at]}: {shown.title}")


class Pair(NamedTuple):
    """Two sentences, whether they say the same, and whether one claim has both."""

    one: Place
    other: Place
    same: bool
    together: bool


def pairs_of(folded: Folded) -> Iterator[Pair]:
    """All pairs of labelled sentences but those on which readers would not agree."""
    labels, claims = folded.labels(), _claims(folded)
    for one, other in combinations(labels, 2):
        same = say_the_same(labels[one], labels[other])
        if same is not None:
            yield Pair(one, other, same, bool(claims.get(one, set()) & claims.get(other, set())))


def _score_claims(folded: Folded, counts: dict[str, Count]) -> None:
    for one, other, same, together in pairs_of(folded):
        what = f"{folded.told.name}: {_words(folded, one)} / {_words(folded, other)}"
        if together:
            counts["claims joined, right"].add(same, what)
        if same:
            counts["claims found"].add(together, what)
            if not _alike(folded, one, other):
                counts["claims found, reworded"].add(together, what)


def _claims(folded: Folded) -> dict[Place, set[str]]:
    found: dict[Place, set[str]] = {}
    for claim in folded.shown[-1].claims:
        for support in claim.supports:
            found.setdefault((folded.refs[support.article_id], support.sentence), set()).add(claim.claim_id)
    return found


def say_the_same(one: frozenset[str], other: frozenset[str]) -> bool | None:
    """Whether two sentences say the same; `None` where that is a matter of taste."""
    if any(not label.endswith("?") for label in one & other):
        return True
    stems = [{label.rstrip("?").partition(".")[0] for label in labels} for labels in (one, other)]
    return None if stems[0] & stems[1] else False


def _alike(folded: Folded, one: Place, other: Place) -> bool:
    members = {folded.refs[article_id]: member for article_id, member in folded.states[-1].members.items()}
    (ref, number), (ref_other, number_other) = one, other
    return one_text(members[ref].lines[number], members[ref_other].lines[number_other])


def _words(folded: Folded, place: Place) -> str:
    return f"{place[0]} {folded.words(place)[:90]!r}"


def _score_copies(folded: Folded, count: Count) -> None:
    true = {(copy.article, copy.original) for copy in folded.told.truth.copies}
    refs = folded.refs
    shown = {(refs[own.article_id], refs[own.copy_of]) for own in folded.shown[-1].articles if own.copy_of}
    for copy in sorted(true | shown):
        count.add(copy in true and copy in shown, f"{folded.told.name}: {copy}")


def _score_disputes(folded: Folded, counts: dict[str, Count]) -> None:
    """After every article: each that stands is shown, and no other is."""
    order = [own.ref for own in folded.told.articles]
    for at, shown in enumerate(folded.shown):
        standing = [it for it in folded.told.truth.discrepancies if _stands(it, order, at)]
        found = [(frozenset(float(v.value) for v in it.values), it) for it in shown.discrepancies]
        for dispute in (it for it in standing if it.sure):
            right = any(set(dispute.values) <= values and it.mild == dispute.mild for values, it in found)
            counts["discrepancies shown"].add(right, f"{folded.told.name} after {order[at]}: {dispute.values}")
        for values, it in found:
            right = any(set(dispute.values) <= values for dispute in standing)
            what = f"{folded.told.name} after {order[at]}: {it.counted} {it.unit or ''} {sorted(values)}"
            counts["no false discrepancies"].add(right, what)


def _stands(dispute: Dispute, order: Sequence[str], at: int) -> bool:
    ends = order.index(dispute.until) if dispute.until else len(order)
    return order.index(dispute.since) <= at < ends


def _score_superseded(folded: Folded, count: Count) -> None:
    order = [own.ref for own in folded.told.articles]
    for it in folded.told.truth.superseded:
        readings = list(_readings(folded.shown[order.index(it.by)]))
        for value in it.values:
            own = [reading.superseded for reading in readings if float(reading.value) == value]
            count.add(any(own), f"{folded.told.name}: {value:g} after {it.by}")


def _readings(story: Story) -> Iterator[Reading]:
    return (value for claim in story.claims for figure in claim.figures for value in figure.values)


def _score_quotes(folded: Folded, counts: dict[str, Count]) -> None:
    shown = folded.shown[-1].quotes
    for quote in folded.told.truth.quotes:
        homes = [set(_homes(folded, own)) for own in quote.wordings]
        for (one, left), (other, right) in combinations(zip(quote.wordings, homes, strict=True), 2):
            counts["quotes joined"].add(bool(left & right), f"{folded.told.name}: {one.ref} / {other.ref}")
        for own, home in zip(quote.wordings, homes, strict=True):
            speakers = [shown[n].speaker for n in sorted(home)]
            what = f"{folded.told.name}: {own.ref} {own.sentence!r}: {quote.speaker}, not {speakers}"
            counts["speakers right"].add(quote.speaker in speakers, what)


def _homes(folded: Folded, own: Statement) -> Iterator[int]:
    """Numbers of the quotes that have this wording from this article."""
    for number, quote in enumerate(folded.shown[-1].quotes):
        if any(folded.refs[w.article_id] == own.ref and own.sentence in w.text for w in quote.wordings):
            yield number


def tuned_and_held_out() -> tuple[tuple[LabelledStory, ...], tuple[LabelledStory, ...]]:
    """The stories that rules were mended on, and the others."""
    told = labelled_stories()
    return tuple(it for it in told if it.name not in HELD_OUT), tuple(it for it in told if it.name in HELD_OUT)


def main(arguments: Sequence[str]) -> None:
    """Prints every count of both sets."""
    for name, told in zip(("tuned", "held out"), tuned_and_held_out(), strict=True):
        for row, count in score_stories(told).items():
            print(f"{name:9} {row:24} {count.right:5} of {count.total}")
            for what in count.missed if "--missed" in arguments else ():
                print(f"    {what}")


if __name__ == "__main__":
    main(sys.argv[1:])
