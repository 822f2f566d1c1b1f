"""How much of the sample world's known truth the whole pipeline finds, tick by tick."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from consumers.export import export
from newsfold.wiring import open_home
from samples.raw import raw_at
from samples.score import Count, score
from samples.world import World
from schemas.topics import Naming
from scrapers.publish import publish

Counts = dict[str, Count]
AT_EVERY_TICK = ("discrepancies shown", "no false discrepancies")
"""What comes and goes; all else is judged by what stands in the end."""


def score_world() -> Counts:
    """Feeds the world through the whole pipeline on an embedded log, one tick after the other, and scores it."""
    *earlier, final = _by_tick()
    for counts in earlier:
        for name in AT_EVERY_TICK:
            final[name] = _sum(counts[name], final[name])
    return final


def _by_tick() -> Iterator[Counts]:
    world = World.load()
    with tempfile.TemporaryDirectory() as folder:
        home = open_home(Path(folder) / "home", Naming(), create=True)
        pipeline = home.pipeline()
        for tick in range(len(world.ticks)):
            publish(home.log, home.naming, raw_at(world, tick))
            pipeline.run_until_idle()
            export(home.log, home.naming, Path(folder) / "out")
            counts = score(Path(folder) / "out", tick)
            for name in AT_EVERY_TICK:
                counts[name].missed = [f"tick {tick}: {what}" for what in counts[name].missed]
            yield counts
        home.close()


def _sum(one: Count, other: Count) -> Count:
    return Count(one.right + other.right, one.total + other.total, one.missed + other.missed)
