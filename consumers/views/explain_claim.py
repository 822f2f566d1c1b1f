"""One claim under the glass: who states it, in which words, since when, and why the sentences stand together."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from consumers.views.figures import counted_text, value_text
from consumers.views.paint import console, number, one_line, print_json, section, when
from schemas.story import Claim, ClaimFigure
from stories.fold import Reason, StoryState, publish, reasons

_GROUNDS = {
    "first": "began the claim",
    "same words": "the same words as",
    "alike": "says what is said in",
    "less alike": "by what stands around both, says what is said in",
    "same figure": "gives the same figure as",
    "same toll": "gives the same toll as",
}


def show_claim(story: StoryState, name: str, *, as_json: bool = False) -> None:
    """Prints the claim's supports with spans, copies and grounds, then its figures.

    `name` is the claim's id, or so much of it that it is the only one of the story. Raises `UsageError` for none such.
    """
    found = reasons(story, name)
    claim = next(own for own in publish(story).claims if own.claim_id.startswith(name))
    if as_json:
        print_json([_as_json(story, claim, found)])
        return
    out = console()
    for part in _parts(story, claim, found):
        out.print(part if isinstance(part, Text) else Padding(part, (0, 0, 0, 2), expand=False))


def _as_json(story: StoryState, claim: Claim, found: Sequence[Reason]) -> dict[str, Any]:
    rows = []
    for reason in found:
        member = story.members[reason.article_id]
        row = reason._asdict() | {"span": reason.span.model_dump(), "source": member.facts.source}
        rows.append(row | {"reported": member.reported.isoformat() if member.reported is not None else None})
    return {"story_id": story.story_id, "version": story.version, **claim.model_dump(mode="json"), "reasons": rows}


def _parts(story: StoryState, claim: Claim, found: Sequence[Reason]) -> Iterator[RenderableType]:
    yield Text(one_line(claim.text), style="head")
    facts = (
        f"claim {claim.claim_id} of story {story.story_id}",
        f"since version {claim.since_version}",
        number(claim.independent_sources, "independent source"),
    )
    yield Text(" · ".join(facts), style="quiet")
    yield section("supports", len(found))
    numbers = {(reason.article_id, reason.sentence): n for n, reason in enumerate(found, start=1)}
    yield _supports(story, found, numbers)
    if claim.figures:
        yield section("figures", len(claim.figures))
        yield _figures(story, claim.figures)


def _supports(story: StoryState, found: Sequence[Reason], numbers: dict[tuple[str, int], int]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="id", no_wrap=True)
    grid.add_column()
    for number_, reason in enumerate(found, start=1):
        member = story.members[reason.article_id]
        where = f"{reason.article_id[:8]} sentence {reason.sentence}, {reason.span.start} to {reason.span.end}"
        head = Text(member.facts.source, style="source")
        grid.add_row(
            f"{number_}", head.append(f"  {when(member.reported)}  {where}{_copy(story, reason)}", style="quiet")
        )
        grid.add_row("", Text(one_line(reason.text)))
        grid.add_row("", Text(_why(reason, numbers), style="changed"))
    return grid


def _copy(story: StoryState, reason: Reason) -> str:
    original = story.members.get(reason.copied)
    return f"  copy of {original.facts.source}" if original is not None else ""


def _why(reason: Reason, numbers: dict[tuple[str, int], int]) -> str:
    ground = _GROUNDS[reason.ground]
    if reason.nearest is None:
        return ground
    parts = ", ".join(f"{name} {value:g}" for name, value in reason.parts.items())
    return f"{ground} {numbers[reason.nearest]}: likeness {reason.score:g} ({parts})"


def _figures(story: StoryState, figures: Sequence[ClaimFigure]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(4):
        grid.add_column()
    for figure in figures:
        for value in figure.values:
            sources = dict.fromkeys(story.members[support.article_id].facts.source for support in value.supports)
            grid.add_row(
                Text(counted_text(figure.counted, figure.unit), style="label"),
                Text(value_text(value, figure.unit), style="value"),
                Text(f"{value.status} since {when(value.since)}", style="quiet"),
                Text(", ".join(sources), style="source"),
            )
    return grid
