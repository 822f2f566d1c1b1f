"""Discrepancies: what is counted, each value, who says so and since when."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from consumers.views.citations import Citations
from consumers.views.figures import counted_text, value_text
from consumers.views.paint import when
from schemas.story import Discrepancy, Story


def dispute_parts(story: Story, cite: Citations) -> Iterator[RenderableType]:
    """A heading for each discrepancy, and under it a line for each value."""
    for dispute in story.discrepancies:
        heading = Table.grid(padding=(0, 2, 0, 0))
        heading.add_column(no_wrap=True)
        heading.add_row(_mark(dispute), _heading(dispute, story))
        yield heading
        yield Padding(_values(dispute, cite), (0, 0, 0, 2), expand=False)


def _values(dispute: Discrepancy, cite: Citations) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="value", no_wrap=True)
    grid.add_column()
    grid.add_column(style="quiet", no_wrap=True)
    for reading in dispute.values:
        since = f"since {when(reading.since)}" if reading.since else ""
        grid.add_row(value_text(reading, dispute.unit), cite.sources(reading.supports), since)
    return grid


def _mark(dispute: Discrepancy) -> Text:
    return Text("~ mild", style="changed") if dispute.mild else Text("! open", style="alarm")


def _heading(dispute: Discrepancy, story: Story) -> Text:
    claim = next((claim.text for claim in story.claims if claim.claim_id == dispute.claim_id), "")
    heading = Text(counted_text(dispute.counted, dispute.unit, claim), style="head")
    return heading.append("  " + claim, style="not bold bright_black")
