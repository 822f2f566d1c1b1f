"""Why an article is where it is: the stories that were weighed, with what spoke for each, and what was decided."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from consumers.decisions import Decided, Decision
from consumers.views.paint import console, one_line, print_json, section, when
from schemas.stories import Why

_SAID = {
    "opened": "opened a story",
    "joined": "joined a story",
    "revised": "came with a new text",
    "withdrawn": "was withdrawn by its source",
    "merged": "moved: two stories turned out to be one",
    "split": "moved: a story turned out to be two",
}


def show_why(decided: Decided, *, as_json: bool = False) -> None:
    """Prints every decision on one article, oldest first."""
    if as_json:
        print_json([decided])
        return
    out = console()
    for part in _parts(decided):
        out.print(part if isinstance(part, Text) else Padding(part, (0, 0, 0, 2), expand=False))


def _parts(decided: Decided) -> Iterator[RenderableType]:
    yield Text(one_line(decided.title or "(no title)"), style="head")
    yield Text(decided.article_id, style="id").append(
        f"  {decided.source} · {one_line(decided.input_id)}", style="quiet"
    )
    for made in decided.decisions:
        yield from _decision(made, decided.titles)


def _decision(made: Decision, titles: dict[str, str]) -> Iterator[RenderableType]:
    yield section(_SAID[made.kind]).append(f"  {when(made.at)}", style="quiet")
    line = Text(f"{made.story_id}@{made.version}", style="id").append(
        f"  {one_line(titles[made.story_id])}", style="head"
    )
    yield line.append(f"  (the other: {made.other})", style="quiet") if made.other else line
    if made.why is not None:
        yield from _why(made, made.why, titles)


def _why(made: Decision, why: Why, titles: dict[str, str]) -> Iterator[RenderableType]:
    if why.copy_of:
        yield Text(f"it carries the text of article {why.copy_of}: {why.score:.0%} of the shorter one", style="changed")
    elif why.threshold is None:
        yield Text("it was in this story before", style="quiet")
    elif made.kind == "opened" and not why.rivals:
        yield Text("no active story shares enough with it to be weighed", style="quiet")
    else:
        yield Text(f"score {why.score:.4f}, needed {why.threshold:.4f}", style="value")
        if made.kind == "joined" and why.score < why.threshold:
            alone, needed, ratio = why.parts["alone"], why.weights["alone_threshold"], why.weights["alone_ratio"]
            yield Text(f"no other story is near: alone {alone:.4f}, needed {needed:g} and {1 / ratio:g} times the next")
        yield _weighed(made, why, titles)
        yield Text("weights: " + ", ".join(f"{name} {value:g}" for name, value in why.weights.items()), style="quiet")


def _weighed(made: Decision, why: Why, titles: dict[str, str]) -> Table:
    """The chosen story first, then its rivals; the parts are those of the article that was most alike."""
    rows = [] if made.kind == "opened" else [("joined", made.story_id, why.score, "", why.parts)]
    rows += [("", rival.story_id, rival.score, rival.article_id, rival.parts) for rival in why.rivals]
    names = list(dict.fromkeys(name for row in rows for name in row[4]))
    table = Table(box=None, pad_edge=False, header_style="quiet")
    for column in ("", "story", "score", *names, "nearest article", "title"):
        table.add_column(column, justify="right" if column in ("score", *names) else "left")
    for chosen, story, score, nearest, parts in rows:
        figures = [f"{parts[name]:g}" if name in parts else "" for name in names]
        table.add_row(chosen, story[:8], f"{score:.4f}", *figures, nearest[:8], one_line(titles[story]))
    return table
