"""One article under the glass: each line with its verdict, then what was read from what is left."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from articles.clean.account import Account, Line, account_for
from articles.extract import extract
from consumers.views.figures import counted_text, value_text
from consumers.views.paint import console, number, one_line, print_json, section, when
from schemas.articles import Entity, Facts, Fetched, Figure
from schemas.base import Span
from schemas.story import Reading

_AROUND = 30
"""Characters."""
_SPANNED = ("sentences", "quotes", "figures", "dates")


def show_article(fetched: Fetched, seen: Sequence[str] = (), *, as_json: bool = False) -> None:
    """Prints the lines of a raw article with their verdicts, then sentences, names, quotes, figures and dates.

    `seen`: lines that were left out because other articles of the source have them.
    """
    account = account_for(fetched, seen)
    facts = extract(account.cleaned) if account.cleaned else None
    if as_json:
        print_json([_as_json(fetched, account, facts)])
        return
    out = console()
    for part in _parts(fetched, account, facts):
        out.print(part if isinstance(part, Text) else Padding(part, (0, 0, 0, 2), expand=False))


def _as_json(fetched: Fetched, account: Account, facts: Facts | None) -> dict[str, Any]:
    """`lines`, and all fields of the facts but for the vectors; each span with its words."""
    head: dict[str, Any] = {name: getattr(fetched, name) for name in ("article_id", "source", "input_id", "url")}
    found = {"refused": account.refused, "lines": [line._asdict() for line in account.lines]}
    if facts is None:
        return head | found
    fields = facts.model_dump(mode="json", exclude={"terms", "title_terms"})
    for name in _SPANNED:
        for one in fields[name]:
            one["words"] = facts.text[one["start"] : one["end"]]
    return head | fields | found


def _parts(fetched: Fetched, account: Account, facts: Facts | None) -> Iterator[RenderableType]:
    yield from _head(fetched, account)
    yield from _lines(account.lines)
    if facts is None:
        return
    yield section("sentences", len(facts.sentences))
    yield _grid([(sentence.kind, sentence.of(facts.text)) for sentence in facts.sentences])
    yield from _read(facts)


def _head(fetched: Fetched, account: Account) -> Iterator[Text]:
    cleaned = account.cleaned
    yield Text(one_line((cleaned.title if cleaned else fetched.title) or "(no title)"), style="head")
    known = [fetched.source, one_line(fetched.input_id)]
    if cleaned:
        origin = f" by {cleaned.published_origin}" if cleaned.published_origin else ""
        known += [when(cleaned.published_at, cleaned.published_precision) + origin, cleaned.language]
        known += [*cleaned.byline, *cleaned.credits, *filter(None, [cleaned.dateline])]
    yield Text(fetched.article_id, style="id").append("  " + " · ".join(known), style="quiet")
    if account.refused:
        yield Text(f"refused: {account.refused}", style="alarm")
    for repair in cleaned.repairs if cleaned else ():
        yield Text(f"repaired: {one_line(repair)}", style="changed")


def _lines(lines: Sequence[Line]) -> Iterator[RenderableType]:
    kept = sum(line.kept for line in lines)
    yield section("lines").append(f"  {kept:,} kept, {len(lines) - kept:,} left out", style="quiet")
    grid = _empty_grid()
    for line in lines:
        style = "new" if line.kept else "changed"
        grid.add_row(Text(line.verdict, style=style), Text(one_line(line.text), style="" if line.kept else "quiet"))
    yield grid


def _read(facts: Facts) -> Iterator[RenderableType]:
    text = facts.text
    yield from _section("names", [(one.kind, _called(one)) for one in facts.entities])
    quotes = [
        (quote.speaker or "(unnamed)", f"“{quote.of(text)}”" + (f"  cue: {quote.cue}" if quote.cue else ""))
        for quote in facts.quotes
    ]
    yield from _section("quotes", quotes)
    figures = [(_value(one), f"{counted_text(one.counted, one.unit)}: {_around(text, one)}") for one in facts.figures]
    yield from _section("figures", figures)
    dates = [
        (f"{one.value} or {one.other}" if one.other else one.value, f"{one.granularity}: {_around(text, one)}")
        for one in facts.dates
    ]
    yield from _section("dates", dates)


def _value(figure: Figure) -> str:
    reading = Reading(value=figure.value, value_to=figure.value_to, qualifier=figure.qualifier, supports=())
    return value_text(reading, figure.unit)


def _called(entity: Entity) -> str:
    also = f" ({', '.join(entity.aliases)})" if entity.aliases else ""
    return f"{entity.name}{also}, {number(len(entity.mentions), 'mention')}, salience {entity.salience:.2f}"


def _around(text: str, span: Span) -> str:
    """The words of a span and a few of its block on both sides."""
    before = text[max(0, span.start - _AROUND) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + _AROUND].partition("\n")[0]
    before = before.partition(" ")[2] if len(before) == _AROUND else before
    after = after.rpartition(" ")[0] if len(after) == _AROUND else after
    return f"{before}[{span.of(text)}]{after}"


def _section(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[RenderableType]:
    if rows:
        yield section(title, len(rows))
        yield _grid(rows)


def _grid(rows: Sequence[tuple[str, str]]) -> Table:
    grid = _empty_grid()
    for left, right in rows:
        grid.add_row(Text(one_line(left), style="value"), Text(one_line(right)))
    return grid


def _empty_grid() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=24)
    grid.add_column()
    return grid
