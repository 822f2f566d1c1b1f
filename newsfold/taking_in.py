"""Putting files of articles on a log, in one order whatever order they are named in."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsfold.progress import Progress, Step
    from newsfold.wiring import Home
    from scrapers.files import Item
    from scrapers.publish import Published


def take_in(home: "Home", inputs: Sequence[Path], progress: "Progress") -> "Published":
    """Publishes what is in the files and folders; gives how much of what."""
    from datetime import UTC, datetime

    from scrapers.files import read_inputs
    from scrapers.ordering import ordered
    from scrapers.publish import publish

    now = datetime.now(UTC)
    step = progress.step("reading")
    published = publish(home.log, home.naming, ordered(_counted(read_inputs(inputs, now=now), step), now=now))
    step.end()
    return published


def _counted(items: Iterable["Item"], step: "Step") -> Iterator["Item"]:
    for item in items:
        step()
        yield item
