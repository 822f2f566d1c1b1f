"""How an installation is, as a person reads it."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from consumers.checkup import Checkup, PartitionCheck, StageCheck, lasting
from consumers.views.paint import console, number, one_line, print_json, section

KEPT = {"keep": "for ever", "compact": "newest of each key", "time": "by time"}
REASONS = 5
"""Reasons of quarantine that are shown; the JSON has them all."""
BEHIND = 4
"""Partitions in which a stage is behind that are shown, those with most records first."""


def show_checkup(found: Checkup, *, only_problems: bool = False, as_json: bool = False) -> None:
    """Prints all of it, or only what is wrong: then nothing where nothing is."""
    if as_json:
        if found.problems or not only_problems:
            print_json([found])
        return
    out = console()
    if only_problems:
        for problem in found.problems:
            out.print(Text(problem), soft_wrap=True)
        return
    _heading(out, found)
    if found.topics:
        out.print(section("topics"))
        out.print(_topics(found))
    if found.stages:
        out.print(section("stages"))
        out.print(_stages(found))
    _quarantine(out, found)
    _verdict(out, found)


def _heading(out: Console, found: Checkup) -> None:
    out.print(Text(found.log, style="head").append(f"  generation {found.generation}", style="id"))
    others = [name for name in found.generations if name != found.generation]
    if others:
        out.print(Text(f"other generations on this log: {', '.join(others)}", style="quiet"))


def _table(*columns: str, counts: tuple[str, ...]) -> Table:
    table = Table(box=None, header_style="label", pad_edge=False, padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(name, justify="right" if name in counts else "left", no_wrap=name in counts)
    return table


def _topics(found: Checkup) -> Table:
    table = _table("topic", "partitions", "records", "kept", counts=("partitions", "records"))
    for topic in found.topics:
        at_most = "≤ " if topic.kept == "compact" and topic.records else ""
        table.add_row(topic.name, f"{topic.partitions:,}", f"{at_most}{topic.records:,}", KEPT[topic.kept])
    return table


def _stages(found: Checkup) -> Table:
    table = _table("stage", "reads", "stands at", "waiting", "oldest waits", counts=("waiting", "oldest waits"))
    for stage in found.stages:
        table.add_row(Text(stage.stage, style="id"), stage.source, _place(stage), *_waiting(stage))
        for own in _behind(stage):
            table.add_row(
                "", Text(f"  partition {own.partition}", style="quiet"), _partition_place(own), *_waiting(own)
            )
    return table


def _place(stage: StageCheck) -> Text:
    if not stage.ran:
        return Text("never ran", style="quiet")
    return Text(f"{sum(own.place for own in stage.partitions):,} of {sum(own.end for own in stage.partitions):,}")


def _partition_place(own: PartitionCheck) -> Text:
    return Text(f"{own.place:,} of {own.end:,}", style="quiet")


def _waiting(own: StageCheck | PartitionCheck) -> tuple[Text, Text]:
    if not own.waiting:
        return Text("0", style="quiet"), Text("-", style="quiet")
    age = "?" if own.oldest_seconds is None else lasting(own.oldest_seconds)
    return Text(f"{own.waiting:,}", style="changed"), Text(age, style="changed")


def _behind(stage: StageCheck) -> Iterator[PartitionCheck]:
    """The partitions worth a line of their own: not if there is only one, nor if the stage never ran."""
    behind = sorted((own for own in stage.partitions if own.waiting), key=lambda own: -own.waiting)
    if stage.ran and len(stage.partitions) > 1:
        yield from behind[:BEHIND]


def _quarantine(out: Console, found: Checkup) -> None:
    if not found.quarantine:
        return
    out.print(section("quarantine", sum(own.count for own in found.quarantine)))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    for own in found.quarantine[:REASONS]:
        table.add_row(Text(f"{own.count:,}", style="count"), Text(own.stage, style="id"), Text(one_line(own.reason)))
    out.print(table)
    left = len(found.quarantine) - REASONS
    if left > 0:
        out.print(Text(f"and {number(left, 'more reason')}: `newsfold quarantine` lists the inputs", style="quiet"))


def _verdict(out: Console, found: Checkup) -> None:
    if not found.problems:
        out.print(Text("\nNothing is wrong.", style="new"))
        return
    out.print(section("what is wrong", len(found.problems)))
    table = Table.grid(padding=(0, 1, 0, 0))
    for problem in found.problems:
        table.add_row(Text("!", style="alarm"), Text(problem))
    out.print(table)
