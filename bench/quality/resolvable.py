"""Whether all that stories say can be found in their articles: `python -m bench.quality.resolvable INPUT [--all]`.

INPUT is folded as `newsfold fold` does it, its first 400 lines or with `--all` everything. Then every sentence of every
summary and every claim is looked up: each support must be a sentence of an article of the story, and the words must be
those of one of them (of a summary's sentence: of the first), character by character in the article's text.
"""

import contextlib
import gzip
import io
import itertools
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from newsfold.main import main as newsfold
from samples.labelled import LabelledArticle, labelled_stories
from samples.score import Count

SLICE = 400
Row = dict[str, Any]


def score_file(path: Path, lines: int | None = SLICE) -> Count:
    """Of the first so many lines of a packed file of articles, or of all."""
    with gzip.open(path) as file:
        return score_lines(itertools.islice(file, lines))


def score_own() -> Count:
    """Of the labelled stories."""
    own = ((story.name, article) for story in labelled_stories() for article in story.articles)
    return score_lines(orjson.dumps(_row(name, article)) + b"\n" for name, article in own)


def _row(story: str, own: LabelledArticle) -> Row:
    return {"id": f"{story}-{own.ref}", "source": own.source, "title": own.title, "text": own.text}


def score_lines(lines: Iterable[bytes]) -> Count:
    """Folds the articles and looks up what the stories say."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "articles.jsonl", Path(folder) / "out"
        with source.open("wb") as file:
            file.writelines(lines)
        with contextlib.redirect_stdout(io.StringIO()):
            code = newsfold(["fold", str(source), "--out", str(out)])
        if code:
            raise RuntimeError("the articles could not be folded")
        return check(out)


def check(out: Path) -> Count:
    """Every claim and every sentence of a summary that left a run, found in the articles or not."""
    articles = {row["article_id"]: row for row in _rows(out / "articles.jsonl")}
    count = Count()
    for story in _rows(out / "stories.jsonl"):
        members = {own["article_id"] for own in story["articles"]}
        for kind, said in [*(("claim", it) for it in story["claims"]), *(("summary", it) for it in story["summary"])]:
            texts = [_text(articles, members, support) for support in said["supports"]]
            found = None not in texts and said["text"] in (texts[:1] if kind == "summary" else texts)
            count.add(found, f"{story['story_id']} {kind} {said['text'][:60]!r}")
    return count


def _text(articles: dict[str, Row], members: set[str], support: Row) -> str | None:
    """The words of the sentence; `None` if there is no such sentence in the story."""
    row = articles.get(support["article_id"])
    if row is None or support["article_id"] not in members or not 0 <= support["sentence"] < len(row["sentences"]):
        return None
    span = row["sentences"][support["sentence"]]
    return str(row["text"][span["start"] : span["end"]])


def _rows(path: Path) -> Iterator[Row]:
    with path.open("rb") as lines:
        yield from map(orjson.loads, lines)


def main(arguments: Sequence[str]) -> int:
    """Prints the count, and what was not found."""
    count = score_file(Path(arguments[0]), None if "--all" in arguments else SLICE)
    print(f"{count.right:,} of {count.total:,} sentences found in their articles")
    for what in count.missed[:50]:
        print(f"    {what}")
    return int(bool(count.missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
