"""The first real input, where it is at hand: what is kept and dropped of five scraped articles, in numbers."""

from pathlib import Path

import pytest

from articles.clean import clean, stated_time
from bench.quality.seeds import WANTED, read_seed, tally

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not beside the repository")
@pytest.mark.parametrize("number", WANTED)
def test_verdicts_on_a_seed(number: str) -> None:
    cleaned = clean(read_seed(SEEDS, number))
    assert tally(cleaned) == WANTED[number]
    assert cleaned.language == "en"


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not beside the repository")
def test_metadata_of_the_seeds() -> None:
    assert clean(read_seed(SEEDS, "003")).credits == ("AFP",)
    assert stated_time(read_seed(SEEDS, "003")) is None
    assert clean(read_seed(SEEDS, "004")).dateline == "London"
    stated = stated_time(read_seed(SEEDS, "004"))
    assert stated is not None
    assert (stated[0].date().isoformat(), stated[1], stated[2]) == ("2025-03-15", "day", "text")
