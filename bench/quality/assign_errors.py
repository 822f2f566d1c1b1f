"""What went wrong where articles were put into stories: the worst errors first, with what the decision saw.

    python -m bench.quality.assign_errors ../shared/data look-alikes [--worst 20] [--kind parted]

An error is two groups of articles: of two true stories that stand in one found story (joined), or of one true story
that stand in two found ones (parted). It weighs as many pairs of articles as it gets wrong. It is shown by the later
group's first article, with what was recorded of its decision (`Why`), and the article of the other group most like it.
A parted one has a cause (`Cause`): a table counts them, for the two parts of the data. Articles are told by their
titles, or by how they begin; weights are chosen on these data, so what is seen here may be
mended by rules that hold elsewhere, and by no others.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from bench.quality.assign import CORPORA, Row, Run, assign_all, load_corpus
from schemas.articles import Facts
from schemas.stories import Why
from stories.assign.likeness import Likeness, asked, likeness
from stories.assign.shelf import DAY, WINDOW
from stories.assign.traces import trace_of
from stories.assign.weights import WEIGHTS


class Placed(NamedTuple):
    """A labelled article: its number in the stream, its row, its true story, the found one, the one that the decision
    put it into, and the decision."""

    number: int
    row: Row
    true: str
    found: str
    decided: str
    why: Why

    @property
    def facts(self) -> Facts:
        """What is known of it."""
        return self.row.facts


class Cause(StrEnum):
    """Why an article did not come to the story of another one, or did not stay there."""

    MOVED = "was with it, until one of the two was moved"
    OVER = "came after the other had left the window"
    COPY = "copies an article of another story"
    BETTER = "another story fitted better"
    UNSEEN = "another story fitted, this one was not among the best"
    NEARLY = "nothing fitted, this one by a fifth at most"
    UNLIKE = "nothing fitted, this one by far"
    LOST = "nothing fitted, though the two articles would"


NEARLY = 0.8
"""Share of the bar from which a story nearly fitted."""


class Error(NamedTuple):
    """Two groups that were joined or parted, as the pairs of articles that this gets wrong, and two articles of them.

    `later` is the first article of the group that came second; `other` is the one of the other group most like it.
    """

    kind: str
    pairs: int
    later: Placed
    other: Placed
    alike: Likeness


def errors(rows: Sequence[Row], run: Run) -> list[Error]:
    """All errors among the labelled articles, the worst first, of equal ones the earlier."""
    placed = [
        Placed(number, row, row.story, found, decided, why)
        for number, (row, found, decided, why) in enumerate(zip(rows, run.stories, run.decided, run.whys, strict=True))
        if row.story
    ]
    joined = _errors("joined", placed, lambda one: one.found, lambda one: one.true)
    parted = _errors("parted", placed, lambda one: one.true, lambda one: one.found)
    return sorted([*joined, *parted], key=lambda one: (-one.pairs, one.later.number, one.kind))


Name = Callable[[Placed], str]


def _errors(kind: str, placed: Sequence[Placed], whole: Name, part: Name) -> Iterator[Error]:
    """Every two parts of a whole, the parts being in the order in which they began."""
    wholes: dict[str, dict[str, list[Placed]]] = {}
    for one in placed:
        wholes.setdefault(whole(one), {}).setdefault(part(one), []).append(one)
    for parts in wholes.values():
        for first, second in combinations(parts.values(), 2):
            other, alike = _nearest(second[0], first)
            yield Error(kind, len(first) * len(second), second[0], other, alike)


def _nearest(one: Placed, others: Sequence[Placed]) -> tuple[Placed, Likeness]:
    alike = [(other, _likeness(one.facts, other.facts)) for other in others]
    return max(alike, key=lambda pair: pair[1].score)


def _likeness(one: Facts, other: Facts) -> Likeness:
    first, second = (trace_of(facts, facts.language, _seconds(facts)) for facts in (one, other))
    days = abs((first.at or 0) - (second.at or 0)) / DAY if first.at and second.at else 0.0
    return likeness(asked(first), second, days, WEIGHTS)


def _seconds(facts: Facts) -> int | None:
    return int(facts.published_at.timestamp()) if facts.published_at else None


def cause(error: Error) -> Cause:
    """Why the two are parted, by the decision on the later one."""
    later, other, why = error.later, error.other, error.later.why
    scores = {rival.story_id: rival.score for rival in why.rivals}
    fit = scores.get(other.decided, scores.get(other.found))
    if later.decided == other.decided or later.decided == other.found:
        return Cause.MOVED
    if error.alike.days > WINDOW / DAY:
        return Cause.OVER
    if why.copy_of:
        return Cause.COPY
    if why.score >= WEIGHTS.threshold:
        return Cause.UNSEEN if fit is None else Cause.BETTER
    if fit is None and error.alike.score >= WEIGHTS.threshold:
        return Cause.LOST
    near = error.alike.score if fit is None else fit
    return Cause.NEARLY if near >= NEARLY * WEIGHTS.threshold else Cause.UNLIKE


def table(parted: Sequence[Error]) -> Iterator[str]:
    """A line a cause: how often, and pairs of articles, in the first part of the data and in the second."""
    for one in Cause:
        parts = [
            [error for error in parted if cause(error) == one and error.later.row.first == part]
            for part in (True, False)
        ]
        counts = " ".join(f"{len(part):4d} times {sum(error.pairs for error in part):5d} pairs" for part in parts)
        yield f"  {counts}  {one}"


def told(error: Error) -> str:
    """In three lines: how bad, what the decision saw, and both articles."""
    why, alike = error.later.why, error.alike
    seen = ", ".join(f"{name} {part:.2f}" for name, part in why.parts.items())
    fields = ", ".join(f"{name} {part:.2f}" for name, part in alike._asdict().items() if name != "score")
    return (
        f"{error.kind} {error.pairs} pairs: {error.later.true} | {error.other.true}\n"
        f"  decided by {why.score:.3f} (bar {why.threshold}; {seen}); the two: {alike.score:.3f} ({fields})\n"
        f"  {_head(error.later.facts)}\n  {_head(error.other.facts)}"
    )


def _head(facts: Facts, width: int = 110) -> str:
    return f"[{facts.source} {facts.published_at or ''}] {facts.title or facts.text}"[:width].replace("\n", " ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("corpus", choices=CORPORA)
    parser.add_argument("--since", default="", help="leave out articles before this day")
    parser.add_argument("--worst", type=int, default=20)
    parser.add_argument("--kind", choices=("joined", "parted"), help="only these")
    options = parser.parse_args()
    rows = load_corpus(options.data, options.corpus, options.since)
    found = errors(rows, assign_all(rows))
    for kind in ("joined", "parted"):
        chosen = [one for one in found if one.kind == kind]
        print(f"{kind}: {len(chosen)} times, {sum(one.pairs for one in chosen)} pairs of articles")
        if kind == "parted":
            print("\n".join(table(chosen)))
    shown = [one for one in found if options.kind in (None, one.kind)]
    for one in shown[: options.worst]:
        print(told(one))


if __name__ == "__main__":
    main()
