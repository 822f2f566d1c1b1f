"""The five articles beside the repository, if they are there: what must be true of their story."""

from pathlib import Path

import pytest
from stories_fold_kit import folded, joined

from articles.clean import clean
from articles.extract import extract
from schemas.articles import Facts, Fetched
from schemas.story import Story

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
ORDER = ("004", "000", "001", "002", "003")
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the repository")


def read(prefix: str) -> Facts:
    (path,) = SEEDS.glob(f"{prefix}_*.txt")
    return extract(
        clean(
            Fetched(
                article_id=prefix,
                source=path.stem,
                input_id=path.stem,
                content_type="text/plain",
                body=path.read_bytes(),
            )
        )
    )


@pytest.fixture(scope="module")
def story() -> Story:
    return folded(joined(*(read(prefix) for prefix in ORDER)))[-1][1]


def test_one_figure_is_in_dispute_and_only_mildly(story: Story) -> None:
    (odds,) = story.discrepancies
    assert sorted({value.value for value in odds.values}) == [25, 26]
    assert {s.article_id for value in odds.values for s in value.supports} == {"004", "001", "002"}
    assert odds.mild


def test_wire_copies_are_one_source(story: Story) -> None:
    assert {article.article_id for article in story.articles if article.copy_of} == {"000", "001"}
    assert story.independent_sources == 3


def test_the_reworded_article_joins_the_wire(story: Story) -> None:
    wire = {"004", "000", "001"}
    shared = [claim for claim in story.claims if {s.article_id for s in claim.supports} & wire]
    assert sum("002" in {s.article_id for s in claim.supports} for claim in shared) >= 20


def test_summary_is_of_the_right_length_and_cited(story: Story) -> None:
    assert 40 <= sum(len(sentence.text.split()) for sentence in story.summary) <= 120
    assert all(sentence.supports for sentence in story.summary)
