"""The table of all stories."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from rich.table import Table
from rich.text import Text

from consumers.views.paint import console, number, print_json, when
from schemas.story import Story

LEAST_ID = 6
WIDE = 100
"""Columns of a terminal from which the headings are written out."""
HEADINGS = ("version", "articles", "sources", "discrepancies")
NARROW = ("ver", "art", "src", "dis")
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def brief(story: Story) -> dict[str, Any]:
    """What the table says of a story, as plain values."""
    return {
        "story_id": story.story_id,
        "version": story.version,
        "status": story.status,
        "title": story.title,
        "language": story.language,
        "articles": story.counts.articles,
        "independent_sources": story.independent_sources,
        "discrepancies": sum(not one.mild for one in story.discrepancies),
        "first_at": story.first_at and story.first_at.isoformat(),
        "last_at": story.last_at and story.last_at.isoformat(),
        "merged_into": story.merged_into,
    }


def ordered(stories: Iterable[Story]) -> list[Story]:
    """Newest news first; of the same moment the story of more sources."""
    return sorted(
        stories, key=lambda own: (own.last_at or LONG_AGO, own.independent_sources, own.story_id), reverse=True
    )


def show_stories(stories: Sequence[Story], ids: Iterable[str], *, as_json: bool = False, left_out: int = 0) -> None:
    """Prints the stories; `ids` are all ids there are, so that the printed part of an id is enough to name a story."""
    if as_json:
        print_json(map(brief, stories))
        return
    out = console()
    if not stories:
        out.print(Text("No stories yet.", style="quiet"))
        return
    out.print(_table(stories, unique_length(ids), out.width))
    if left_out:
        out.print(Text(f"and {number(left_out, 'more story', 'more stories')}: --all shows them", style="quiet"))


def unique_length(ids: Iterable[str]) -> int:
    """How many characters of an id tell it from every other."""
    known = sorted(ids)
    shared = (_shared(one, other) for one, other in pairwise(known))
    return max([LEAST_ID - 1, *shared]) + 1


def _shared(one: str, other: str) -> int:
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same


def _table(stories: Sequence[Story], id_length: int, room: int) -> Table:
    """Rich would cut every column to make the table fit; here only titles give way."""
    wide = room >= WIDE
    counts = HEADINGS if wide else NARROW
    last = [when(story.last_at) for story in stories]
    gap = 2 if wide else 1
    title = room - sum(map(len, counts)) - id_length - max(map(len, last)) - gap * (len(counts) + 2)
    table = Table(box=None, header_style="label", pad_edge=False, padding=(0, gap, 0, 0))
    table.add_column("story", style="id", no_wrap=True, min_width=id_length)
    for heading in counts:
        table.add_column(heading, justify="right", no_wrap=True, min_width=len(heading))
    table.add_column("last", style="quiet", no_wrap=True, min_width=max(map(len, last)))
    table.add_column("title", no_wrap=True, overflow="ellipsis", max_width=max(title, 10))
    for story, moment in zip(stories, last, strict=True):
        table.add_row(*_cells(story, id_length), moment, _title(story))
    return table


def _cells(story: Story, id_length: int) -> tuple[Text | str, ...]:
    disagree = sum(not one.mild for one in story.discrepancies)
    return (
        story.story_id[:id_length],
        str(story.version),
        str(story.counts.articles),
        str(story.independent_sources),
        Text(str(disagree), style="alarm") if disagree else Text("-", style="quiet"),
    )


def _title(story: Story) -> Text:
    title = Text(story.title or "(no title)", style="head" if story.independent_sources > 1 else "")
    if story.status in ("merged", "empty"):
        into = f" into {story.merged_into[:8]}" if story.merged_into else ""
        return Text(f"({story.status}{into}) ", style="quiet").append_text(title)
    return title
