"""How near our summaries come to editors': `python -m bench.quality.summaries DATA [--tune] [--all]`.

DATA is the folder with `roundups_dev.jsonl.gz`: three openings of articles on one story, and the round-up that an
editor wrote. Each story is folded; ROUGE-1, -2 and -L F1 with stemming (`rouge-score`) of our summary against the
round-up, beside the first article's opening and the centroid, in the same run. Stories are halved by hash: the
weights of the summary were searched on one half, what is told is the other (`--tune` for the first).
"""

import argparse
import gzip
import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from rouge_score.rouge_scorer import RougeScorer

from articles.text.idf import idf
from articles.text.stems import stems
from bench.quality.folding import facts_of, versions
from schemas.articles import Facts
from stories.fold.publish import publish

FILE = "roundups_dev.jsonl.gz"
KINDS = ("rouge1", "rouge2", "rougeL")
BUDGET = 60
"""Words of the centroid's summary: the length at which it does best."""


class Roundup(NamedTuple):
    """The openings as facts, and the editor's round-up of them."""

    facts: tuple[Facts, ...]
    summary: str


def roundups(data: Path, *, tune: bool = False, limit: int | None = None) -> Iterator[Roundup]:
    """The stories of one half, all of them or the first so many."""
    with gzip.open(data / FILE) as lines:
        rows = (row for row in map(orjson.loads, lines) if _is_tuned(row["story"]) == tune)
        for number, row in enumerate(rows):
            if number == limit:
                return
            facts = (facts_of(_row(row["story"], n, own)) for n, own in enumerate(row["articles"]))
            yield Roundup(tuple(own for own in facts if own is not None), row["summary"])


def _is_tuned(story: str) -> bool:
    return int(hashlib.sha256(story.encode()).hexdigest(), 16) % 2 == 0


def _row(story: str, number: int, own: dict[str, str]) -> dict[str, Any]:
    name = f"{story}-{number}"
    return {"id": name, "source": f"{name}.example", "title": own["title"], "text": own["text"], "lang": "en"}


def ours(roundup: Roundup) -> str:
    """The summary of the story that the real fold makes of the openings."""
    *_, story = versions("roundup", roundup.facts)
    return " ".join(sentence.text for sentence in publish(story).summary)


def lead(roundup: Roundup) -> str:
    """The first article's opening."""
    return roundup.facts[0].text


def centroid(roundup: Roundup) -> str:
    """Sentences nearest to the mean of all, none too like another, in the order of the texts (Radev et al. 2004)."""
    texts = [s.of(f.text) for f in roundup.facts for s in f.sentences if s.kind == "sentence"]
    vectors = [_vector(text) for text in texts]
    middle = _sum(vectors)
    chosen: list[int] = []
    for at in sorted(range(len(texts)), key=lambda n: (-_cosine(vectors[n], middle), n)):
        words = sum(len(texts[n].split()) for n in [*chosen, at])
        if (words <= BUDGET or not chosen) and all(_cosine(vectors[at], vectors[n]) < 0.5 for n in chosen):
            chosen.append(at)
    return " ".join(texts[n] for n in sorted(chosen))


def _vector(text: str) -> dict[str, float]:
    counts = Counter(stems(text, "en"))
    return {stem: (1 + math.log(count)) * idf(stem, "en") for stem, count in counts.items()}


def _sum(vectors: Iterable[dict[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for vector in vectors:
        for stem, weight in vector.items():
            total[stem] = total.get(stem, 0.0) + weight
    return total


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    dot = sum(weight * other[stem] for stem, weight in one.items() if stem in other)
    norms = math.hypot(*one.values()) * math.hypot(*other.values())
    return dot / norms if norms else 0.0


class Scores(NamedTuple):
    """Mean ROUGE-1, -2 and -L F1, and mean words, over so many stories."""

    rouge1: float
    rouge2: float
    rouge_l: float
    words: float
    stories: int


def score(method: Callable[[Roundup], str], told: Iterable[Roundup]) -> Scores:
    """Of the method's summaries against the editors'."""
    scorer = RougeScorer(KINDS, use_stemmer=True)
    sums, words, stories = [0.0] * len(KINDS), 0, 0
    for roundup in told:
        text = method(roundup) if roundup.facts else ""
        found = scorer.score(roundup.summary, text)
        sums = [total + found[kind].fmeasure for total, kind in zip(sums, KINDS, strict=True)]
        words += len(text.split())
        stories += 1
    rouge1, rouge2, rouge_l = (total / max(1, stories) for total in sums)
    return Scores(rouge1, rouge2, rouge_l, words / max(1, stories), stories)


def main() -> None:
    """Prints one line a method."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.summaries", description=__doc__)
    parser.add_argument("data", type=Path, help=f"folder with {FILE}")
    parser.add_argument("--tune", action="store_true", help="the half that was tuned on")
    parser.add_argument("--limit", type=int, help="only the first so many stories")
    options = parser.parse_args()
    told = list(roundups(options.data, tune=options.tune, limit=options.limit))
    for name, method in (("ours", ours), ("centroid", centroid), ("lead", lead)):
        found = score(method, told)
        print(
            f"{name:9} {found.rouge1:.3f} {found.rouge2:.3f} {found.rouge_l:.3f}  {found.words:5.1f} words", flush=True
        )
    print(f"{len(told)} stories of the half that was {'' if options.tune else 'not '}tuned on")


if __name__ == "__main__":
    main()
