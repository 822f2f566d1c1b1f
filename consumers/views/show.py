"""One story, whole: what is known, who says it, and where they disagree."""

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from consumers.views.citations import Citations
from consumers.views.disputes import dispute_parts
from consumers.views.figures import counted_text, value_text
from consumers.views.paint import KINDS, console, number, print_json, section, when
from schemas.story import Claim, Story, StoryQuote

FEW = 12
"""Claims, quotes and dates that are shown without `--all`; names: per kind."""
_SENTENCE = 4
"""Words from which a quote says something by itself."""


def show_story(story: Story, *, as_json: bool = False, everything: bool = False) -> None:
    """Prints the story; without `everything` only the strongest claims and the first of the long lists."""
    if as_json:
        print_json([story])
        return
    limit = None if everything else FEW
    cite = Citations(story)
    out = console()
    for part in _parts(story, cite, limit):
        _print(out, part)


def _parts(story: Story, cite: Citations, limit: int | None) -> Iterator[RenderableType]:
    yield from _head(story)
    yield from _summary(story, cite)
    yield from _disputes(story, cite)
    yield from _claims(story, cite, limit)
    yield from _quotes(story, cite, limit)
    yield from _names(story, limit)
    yield from _timeline(story, limit)
    yield from _articles(story, cite)


def _print(out: Console, part: RenderableType) -> None:
    out.print(part if isinstance(part, Text) else Padding(part, (0, 0, 0, 2), expand=False))


def _head(story: Story) -> Iterator[Text]:
    yield Text(story.title or "(no title)", style="head")
    facts = [
        f"version {story.version}",
        story.status if story.merged_into is None else f"merged into {story.merged_into}",
        number(story.counts.articles, "article"),
        number(story.independent_sources, "independent source"),
        " to ".join(dict.fromkeys((when(story.first_at), when(story.last_at)))),
    ]
    yield Text(story.story_id, style="id").append("  " + " · ".join(facts), style="quiet")
    if story.thread_id not in ("", story.story_id):
        yield Text(f"in the thread of {story.thread_id}", style="quiet")
    if story.links:
        yield Text("linked with " + ", ".join(story.links), style="quiet")


def _summary(story: Story, cite: Citations) -> Iterator[RenderableType]:
    if not story.summary:
        return
    yield section("summary")
    text = Text()
    for sentence in story.summary:
        text.append(sentence.text + " ").append_text(cite.supports(sentence.supports)).append(" ")
    text.rstrip()
    grid = Table.grid()
    grid.add_row(text)
    yield grid


def _disputes(story: Story, cite: Citations) -> Iterator[RenderableType]:
    if story.discrepancies:
        yield section("discrepancies", story.counts.discrepancies)
        yield from dispute_parts(story, cite)


def _claims(story: Story, cite: Citations, limit: int | None) -> Iterator[RenderableType]:
    if not story.claims:
        return
    yield section("claims", story.counts.claims)
    strongest = sorted(story.claims, key=lambda claim: -claim.independent_sources)[:limit]
    grid = _grid(("count", "right"), ("", "left"))
    for claim in strongest:
        grid.add_row(f"{claim.independent_sources} src", _claim(claim, cite))
    yield grid
    yield from _more(story.counts.claims - len(strongest), "claim")


def _claim(claim: Claim, cite: Citations) -> Text:
    text = Text(claim.text + " ").append_text(cite.supports(claim.supports))
    for figure in claim.figures:
        values = [reading for reading in figure.values if not reading.superseded]
        if len(values) > 1:
            said = " / ".join(value_text(reading, figure.unit) for reading in values)
            text.append(f"  {counted_text(figure.counted, figure.unit, claim.text)}: {said}", style="alarm")
    return text


def _quotes(story: Story, cite: Citations, limit: int | None) -> Iterator[RenderableType]:
    if not story.quotes:
        return
    shown = sorted(story.quotes, key=by_weight)[:limit]
    yield section("quotes", story.counts.quotes)
    grid = _grid(("head", "left"), ("", "left"))
    for quote in shown:
        grid.add_row(quote.speaker or "(unnamed)", _wordings(quote, cite))
    yield grid
    yield from _more(story.counts.quotes - len(shown), "quote")


def by_weight(quote: StoryQuote) -> tuple[bool, int]:
    """What most articles quote comes first, words and names in quotation marks last."""
    longest = max([len(wording.text.split()) for wording in quote.wordings], default=0)
    return longest < _SENTENCE, -len({wording.article_id for wording in quote.wordings})


def _wordings(quote: StoryQuote, cite: Citations) -> Text:
    said: dict[str, list[str]] = {}
    for wording in quote.wordings:
        said.setdefault(wording.text, []).append(wording.article_id)
    lines = [Text(f"“{text}” ").append_text(cite.articles(ids)) for text, ids in said.items()]
    return Text("\n").join(lines)


def _names(story: Story, limit: int | None) -> Iterator[RenderableType]:
    if not story.entities:
        return
    yield section("names", story.counts.entities)
    grid = _grid(("quiet", "left"), ("", "left"))
    for kind, heading in KINDS.items():
        own = sorted((entity for entity in story.entities if entity.kind == kind), key=lambda entity: -entity.mentions)
        if own:
            grid.add_row(heading, _name_list([_name(one.name, one.aliases) for one in own[:limit]], len(own)))
    yield grid


def _name(name: str, aliases: Sequence[str]) -> Text:
    also = [alias for alias in aliases if alias != name]
    text = Text(name)
    return text.append(f" ({', '.join(also)})", style="quiet") if also else text


def _name_list(names: list[Text], total: int) -> Text:
    rest = total - len(names)
    return Text(", ").join([*names, Text(f"{rest} more", style="quiet")] if rest else names)


def _timeline(story: Story, limit: int | None) -> Iterator[RenderableType]:
    if not story.timeline:
        return
    yield section("timeline", story.counts.timeline)
    grid = _grid(("value", "left"), ("", "left"))
    for entry in story.timeline[:limit]:
        grid.add_row(entry.date + ("?" if entry.inferred else ""), entry.text)
    yield grid
    yield from _more(story.counts.timeline - len(story.timeline[:limit]), "date")


def _articles(story: Story, cite: Citations) -> Iterator[RenderableType]:
    if not story.articles:
        return
    yield section("articles", story.counts.articles)
    grid = _grid(("quiet", "right"), ("source", "left"), ("quiet", "left"), ("", "left"))
    for article in story.articles:
        title = Text(article.title or article.url or "(no title)")
        if article.copy_of is not None:
            title.append("  copy of ", style="changed").append_text(cite.articles([article.copy_of]))
        if article.credits:
            title.append(f"  ({', '.join(article.credits)})", style="quiet")
        date = when(article.published_at, article.published_precision)
        if article.inferred_at is not None:
            date = f"{when(article.inferred_at, 'day')}?"
        grid.add_row(cite.articles([article.article_id]), article.source, date, title)
    yield grid
    yield from _more(story.counts.articles - len(story.articles), "article")


def _more(count: int, what: str) -> Iterator[Text]:
    if count > 0:
        yield Text(f"  and {number(count, f'more {what}')}: --all shows them", style="quiet")


def _grid(*columns: tuple[str, str]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for place, (style, justify) in enumerate(columns):
        last = place == len(columns) - 1
        grid.add_column(style=style, justify="right" if justify == "right" else "left", max_width=None if last else 24)
    return grid
