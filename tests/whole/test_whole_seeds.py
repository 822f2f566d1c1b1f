"""Five real scraped articles on one story. They belong to others, so they lie beside the repository, if at all."""

import re
from pathlib import Path
from typing import Any

import pytest
from whole_runtimes import FILES, Rows, Runtime

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
BOILERPLATE = (
    r"cookie|consent|CHOOSE YOUR LANGUAGE|hotline|Leave A Reply|^Share\.$|©|Reserved|/Reuters$"
    r"|seen addressing|seen with|destroyed by shelling|\(AFP\)|^LONDON"
)
pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the five articles are not here")


@pytest.fixture(scope="module")
def out(runtime: Runtime, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each runtime writes."""
    return tmp_path_factory.mktemp("seeds")


@pytest.fixture(scope="module")
def rows(runtime: Runtime, out: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return runtime.fold(tmp_path_factory.mktemp("home"), out, SEEDS)


@pytest.fixture(scope="module")
def story(rows: Rows) -> dict[str, Any]:
    (story,) = rows["stories"]
    return story


def test_one_story_of_five_articles(rows: Rows, story: dict[str, Any]):
    assert len(story["articles"]) == story["version"] == len(rows["updates"]) == 5
    assert not rows["rejected"]


def test_no_boilerplate_is_left(rows: Rows):
    lines = [line for article in rows["articles"] for line in article["text"].splitlines()]
    assert [line for line in lines if re.search(BOILERPLATE, line)] == []


def test_headings_are_no_sentences_and_credits_no_text(rows: Rows):
    headings = {
        article["text"][sentence["start"] : sentence["end"]]
        for article in rows["articles"]
        for sentence in article["sentences"]
        if sentence["kind"] == "heading"
    }
    assert len(headings) == 7, headings
    assert any(article["credits"] == ["AFP"] for article in rows["articles"])
    assert any(article["dateline"] == "London" for article in rows["articles"])


def test_the_leaders_are_a_discrepancy_and_the_drones_are_not(story: dict[str, Any]):
    (discrepancy,) = story["discrepancies"]
    assert discrepancy["counted"].endswith("leaders")
    assert {reading["value"] for reading in discrepancy["values"]} == {25, 26}
    assert all(reading["supports"] for reading in discrepancy["values"])
    figures = [figure for claim in story["claims"] for figure in claim["figures"]]
    drones = [
        reading["value"] for figure in figures for reading in figure["values"] if "drones" in str(figure["counted"])
    ]
    assert drones
    assert set(drones) <= {100, 130}


def test_the_paraphrase_joins_the_wire_and_copies_are_one_source(rows: Rows, story: dict[str, Any]):
    inputs = {article["article_id"]: article["input_id"][:3] for article in story["articles"]}
    shared = [claim for claim in story["claims"] if len(claim["supports"]) >= 3]
    assert len(shared) >= 12
    joined = [{inputs[support["article_id"]] for support in claim["supports"]} for claim in shared]
    assert sum("002" in articles and bool(articles & {"000", "001", "004"}) for articles in joined) >= 12
    assert [inputs[article["article_id"]] for article in story["articles"] if article["copy_of"]] == ["000", "001"]
    assert story["independent_sources"] == 3


@pytest.mark.parametrize("forms", [("Volodymyr Zelenskyy", "Volodymyr Zelensky"), ("Türkiye", "Turkiye")])
def test_spellings_are_one_entity(story: dict[str, Any], forms: tuple[str, str]):
    holding = [it for it in story["entities"] if {it["name"], *it["aliases"]} & set(forms)]
    assert len(holding) == 1
    assert {holding[0]["name"], *holding[0]["aliases"]} >= set(forms)


def test_every_update_says_what_is_new_and_the_summary_cites(rows: Rows, story: dict[str, Any]):
    assert all(update["new"] and update["summary"] for update in rows["updates"])
    words = sum(len(line["text"].split()) for line in story["summary"])
    assert 40 <= words <= 120
    assert all(line["supports"] for line in story["summary"])


def test_neither_the_order_of_arguments_nor_the_runtime_matters(out: Path, rows: Rows, tmp_path: Path):
    Runtime().fold(tmp_path / "home", tmp_path / "out", *sorted(SEEDS.iterdir(), reverse=True))
    for name in FILES:
        assert (tmp_path / "out" / f"{name}.jsonl").read_bytes() == (out / f"{name}.jsonl").read_bytes()
