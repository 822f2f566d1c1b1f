"""How well a run of Newsfold found what is true of the sample world.

`newsfold fold FOLDER --out DIR`, then `python -m samples.score DIR`. Reads the JSON Lines that leave a run.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from samples.truth import ClaimTruth, DiscrepancyTruth, QuoteTruth, Statement, Truth, load
from samples.world import World

Row = dict[str, Any]
Sentence = tuple[str, int]
"""Article id of the run, number of the sentence."""


@dataclass(slots=True)
class Count:
    """So many right of so many, and which were not."""

    right: int = 0
    total: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, right: bool, what: str) -> None:
        """Counts one."""
        self.right += right
        self.total += 1
        if not right:
            self.missed.append(what)


class Run:
    """What left a run, with the articles known by their ids in the sample world."""

    def __init__(self, directory: Path, world: World, tick: int) -> None:
        self.refs = {manuscript.article: manuscript.ref for manuscript in world.live(tick)}
        by_path = {world.path(article): article for article in world.firsts}
        self.articles = {_known_as(row, by_path): row for row in _rows(directory / "articles.jsonl")}
        self.stories = [row for row in _rows(directory / "stories.jsonl") if row["articles"]]
        self.names = {row["article_id"]: article for article, row in self.articles.items()}
        self.story_of = {own["article_id"]: row["story_id"] for row in self.stories for own in row["articles"]}
        self.claims_of: dict[Sentence, set[str]] = {}
        for claim in (claim for row in self.stories for claim in row["claims"]):
            for support in claim["supports"]:
                place = (support["article_id"], support["sentence"])
                self.claims_of.setdefault(place, set()).add(claim["claim_id"])

    def has(self, ref: str) -> bool:
        """Whether this version of the article is the one that was read."""
        article = ref.partition("@")[0]
        return self.refs.get(article) == ref and article in self.articles

    def sentence(self, statement: Statement) -> Sentence | None:
        """The sentence of the run in which the statement's words begin."""
        row = self.articles[statement.ref.partition("@")[0]]
        start = row["text"].find(statement.sentence)
        return next(
            ((row["article_id"], n) for n, own in enumerate(row["sentences"]) if start >= 0 and own["end"] > start),
            None,
        )

    def claims(self, statement: Statement) -> set[str]:
        """The claims that the statement supports."""
        found = self.sentence(statement)
        return self.claims_of.get(found, set()) if found else set()

    def story(self, article: str) -> str | None:
        """The story that the article is in."""
        row = self.articles.get(article)
        return self.story_of.get(row["article_id"]) if row else None


def score(directory: Path, tick: int | None = None) -> dict[str, Count]:
    """All counts of one run over what can be read at the tick (default: the last one)."""
    world, truth = World.load(), load()
    run = Run(directory, world, len(world.ticks) - 1 if tick is None else tick)
    now = len(world.ticks) - 1 if tick is None else tick
    return {
        "same story, together": _together(run, truth),
        "other story, apart": _apart(run, truth),
        "copies known": _copies(run, truth),
        "no false copies": _false_copies(run, truth),
        "same claim, together": _claims_together(run, truth.claims),
        "other claim, apart": _claims_apart(run, truth),
        "discrepancies shown": _disputes_shown(run, truth, now),
        "no false discrepancies": _false_disputes(run, truth, now),
        "names joined": _names(run, truth),
        "quotes joined": _quotes(run, truth.quotes),
        "speakers right": _speakers(run, truth.quotes),
        "titles up to date": _titles(run, truth),
    }


def _together(run: Run, truth: Truth) -> Count:
    count = Count()
    for story in truth.stories:
        for one, other in combinations([it for it in story.articles if it in run.articles], 2):
            count.add(run.story(one) == run.story(other), f"{one} / {other}")
    return count


def _apart(run: Run, truth: Truth) -> Count:
    count = Count()
    for one, other in combinations(sorted(run.articles), 2):
        if truth.story_of(one) is None or truth.story_of(one) != truth.story_of(other):
            count.add(run.story(one) != run.story(other), f"{one} / {other}")
    return count


def _shown_copies(run: Run) -> dict[str, str]:
    rows = (own for story in run.stories for own in story["articles"] if own.get("copy_of"))
    return {run.names[own["article_id"]]: run.names.get(own["copy_of"], "?") for own in rows}


def _copies(run: Run, truth: Truth) -> Count:
    shown, count = _shown_copies(run), Count()
    for copy in truth.copies:
        if copy.article in run.articles:
            count.add(shown.get(copy.article) == copy.original, f"{copy.article} of {copy.original}")
    return count


def _false_copies(run: Run, truth: Truth) -> Count:
    true, count = {copy.article for copy in truth.copies}, Count()
    for article, original in _shown_copies(run).items():
        count.add(article in true, f"{article} of {original}")
    return count


def _claims_together(run: Run, claims: Sequence[ClaimTruth]) -> Count:
    count = Count()
    for claim in claims:
        own = [(it.ref, run.claims(it)) for it in claim.statements if run.has(it.ref)]
        for (one, left), (other, right) in combinations(own, 2):
            count.add(bool(left & right), f"{claim.id}: {one} / {other}")
    return count


