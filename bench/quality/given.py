"""Scores on data that is not ours to keep: each is measured where its file is at hand, and skipped where it is not.

The files are looked for in the folder that `NEWSFOLD_DATA` names, else in `shared/data` beside the repository.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from articles.extract import extract
from bench.quality.assign import Row, assign_all, labelled, load_corpus
from bench.quality.assign import score as score_stories
from bench.quality.attributions import Score, WholeScore, mean, ratio, read_rows, score_row, to_cleaned
from bench.quality.main_text import by_newsfold, mean_score, page_score, read_pages
from bench.quality.metadata import read_pages as read_labelled_pages
from bench.quality.metadata import score_metadata
from bench.quality.real import read_groups, score_groups
from bench.quality.resolvable import score_file
from bench.quality.seeds import score_seeds
from bench.quality.summaries import ours, roundups, score
from samples.score import Count

_ROUNDUPS = 600
Measured = float | Count
"""A share that is no count of right ones, or a count."""
Measure = Callable[[Path], dict[str, Measured]]


def data_folder() -> Path:
    stated = os.environ.get("NEWSFOLD_DATA")
    return Path(stated) if stated else Path(__file__).parents[3] / "shared" / "data"


def _pages(path: Path) -> dict[str, Measured]:
    """Rules on metadata may be mended on half of the labelled pages (`bench/quality/metadata.py`): all count here."""
    scores = [page_score(by_newsfold(page), page.text) for page in read_pages(path)]
    stated = score_metadata(read_labelled_pages(path))
    return {"main text, F1": mean_score(scores)[2], **{f"metadata: {name}": it for name, it in stated.items()}}


def _attributions(path: Path) -> dict[str, Measured]:
    """Of the development part; the training part made the rules."""
    direct, whole = Score(), WholeScore()
    for row in read_rows(path, "dev"):
        facts = extract(to_cleaned(row))
        score_row(row, facts, direct, [])
        whole.add(row, facts)
    precision, recall = ratio(direct.matched, direct.ours), ratio(direct.matched, direct.gold)
    words = mean(ratio(whole.shared, whole.ours), ratio(whole.shared, whole.gold))
    return {
        "direct quotes, F1": mean(precision, recall),
        "direct quotes, speaker right": ratio(direct.right, direct.named),
        "attributions, F1 of words": words,
    }


def _summaries(path: Path) -> dict[str, Measured]:
    """Of the half that was not tuned on; a part of it, because folding all takes a minute."""
    found = score(ours, roundups(path.parent, limit=_ROUNDUPS))
    return {
        "summaries, ROUGE-1": found.rouge1,
        "summaries, ROUGE-2": found.rouge2,
        "summaries, ROUGE-L": found.rouge_l,
    }


def _stream(path: Path) -> dict[str, Measured]:
    """The stories of its last months. What was reached on unseen parts stands in `stories/assign/weights.json`."""
    rows = load_corpus(path.parent, "stream", "2017-10-01", tell=str)
    run = assign_all(rows)
    stories = {**_f1("stream stories", rows, run.stories), "stream stories, stable after a day": run.stable}
    return {"stream: what is said is in the article": score_file(path), **stories}


def _real(path: Path) -> dict[str, Measured]:
    """The stories that were read and held out. What those are found by is told in `stories/fold/weights.json`."""
    counts = score_groups(group for group in read_groups(path.parent) if group.held_out)
    return {f"real stories: claims {row}": count for row, count in counts.items()}


def _look_alikes(path: Path) -> dict[str, Measured]:
    """Half of the topics. What was reached on unseen parts stands in `stories/assign/weights.json`."""
    rows = load_corpus(path.parent, "look-alikes", tell=str)
    return _f1("look-alike events", rows, assign_all(rows).stories)


def _key_events(path: Path) -> dict[str, Measured]:
    """All of them. What was reached on unseen events stands in `stories/assign/threads.json`."""
    rows = [row._replace(first=False) for row in load_corpus(path.parent, "key events", tell=str)]
    return _f1("key events as threads", rows, assign_all(rows).threads)


def _f1(name: str, rows: Sequence[Row], found: Sequence[str]) -> dict[str, Measured]:
    scores = score_stories(labelled(rows, found, first=False))
    return {f"{name}, B-cubed F1": scores.b3[2], f"{name}, pairwise F1": scores.pairs[2]}


def _seeds(folder: Path) -> dict[str, Measured]:
    return {"seed lines as read by people": score_seeds(folder)}


GIVEN: dict[str, Measure] = {
    "html_pages_2019.jsonl.gz": _pages,
    "attributions_dev.jsonl.gz": _attributions,
    "roundups_dev.jsonl.gz": _summaries,
    "news_stream_2012_2017.jsonl.gz": _stream,
    "stories_dev.jsonl.gz": _real,
    "lookalike_events_dev.jsonl.gz": _look_alikes,
    "key_events_dev.jsonl.gz": _key_events,
    "../seeds": _seeds,
}
"""By the place of the data, from the data folder."""


def digest_of(path: Path) -> str:
    """Of a file, or of all files of a folder."""
    files = sorted(it for it in path.iterdir() if it.is_file()) if path.is_dir() else [path]
    return hashlib.sha256(b"\0".join(it.read_bytes() for it in files)).hexdigest()[:16]
