"""Which sentences say the same: a sentence encoder beside the fold, on the labelled stories.

    pip install -e '.[peers]'
    python -m bench.claim_peers MINILM.jar [../shared/data]

Two sentences are joined by the encoder if their cosine reaches a threshold. That is chosen on the stories that the fold
was tuned on, once for the best F1 and once for .97 of the pairs right; what is told is the stories that were held out.
With the data the same of real stories (`bench/quality/real.py`), where .97 is out of reach: .9 of the pairs right.
Where the jar comes from: `bench/peers.py`.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.peers import Encoder
from bench.quality.real import Group, read_groups
from bench.quality.stories import Folded, fold_story, pairs_of
from samples.labelled import HELD_OUT, labelled_stories

RIGHT, RIGHT_REAL = 0.97, 0.9


class Rated(NamedTuple):
    """A pair of sentences: how alike the encoder finds them, whether they say the same, whether the fold joins them."""

    alike: float
    same: bool
    joined: bool


def rated(folded: Folded, encoder: Encoder) -> Iterator[Rated]:
    """All pairs of a story."""
    vector = cache(lambda place: encoder.encode(folded.words(place)))
    for one, other, same, together in pairs_of(folded):
        yield Rated(float(vector(one) @ vector(other)), same, together)


def scores(joined: Sequence[bool], same: Sequence[bool]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs."""
    right = sum(a and b for a, b in zip(joined, same, strict=True))
    precision, recall = right / max(1, sum(joined)), right / max(1, sum(same))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def thresholds(pairs: Sequence[Rated], right: float) -> tuple[float, float]:
    """The cosine of the best F1, and the lowest from which so many of the pairs say the same."""
    ranked = sorted(pairs, key=lambda pair: -pair.alike)
    found = np.cumsum([pair.same for pair in ranked])
    precision = found / np.arange(1, len(ranked) + 1)
    f1 = 2 * found / (np.arange(1, len(ranked) + 1) + found[-1])
    sure = np.flatnonzero(precision >= right)
    return ranked[int(f1.argmax())].alike, ranked[int(sure[-1])].alike if len(sure) else 1.0


def rated_real(group: Group, encoder: Encoder) -> Iterator[Rated]:
    """The same of real articles."""
    vector = cache(lambda place: encoder.encode(group.words(place)))
    for one, other, same, together in group.pairs():
        yield Rated(float(vector(one) @ vector(other)), same, together)


def told_pairs(encoder: Encoder) -> dict[bool, list[Rated]]:
    """Of the labelled stories, by whether they are held out."""
    pairs: dict[bool, list[Rated]] = {True: [], False: []}
    for told in labelled_stories():
        pairs[told.name in HELD_OUT] += rated(fold_story(told), encoder)
    return pairs


def real_pairs(encoder: Encoder, data: Path) -> dict[bool, list[Rated]]:
    """Of the real ones."""
    pairs: dict[bool, list[Rated]] = {True: [], False: []}
    for group in read_groups(data):
        pairs[group.held_out] += rated_real(group, encoder)
    return pairs


def show(title: str, pairs: Mapping[bool, Sequence[Rated]], sure: float) -> None:
    """Prints what each way does on the stories that are held out."""
    best, high = thresholds(pairs[False], sure)
    held = pairs[True]
    ways = {
        "Newsfold": [pair.joined for pair in held],
        "MiniLM, best F1": [pair.alike >= best for pair in held],
        f"MiniLM, {sure:.0%} right": [pair.alike >= high for pair in held],
    }
    print(f"| {title} | P | R | F1 |\n|---|---|---|---|")
    for name, joined in ways.items():
        print(f"| {name} | {' | '.join(f'{it:.3f}' for it in scores(joined, [pair.same for pair in held]))} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="the encoder's jar")
    parser.add_argument("data", type=Path, nargs="?", help="folder with the real articles")
    given = parser.parse_args()
    encoder = Encoder(given.model)
    show("held-out stories", told_pairs(encoder), RIGHT)
    if given.data is not None:
        show("held-out real stories", real_pairs(encoder, given.data), RIGHT_REAL)


if __name__ == "__main__":
    main()
