"""The page on scraping says what is so."""

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from scrapers.live import Outcome, SourceConfig, SourcesConfig, load_sources

PAGE = (Path(__file__).parents[2] / "docs" / "scraping.md").read_text(encoding="utf-8")


def test_the_example_is_read(tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "sources.toml").write_text(example)
    config = load_sources(tmp_path / "sources.toml")
    assert [source.label for source in config.source] == ["dale.example", "ferry.example"]


@pytest.mark.parametrize(("model", "heading"), [(SourceConfig, "### Each"), (SourcesConfig, "### For all sources")])
def test_every_setting_is_described_and_no_other(model: type[BaseModel], heading: str) -> None:
    section = PAGE.partition(heading)[2].partition("\n### ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(model.model_fields) - {"source"}


def test_every_outcome_is_described() -> None:
    section = PAGE.partition("### What is counted")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(get_args(Outcome))
