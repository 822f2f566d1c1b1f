"""Five scraped articles that people read line by line: what is kept of them as what, and which rule drops the rest."""

from pathlib import Path

from articles.clean import clean
from samples.score import Count
from schemas.articles import Cleaned, Fetched

WANTED: dict[str, dict[str, int]] = {
    "000": {"paragraph": 18, "heading": 2, "share bar": 1, "comment prompt": 1, "copyright line": 1},
    "001": {
        "paragraph": 17, "heading": 2,
        "cookie notice": 1, "language chooser": 2, "licence number": 1, "hotline": 1, "caption with credit": 1,
    },
    "002": {
        "paragraph": 30, "heading": 3, "title": 1, "player consent": 1,
        'caption with "seen"': 2, "caption without a verb": 1, "caption naming in full": 1,
    },
    "003": {"paragraph": 9, "heading": 0, "agency credit": 1, "copyright line": 1},
    "004": {"paragraph": 16, "heading": 0, "date artefact": 1, "dateline": 1},
}  # fmt: skip
"""By the number that a seed's name begins with: how many blocks of each kind it has, and lines of each rule."""


def read_seed(folder: Path, number: str) -> Fetched:
    path = next(folder.glob(f"{number}_*.txt"))
    return Fetched(
        article_id=number, source=path.stem, input_id=path.stem, content_type="text/plain", body=path.read_bytes()
    )


def tally(cleaned: Cleaned) -> dict[str, int]:
    """How many blocks of each kind and dropped lines of each rule there are."""
    found = dict.fromkeys(("paragraph", "heading"), 0)
    for name in (*(block.kind for block in cleaned.blocks), *(one.rule for one in cleaned.dropped)):
        found[name] = found.get(name, 0) + 1
    return found


def score_seeds(folder: Path) -> Count:
    """Of all lines of the seeds, those that fare as people read them; a line too many of a kind counts as wrong."""
    count = Count()
    for number, wanted in WANTED.items():
        found = tally(clean(read_seed(folder, number)))
        for name in sorted(wanted | found):
            for at in range(max(wanted.get(name, 0), found.get(name, 0))):
                right = at < min(wanted.get(name, 0), found.get(name, 0))
                count.add(right, f"seed {number}: {found.get(name, 0)} of {name}, not {wanted.get(name, 0)}")
    return count
