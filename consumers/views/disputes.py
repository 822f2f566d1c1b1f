"""Discrepancies: what is counted, each value, who says so and since when."""

from rich.table import Table
from rich.text import Text

from consumers.views.citations import Citations
from consumers.views.figures import counted_text, value_text
from consumers.views.paint import when
from schemas.story import Discrepancy, Story


def dispute_table(story: Story, cite: Citations) -> Table:
    """A heading line for each discrepancy, and under it a line for each value."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="value", no_wrap=True)
    grid.add_column()
    grid.add_column(style="quiet", no_wrap=True)
    claims = {claim.claim_id: claim.text for claim in story.claims}
    for dispute in story.discrepancies:
        grid.add_row(_mark(dispute), _heading(dispute, claims), "")
        for reading in dispute.values:
            since = f"since {when(reading.since)}" if reading.since else ""
            grid.add_row(value_text(reading, dispute.unit), cite.sources(reading.supports), since)
    return grid


def _mark(dispute: Discrepancy) -> Text:
    return Text("~ mild", style="changed") if dispute.mild else Text("! open", style="alarm")


def _heading(dispute: Discrepancy, claims: dict[str, str]) -> Text:
    heading = Text(counted_text(dispute.counted, dispute.unit), style="head")
    return heading.append("  " + claims.get(dispute.claim_id, ""), style="quiet")
