"""The numbers behind join-or-open: data, made by `bench/train_assign.py`."""

from importlib.resources import files
from typing import NamedTuple

import orjson


class Weights(NamedTuple):
    """What likeness is made of, and how much of it makes an article join."""

    body: float
    title: float
    names: float
    fade_days: float
    """Likeness fades with the days between two articles as exp(-days / fade)."""
    recency_days: float
    """How fast an article counts less in the mean over its story."""
    best: float
    """Weight of the story's most alike article; the rest is the mean over all its articles."""
    threshold: float
    alone_fade_days: float
    """How slowly likeness fades where no other story is near."""
    alone_threshold: float
    """Likeness from which an article joins such a story."""
    alone_ratio: float
    """What the next best story may reach of it for that."""


def _load() -> Weights:
    stored = orjson.loads(files("stories.assign").joinpath("weights.json").read_bytes())
    return Weights(**{name: stored[name] for name in Weights._fields})


WEIGHTS = _load()
