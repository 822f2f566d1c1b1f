"""Scores direct quotes and all attributions against PolNeAR-style attributions (`attributions_dev.jsonl.gz`).

    python bench/quality/attributions.py PATH [--split train|dev] [--errors N]

Gold: every stretch in quotation marks inside an attribution's content, its marks and outer spaces taken off; stretches
of the same attribution with nothing but spaces between them are one. Ours: every `Quote` of `extract`. A gold stretch
and a quote match when the shorter covers at least .8 of the longer, in characters; each is used once. Speaker: among
matches whose gold names a source, ours is right if our speaker span shares a character with the gold source, or our
speaker's entity has a mention or an alias in it, or (quotes that go on from another) the entity is the one of the
gold source elsewhere in the article. A source that is a pronoun is right when our span is that pronoun: whom we take
it to mean is not checked, as the data does not say. Token F1 counts words of the stretches, whatever the spans.

All attributions: the words of any gold content against the words of any `Quote` or `Attribution`, and how many of the
gold words are found by kind (direct: nearly all in marks; mixed: partly; indirect: none). Source: of attributions that
share at least half of all words with a gold content, those whose speaker span shares a character with its source.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from articles.extract import extract
from articles.text.names import fold_name
from schemas.articles import Attribution, Block, Cleaned, Facts, Quote

MARK = re.compile(r"[“”\"]|''")


class Gold(NamedTuple):
    """A stretch in quotation marks and the spans of its source."""

    start: int
    end: int
    sources: tuple[tuple[int, int], ...]


Word = tuple[int, int]
KINDS = ("direct", "mixed", "indirect")


class WholeScore:
    """Counts of all attributions over all articles."""

    def __init__(self) -> None:
        self.gold = self.ours = self.shared = self.spans = self.matched = self.named = self.right = 0
        self.gold_of, self.found_of = Counter[str](), Counter[str]()

    def line(self) -> str:
        """The result on one line."""
        precision, recall = ratio(self.shared, self.ours), ratio(self.shared, self.gold)
        by_kind = " ".join(f"{kind} {ratio(self.found_of[kind], self.gold_of[kind]):.3f}" for kind in KINDS)
        return (
            f"all words: P {precision:.3f} R {recall:.3f} F1 {mean(precision, recall):.3f}  R by kind: {by_kind}"
            f"  attributions: {self.spans}, matched {ratio(self.matched, self.spans):.3f}"
            f"  source right: {ratio(self.right, self.named):.3f} of {self.named}"
        )

    def add(self, row: dict[str, Any], facts: Facts) -> None:
        """Counts one article."""
        words = [found.span() for found in re.finditer(r"\w+", row["text"])]
        contents = [(within(words, one.get("content", [])), one) for one in row["attributions"]]
        gold = set[Word]().union(*(content for content, _ in contents))
        ours = within(words, [(one.start, one.end) for one in (*facts.quotes, *facts.attributions)])
        self.gold, self.ours, self.shared = self.gold + len(gold), self.ours + len(ours), self.shared + len(gold & ours)
        for content, one in contents:
            kind = kind_of(row["text"], one)
            self.gold_of[kind] += len(content)
            self.found_of[kind] += len(content & ours)
        for attribution in facts.attributions:
            self._match(attribution, within(words, [(attribution.start, attribution.end)]), contents)

    def _match(self, ours: Attribution, found: set[Word], contents: list[tuple[set[Word], dict[str, Any]]]) -> None:
        self.spans += 1
        alike, gold = max(
            ((ratio(len(c & found), len(c | found)), one) for c, one in contents), key=first, default=(0, {})
        )
        if alike < 0.5:
            return
        self.matched += 1
        span = ours.speaker_span
        if gold.get("source"):
            self.named += 1
            self.right += span is not None and any(a < span.end and span.start < b for a, b in gold["source"])


def first(pair: tuple[float, Any]) -> float:
    return pair[0]


def within(words: list[Word], spans: Sequence[Sequence[int]]) -> set[Word]:
    return {word for word in words for start, end in spans if start <= word[0] and word[1] <= end}


def kind_of(text: str, attribution: dict[str, Any]) -> str:
    content = " ".join(text[start:end] for start, end in attribution.get("content", []))
    if not MARK.search(content):
        return "indirect"
    quoted = sum(len(found) for found in re.findall(r"(?:[“\"]|'')[^“”\"]*?(?:[”\"]|''|$)", content))
    return "direct" if quoted > 0.9 * len(content) else "mixed"


class Score:
    """Counts over all articles."""

    def __init__(self) -> None:
        self.gold = self.ours = self.matched = self.named = self.right = 0
        self.gold_words = self.our_words = self.shared_words = 0

    def line(self) -> str:
        """The result on one line."""
        precision, recall = ratio(self.matched, self.ours), ratio(self.matched, self.gold)
        word_p, word_r = ratio(self.shared_words, self.our_words), ratio(self.shared_words, self.gold_words)
        return (
            f"spans: P {precision:.3f} R {recall:.3f} F1 {mean(precision, recall):.3f}"
            f" ({self.gold} gold, {self.ours} ours)"
            f"  words: P {word_p:.3f} R {word_r:.3f} F1 {mean(word_p, word_r):.3f}"
            f"  speaker right: {ratio(self.right, self.named):.3f} of {self.named}"
        )


def ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def mean(precision: float, recall: float) -> float:
    return ratio(2 * precision * recall, precision + recall)


def read_rows(path: Path, split: str | None) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (row for row in map(json.loads, lines) if split in (None, row["split"]))


def to_cleaned(row: dict[str, Any]) -> Cleaned:
    blocks = tuple(
        Block(start=found.start(), end=found.end(), kind="paragraph") for found in re.finditer(r"\S.*", row["text"])
    )
    return Cleaned(
        article_id=row["id"], source=row["source"], input_id=row["id"], title=row["title"], language="en",
        published_at=row["published_at"], text=row["text"], blocks=blocks,
    )  # fmt: skip


def gold_stretches(row: dict[str, Any]) -> list[Gold]:
    text, found = row["text"], list[Gold]()
    for attribution in row["attributions"]:
        sources = tuple((start, end) for start, end in attribution.get("source", []))
        pieces = joined(text, sorted((start, end) for start, end in attribution.get("content", [])))
        for start, end in pieces:
            for left, right in stretches(text, start, end):
                words = text[left:right]
                left += len(words) - len(words.lstrip())
                if words.strip():
                    found.append(Gold(left, left + len(words.strip()), sources))
    unique = {(gold.start, gold.end): gold for gold in sorted(found, key=lambda gold: bool(gold.sources))}
    return sorted(unique.values())


def stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands in marks within the span; a mark's place between spaces tells whether it opens or closes."""
    begin = start if text[start - 1 : start] in ("“", '"') or text[max(0, start - 2) : start] == "''" else None
    fresh = True
    for mark in MARK.finditer(text, start, end):
        at = mark.start()
        opens = (at == 0 or text[at - 1] in " \n\t\xa0([—–-") and not text[mark.end() : mark.end() + 1].isspace()
        if opens and mark.group() != "”" and (begin is None or begin == start):
            begin = mark.end()
        elif not opens or mark.group() == "”":
            if begin is not None or fresh:
                yield (start if begin is None else begin), at
            begin = None
        fresh = False
    if begin is not None and (begin > start or not fresh or MARK.match(text, end)):
        yield begin, end


def joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if kept and not text[kept[-1][1] : start].strip():
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    return kept


def overlap(gold: Gold, quote: Quote) -> float:
    shared = min(gold.end, quote.end) - max(gold.start, quote.start)
    return shared / max(gold.end - gold.start, quote.end - quote.start)


def is_right(text: str, gold: Gold, quote: Quote, facts: Facts) -> bool:
    span = quote.speaker_span
    if span is not None and any(start < span.end and span.start < end for start, end in gold.sources):
        return True
    entity = next((entity for entity in facts.entities if entity.name == quote.speaker), None)
    if entity is None:
        return False
    names = {fold_name(entity.name), *map(fold_name, entity.aliases)}
    said = " ".join(fold_name(text[start:end]) for start, end in gold.sources)
    inside = any(start <= mention.start < end for mention in entity.mentions for start, end in gold.sources)
    return inside or any(name and f" {name} " in f" {said} " for name in names)


def score_row(row: dict[str, Any], facts: Facts, score: Score, errors: list[str]) -> None:
    golds, text = gold_stretches(row), row["text"]
    score.gold += len(golds)
    score.ours += len(facts.quotes)
    count_words(text, golds, facts, score)
    free = list(facts.quotes)
    for gold in golds:
        best = max(free, key=lambda quote: overlap(gold, quote), default=None)
        if best is None or overlap(gold, best) < 0.8:
            errors.append(f"MISSED {text[max(0, gold.start - 80) : gold.end + 60]!r}")
            continue
        free.remove(best)
        score.matched += 1
        if gold.sources:
            score.named += 1
            right = is_right(text, gold, best, facts)
            score.right += right
            source = [text[start:end] for start, end in gold.sources]
            if not right:
                errors.append(
                    f"SPEAKER {best.speaker!r} for {source} {text[max(0, gold.start - 120) : gold.end + 90]!r}"
                )
    errors += [f"FALSE {q.speaker!r} {q.cue!r} {text[max(0, q.start - 80) : q.end + 60]!r}" for q in free]


def count_words(text: str, golds: list[Gold], facts: Facts, score: Score) -> None:
    words = [(found.start(), found.end()) for found in re.finditer(r"\w+", text)]
    gold = {span for one in golds for span in words if one.start <= span[0] and span[1] <= one.end}
    ours = {span for one in facts.quotes for span in words if one.start <= span[0] and span[1] <= one.end}
    score.gold_words += len(gold)
    score.our_words += len(ours)
    score.shared_words += len(gold & ours)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--split")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    score, whole, errors = Score(), WholeScore(), list[str]()
    for row in read_rows(options.path, options.split):
        facts = extract(to_cleaned(row))
        score_row(row, facts, score, errors)
        whole.add(row, facts)
    for error in errors[:: max(1, len(errors) // options.errors)] if options.errors else ():
        print(error)
    print(score.line())
    print(whole.line())


if __name__ == "__main__":
    main()
