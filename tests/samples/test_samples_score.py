"""The score measures: a perfect run gets everything, and what is taken from it is missed."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from samples.score import main, score
from samples.truth import load
from samples.world import World

WORLD, TRUTH = World.load(), load()
Row = dict[str, Any]


def ideal_run(directory: Path, tick: int) -> Path:
    """What a run that knew the truth would write: every statement a sentence of its own."""
    live = list(WORLD.live(tick))
    marks = {it.ref: sentences_of(it.ref, it.text) for it in live}
    articles = [article_row(it.article, it.text, marks[it.ref]) for it in live]
    stories = [story_row(story.id, story.articles, marks, tick) for story in TRUTH.stories]
    stories += [story_row(single.article, (single.article,), marks, tick) for single in TRUTH.singles]
    write(directory / "articles.jsonl", articles)
    write(directory / "stories.jsonl", [row for row in stories if row["articles"]])
    return directory


def sentences_of(ref: str, text: str) -> list[tuple[int, int]]:
    stated = {it.sentence for claim in TRUTH.claims for it in claim.statements if it.ref == ref}
    return sorted((text.index(it), text.index(it) + len(it)) for it in stated)


def article_row(article: str, text: str, marks: list[tuple[int, int]]) -> Row:
    sentences = [{"start": start, "end": end, "kind": "sentence"} for start, end in marks]
    return {
        "article_id": f"id-{article}",
        "input_id": f"{article}.html",
        "url": None,
        "text": text,
        "sentences": sentences,
    }


def story_row(story: str, articles: tuple[str, ...], marks: dict[str, list[tuple[int, int]]], tick: int) -> Row:
    live = {it.article: it.ref for it in WORLD.live(tick) if it.article in articles}
    copies = {copy.article: f"id-{copy.original}" for copy in TRUTH.copies}
    return {
        "story_id": story,
        "title": story,
        "articles": [{"article_id": f"id-{it}", "copy_of": copies.get(it)} for it in live],
        "claims": [claim_row(claim, live, marks) for claim in TRUTH.claims if claim.story == story],
        "discrepancies": [dispute_row(it) for it in TRUTH.discrepancies if it.story == story and stands(it, tick)],
        "entities": [{"name": it.forms[0], "aliases": it.forms} for it in TRUTH.entities if it.story == story],
        "quotes": [quote_row(it, live) for it in TRUTH.quotes if it.story == story],
    }


def claim_row(claim: Any, live: dict[str, str], marks: dict[str, list[tuple[int, int]]]) -> Row:
    texts = {it.ref: it.text for it in WORLD.manuscripts}
    supports = []
    for it in claim.statements:
        article = it.ref.partition("@")[0]
        if live.get(article) == it.ref:
            starts = [start for start, _ in marks[it.ref]]
            supports.append({"article_id": f"id-{article}", "sentence": starts.index(texts[it.ref].index(it.sentence))})
    return {"claim_id": claim.id, "supports": supports}


def stands(dispute: Any, tick: int) -> bool:
    return dispute.since_tick <= tick and (dispute.until_tick is None or tick < dispute.until_tick)


def dispute_row(dispute: Any) -> Row:
    values = [{"value": reading.value} for reading in dispute.readings]
    return {"mild": False, "counted": dispute.counted, "unit": dispute.unit, "values": values}


def quote_row(quote: Any, live: dict[str, str]) -> Row:
    own = [it for it in quote.wordings if it.ref in live.values()]
    wordings = [{"text": it.sentence, "article_id": f"id-{it.ref.partition('@')[0]}"} for it in own]
    return {"speaker": quote.speaker, "wordings": wordings}


def write(path: Path, rows: list[Row]) -> None:
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))


@pytest.mark.parametrize("tick", [4, 9, 15])
def test_ideal_run_has_everything(tmp_path: Path, tick: int) -> None:
    counts = score(ideal_run(tmp_path, tick), tick)
    wrong = {name: count.missed for name, count in counts.items() if count.missed}
    assert wrong == {}


def test_false_discrepancy_is_counted(tmp_path: Path) -> None:
    run = ideal_run(tmp_path, 15)
    rows = [orjson.loads(line) for line in (run / "stories.jsonl").read_bytes().splitlines()]
    false = {"mild": False, "counted": "hens", "unit": None, "values": [{"value": 39}, {"value": 40}]}
    rows[0]["discrepancies"].append(false)
    write(run / "stories.jsonl", rows)
    assert score(run)["no false discrepancies"].missed == [f"hens : [39.0, 40.0] in {rows[0]['title']}"]


def test_merged_lookalike_is_counted(tmp_path: Path) -> None:
    run = ideal_run(tmp_path, 15)
    rows = [orjson.loads(line) for line in (run / "stories.jsonl").read_bytes().splitlines()]
    lake = next(row for row in rows if row["story_id"] == "lake-ferry-post")
    rows[0]["articles"] += lake.pop("articles")
    lake["articles"] = []
    write(run / "stories.jsonl", rows)
    missed = score(run)["other story, apart"].missed
    assert missed
    assert all("lake-ferry-post" in it for it in missed)


def test_command_prints_every_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["score", str(ideal_run(tmp_path, 15)), "--missed"])
    main()
    assert "discrepancies shown" in capsys.readouterr().out
