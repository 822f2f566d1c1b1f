"""How much a version matters to a reader, by stated rules."""

from collections.abc import Iterable

from schemas.story import Alteration, Novelty

WORTHS = {
    "discrepancy": 0.30,
    "resolved": 0.25,
    "superseded": 0.25,
    "withdrawn": 0.10,
    "corroborated": 0.06,
    "claim": 0.04,
    "source": 0.04,
    "quote": 0.03,
    "entity": 0.01,
    "retitled": 0.02,
}
"""What one of each is worth: disputes and their end most, then what was taken back, confirmed or added."""
BASES = {"opened": 0.30, "merged": 0.30, "split": 0.30}


def significance(kind: str, new: Iterable[Novelty], changed: Iterable[Alteration]) -> float:
    """0 to 1, to 4 places: 1 - the product of (1 - worth) over all that is new or changed, so that it never overflows.

    A copy that adds nothing, a quiet closing and mere rewording are worth 0.
    """
    left = 1.0 - BASES.get(kind, 0.0)
    items: list[Novelty | Alteration] = [*new, *changed]
    for item in items:
        left *= 1.0 - WORTHS.get(item.kind, 0.0)
    return round(1.0 - left, 4)
