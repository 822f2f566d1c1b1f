"""How two generations differ, as a person reads it."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from consumers.compare import Comparison, Regrouped
from consumers.views.paint import console, number, print_json

EXAMPLES = 5


def show_comparison(found: Comparison, *, as_json: bool = False) -> None:
    """Prints the verdict, the counts, and some examples of each kind of difference; the JSON has them all."""
    if as_json:
        print_json([found])
        return
    out = console()
    out.print(_verdict(found))
    out.print(_counts(found))
    for heading, lines in _differences(found):
        if lines:
            out.print(Text(f"{heading}: {len(lines):,}", style="label"))
            for line in lines[:EXAMPLES]:
                out.print(Text("  " + line))
            if len(lines) > EXAMPLES:
                out.print(Text(f"  and {len(lines) - EXAMPLES:,} more", style="quiet"))


def _verdict(found: Comparison) -> Text:
    first, second = found.generations
    if found.verdict == "identical":
        same = f"{number(found.stories[0], 'story', 'stories')} and {number(found.updates[0], 'update')}"
        return Text(f"{first} and {second} are identical: {same}, the same to the byte.", style="new")
    return Text(f"{first} and {second} differ.", style="alarm")


def _counts(found: Comparison) -> Table:
    table = Table(box=None, header_style="label", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    for heading in (*found.generations, "the same"):
        table.add_column(heading, justify="right")
    in_both = found.articles[0] - sum(moved.before is not None for moved in found.moved)
    for name, counts, same in (
        ("articles", found.articles, in_both),
        ("stories", found.stories, found.same_stories),
        ("updates", found.updates, found.same_updates),
    ):
        table.add_row(name, *(f"{count:,}" for count in (*counts, same)))
    return table


def _differences(found: Comparison) -> Iterator[tuple[str, Sequence[str]]]:
    first, second = found.generations
    yield "Articles that moved", [f"{own.input_id}: {_short(own.before)} -> {_short(own.after)}" for own in found.moved]
    yield f"Stories of {first} that were split", [_regrouped(own) for own in found.split]
    yield f"Stories of {second} that were merged", [_regrouped(own) for own in found.merged]
    yield (
        "Stories that changed",
        [f"{_short(own.story_id)} v{own.versions[0]} -> v{own.versions[1]}  {own.title}" for own in found.changed],
    )
    yield f"Stories of {first} only", list(found.only_first)
    yield f"Stories of {second} only", list(found.only_second)
    yield "Updates that changed", list(found.changed_updates)


def _regrouped(own: Regrouped) -> str:
    return f"{_short(own.story_id)} = {' + '.join(map(_short, own.others))}  {own.title}"


def _short(story_id: str | None) -> str:
    return story_id[:12] if story_id else "no story"
