"""Which sentences say the same: a sentence encoder beside the fold, on the labelled stories.

    pip install -e '.[peers]'
    python -m bench.claim_peers MINILM.jar

Two sentences are joined by the encoder if their cosine reaches a threshold. That is chosen on the stories that the fold
was tuned on, once for the best F1 and once for .97 of the pairs right; what is told is the stories that were held out.
Where the jar comes from: `bench/peers.py`.
"""

import argparse
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.peers import Encoder
from bench.quality.stories import Folded, fold_story, pairs_of
from samples.labelled import HELD_OUT, labelled_stories

RIGHT = 0.97


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


def thresholds(pairs: Sequence[Rated]) -> tuple[float, float]:
    """The cosine of the best F1, and the lowest from which `RIGHT` of the pairs say the same."""
    ranked = sorted(pairs, key=lambda pair: -pair.alike)
    right = np.cumsum([pair.same for pair in ranked])
    precision = right / np.arange(1, len(ranked) + 1)
    f1 = 2 * right / (np.arange(1, len(ranked) + 1) + right[-1])
    sure = np.flatnonzero(precision >= RIGHT)
    return ranked[int(f1.argmax())].alike, ranked[int(sure[-1])].alike if len(sure) else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="the encoder's jar")
    encoder = Encoder(parser.parse_args().model)
    pairs: dict[bool, list[Rated]] = {True: [], False: []}
    for told in labelled_stories():
        pairs[told.name in HELD_OUT] += rated(fold_story(told), encoder)
    best, sure = thresholds(pairs[False])
    held = pairs[True]
    ways = {
        "Newsfold": [pair.joined for pair in held],
        "MiniLM, best F1": [pair.alike >= best for pair in held],
        f"MiniLM, {RIGHT:.0%} right": [pair.alike >= sure for pair in held],
    }
    print("| held-out stories | P | R | F1 |\n|---|---|---|---|")
    for name, joined in ways.items():
        print(f"| {name} | {' | '.join(f'{it:.3f}' for it in scores(joined, [pair.same for pair in held]))} |")


if __name__ == "__main__":
    main()
