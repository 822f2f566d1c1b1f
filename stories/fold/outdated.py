"""What a story has left behind: no title or summary should go on telling it."""

import re
from collections.abc import Mapping
from datetime import datetime

from stories.fold.fates import TOTALS
from stories.fold.lines import Line
from stories.fold.state import ORDER, StoryState

_LOOKED_AT = 40
"""Claims of most sources in which tolls are looked for: keeps the cost off the story's size."""
_TO_COME = re.compile(
    r"\b(?:will|(?:is|are) (?:to|due|set|expected|scheduled|planned|likely)|plans? to|prepar\w+ to)\b", re.IGNORECASE
)
_HEADS = {name: head for head, name in TOTALS.items()}
Outdated = Mapping[str, frozenset[float]]
"""By the fate ("=dead") the values that no longer stand."""


def outdated_tolls(story: StoryState) -> Outdated:
    """As the foremost claim that has followed the toll over several values knows them."""
    found: dict[str, frozenset[float]] = {}
    for claim in story.end(ORDER, _LOOKED_AT):
        for figure in claim.shown.figures:
            head = _HEADS.get(figure.counted or "")
            if head is not None and len(figure.values) > 1 and head not in found:
                current = {value.value for value in figure.values if not value.superseded}
                found[head] = frozenset(v.value for v in figure.values if v.superseded and v.value not in current)
    return found


def gives_outdated(line: Line, outdated: Outdated) -> bool:
    """Whether the sentence gives a toll that no longer stands."""
    return any(value in outdated.get(head, ()) for (_, head), value in line.amounts)


def is_overtaken(line: Line, reported: datetime | None, now: datetime | None) -> bool:
    """Whether it tells what is to come on a day that has gone by: "the strike will begin on Wednesday", on Friday."""
    if reported is None or now is None or not line.dates or not _TO_COME.search(line.text):
        return False
    first, last = reported.date().isoformat(), now.date().isoformat()
    days = [date.value[:10] for date in line.dates if date.granularity in ("day", "minute")]
    return any(first < day < last for day in days) and not any(day >= last for day in days)
