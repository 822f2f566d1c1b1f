"""The first real input, where it is at hand: what is kept and dropped of five scraped articles, in numbers."""

from pathlib import Path

import pytest

from articles.clean import clean, stated_time
from schemas.articles import Fetched

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
WANTED = {
    "000": (18, 2, {"share bar": 1, "comment prompt": 1, "copyright line": 1}),
    "001": (
        17,
        2,
        {"cookie notice": 1, "language chooser": 2, "licence number": 1, "hotline": 1, "caption with credit": 1},
    ),
    "002": (
        30,
        3,
        {
            "title": 1,
            "player consent": 1,
            'caption with "seen"': 2,
            "caption without a verb": 1,
            "caption naming in full": 1,
        },
    ),
    "003": (9, 0, {"agency credit": 1, "copyright line": 1}),
    "004": (16, 0, {"date artefact": 1, "dateline": 1}),
}


def seed(number: str) -> Fetched:
    path = next(SEEDS.glob(f"{number}_*.txt"))
    return Fetched(
        article_id=number, source=path.stem, input_id=path.stem, content_type="text/plain", body=path.read_bytes()
    )


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not beside the repository")
@pytest.mark.parametrize("number", WANTED)
def test_verdicts_on_a_seed(number: str) -> None:
    paragraphs, headings, rules = WANTED[number]
    cleaned = clean(seed(number))
    kinds = [block.kind for block in cleaned.blocks]
    assert (kinds.count("paragraph"), kinds.count("heading"), len(kinds)) == (
        paragraphs,
        headings,
        paragraphs + headings,
    )
    found: dict[str, int] = {}
    for dropped in cleaned.dropped:
        found[dropped.rule] = found.get(dropped.rule, 0) + 1
    assert found == rules
    assert cleaned.language == "en"


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not beside the repository")
def test_metadata_of_the_seeds() -> None:
    assert clean(seed("003")).credits == ("AFP",)
    assert stated_time(seed("003")) is None
    assert clean(seed("004")).dateline == "London"
    stated = stated_time(seed("004"))
    assert stated is not None
    assert (stated[0].date().isoformat(), stated[1], stated[2]) == ("2025-03-15", "day", "text")