def _claims_apart(run: Run, truth: Truth) -> Count:
    """A sentence with two statements may share a claim with each: a pair that shares a line otherwise is no test."""
    count, lines = Count(), _lines(truth)
    for one, other in combinations(truth.claims, 2):
        if truth.line_of(one.id) == truth.line_of(other.id):
            continue
        for left in (it for it in one.statements if run.has(it.ref)):
            for right in (it for it in other.statements if run.has(it.ref) and it.ref != left.ref):
                if not lines[left.ref, left.sentence] & lines[right.ref, right.sentence]:
                    count.add(not run.claims(left) & run.claims(right), f"{one.id} {left.ref} / {other.id} {right.ref}")
    return count


def _lines(truth: Truth) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for claim in truth.claims:
        for it in claim.statements:
            found.setdefault((it.ref, it.sentence), set()).add(truth.line_of(claim.id))
    return found


def _standing(truth: Truth, tick: int) -> Iterator[DiscrepancyTruth]:
    for it in truth.discrepancies:
        if it.since_tick <= tick and (it.until_tick is None or tick < it.until_tick):
            yield it


def _open(run: Run) -> Iterator[tuple[str, Row]]:
    for story in run.stories:
        yield from ((story["title"], it) for it in story["discrepancies"] if not it["mild"])


def _values(dispute: Row) -> set[float]:
    return {float(reading["value"]) for reading in dispute["values"]}


def _true_values(dispute: DiscrepancyTruth) -> set[float]:
    return {float(reading.value) for reading in dispute.readings}


def _disputes_shown(run: Run, truth: Truth, tick: int) -> Count:
    shown, count = [_values(it) for _, it in _open(run)], Count()
    for dispute in _standing(truth, tick):
        count.add(any(_true_values(dispute) <= values for values in shown), dispute.id)
    return count


def _false_disputes(run: Run, truth: Truth, tick: int) -> Count:
    true, count = [_true_values(it) for it in _standing(truth, tick)], Count()
    for title, it in _open(run):
        what = f"{it['counted']} {it['unit'] or ''}: {sorted(_values(it))} in {title}"
        count.add(any(values <= _values(it) for values in true), what)
    return count


def _names(run: Run, truth: Truth) -> Count:
    count = Count()
    for entity in truth.entities:
        story = next(it for it in truth.stories if it.id == entity.story)
        shown = {run.story(article) for article in story.articles}
        for form in entity.forms[1:]:
            count.add(_joined(run, shown, entity.forms[0], form), f"{entity.forms[0]} = {form}")
    return count


def _joined(run: Run, stories: Iterable[str | None], one: str, other: str) -> bool:
    """Whether some story knows the two as one, and none has them side by side as two."""
    wanted = set(stories)
    named = [
        [{entity["name"], *entity["aliases"]} for entity in row["entities"]]
        for row in run.stories
        if row["story_id"] in wanted
    ]
    joined = [any({one, other} <= forms for forms in entities) for entities in named]
    parted = [{one, other} <= set().union(*entities) for entities in named]
    return any(joined) and not any(both and not own for both, own in zip(parted, joined, strict=True))


def _quotes(run: Run, quotes: Sequence[QuoteTruth]) -> Count:
    count = Count()
    for quote in quotes:
        own = [it for it in quote.wordings if run.has(it.ref)]
        for one, other in combinations(own, 2):
            count.add(bool(_shown_quotes(run, one) & _shown_quotes(run, other)), f"{one.ref} / {other.ref}")
    return count


def _shown_quotes(run: Run, wording: Statement) -> set[tuple[str, int]]:
    """Story and number of the quotes that have this wording from this article."""
    article_id = run.articles[wording.ref.partition("@")[0]]["article_id"]
    core = wording.sentence.rstrip(",.")
    return {
        (row["story_id"], number)
        for row in run.stories
        for number, quote in enumerate(row["quotes"])
        if any(own["article_id"] == article_id and core in own["text"] for own in quote["wordings"])
    }


def _speakers(run: Run, quotes: Sequence[QuoteTruth]) -> Count:
    shown = {(row["story_id"], n): quote["speaker"] for row in run.stories for n, quote in enumerate(row["quotes"])}
    count = Count()
    for quote in quotes:
        for own in (it for it in quote.wordings if run.has(it.ref)):
            speakers = [shown[key] for key in sorted(_shown_quotes(run, own))]
            count.add(quote.speaker in speakers, f"{own.ref}: {quote.speaker}, not {speakers}")
    return count


def _titles(run: Run, truth: Truth) -> Count:
    count = Count()
    for story in truth.stories:
        shown = {run.story(article) for article in story.articles}
        for row in run.stories:
            if row["story_id"] in shown:
                stale = [words for words in story.title_not if words.casefold() in row["title"].casefold()]
                count.add(not stale, f"{story.id}: {row['title']}")
    return count


def _known_as(row: Row, by_path: dict[str, str]) -> str:
    """The article's id in the world: the input's name, or the page's path."""
    path = "/" + (row["url"] or "").partition("://")[2].partition("/")[2]
    return by_path.get(path) or PurePosixPath(row["input_id"]).stem


def _rows(path: Path) -> list[Row]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def main() -> None:
    """Prints every count, and with `--missed` what was not right."""
    parser = argparse.ArgumentParser(prog="python -m samples.score", description=__doc__)
    parser.add_argument("directory", type=Path, help="folder with the JSON Lines of a run")
    parser.add_argument("--tick", type=int, help="tick that the input was taken at (default: the last)")
    parser.add_argument("--missed", action="store_true", help="also list what was not right")
    options = parser.parse_args()
    for name, count in score(options.directory, options.tick).items():
        print(f"{name:24} {count.right:5} of {count.total}")
        for what in count.missed if options.missed else ():
            print(f"    {what}")


if __name__ == "__main__":
    main()
