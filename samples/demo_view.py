"""What the demo shows: lines that stay, and in a terminal a table of the stories below them that keeps up to date."""

import shutil
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from consumers.views.citations import Citations
from consumers.views.figures import counted_text, value_text
from consumers.views.paint import THEME, Output, number
from schemas.story import Alteration, Discrepancy, Story, Update
from scrapers.live.outcomes import ScrapeEvent
from stories.fold.telling import SURE

WIDEST = 120
"""Columns beyond which lines are hard to read."""
DEEP = 11
CLAIM_LENGTH = 70
TABLE_ROWS = 8
COLOURS = ("cyan", "yellow", "green", "magenta", "blue", "bright_red", "bright_cyan", "bright_yellow", "bright_green")
MARKS = {
    "superseded": ("↻", "changed", "a figure has moved"),
    "resolved": ("✔", "bold green", "NO LONGER IN DISPUTE"),
    "withdrawn": ("✖", "source", "gone with its article"),
    "copy": ("⧉", "quiet", "copy"),
}
TONES = {"revised": "changed", "withdrawn": "source"}
FEW = 2
"""Changes of one kind that are shown for one update."""


class DemoView:
    """Prints what happens. `live` is open while the world goes on."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or _console()
        self._stories: dict[str, Story] = {}
        self._colours: dict[str, str] = {}
        self._live: Live | None = None

    def live(self) -> AbstractContextManager[object]:
        """Keeps the table of stories at the bottom of a terminal; elsewhere there is none."""
        if not self.console.is_terminal:
            return nullcontext()
        self._live = Live(console=self.console, transient=True, auto_refresh=False, vertical_overflow="crop")
        return self._live

    def opening(self, folder: Path, outlets: Iterable[str]) -> None:
        """Says what is about to be seen."""
        text = Text("Six invented outlets report on five days of March 2025. They are served as feeds and pages on ")
        text.append("this machine; Newsfold polls them, reads what is new and folds it into stories.\n")
        text.append(", ".join(outlets), style="source").append(f"\nlog and state: {folder}", style="quiet")
        self.console.print(Panel(text, title="Newsfold", border_style="cyan", width=min(self.console.width, 100)))

    def clock(self, now: datetime, tick: int, last: int) -> None:
        """A new look at all feeds."""
        title = Text(f" {now:%A} {now.day} {now:%B}, {now:%H:%M} ", style="head")
        title.append(f" look {tick + 1} of {last + 1} ", style="quiet")
        self.console.print(Rule(title, style="cyan", align="left"))

    def fetched(self, event: ScrapeEvent) -> None:
        """What a request brought, if it brought anything."""
        if event.outcome == "gone":
            self._line("✖", "alarm", Text(f"{event.source} ", style="source").append("answers 410: page withdrawn"))
        elif event.outcome in ("failed", "disallowed"):
            self._line("!", "alarm", Text(f"{event.source}: {event.outcome}, {event.reason}"))
        elif event.what == "feed" and event.outcome == "fetched":
            line = Text(f"{event.source} ", style="source").append("feed read, ")
            self._line(
                "↓", "label", line.append(number(event.entries, "new or changed entry", "new or changed entries"))
            )

    def quiet(self, feeds: int) -> None:
        """How many feeds had nothing new."""
        if feeds:
            self._line("·", "quiet", Text(f"{number(feeds, 'feed')} unchanged (304)", style="quiet"))

    def updated(self, update: Update, story: Story) -> None:
        """A version of a story: what is new in it, and what it changes; a faint link with another story is neither."""
        self._stories[story.story_id] = story
        if update.kind == "linked" and (update.strength or 0.0) < SURE:
            return
        colour = self._colours.setdefault(story.story_id, COLOURS[len(self._colours) % len(COLOURS)])
        head = Text(f"v{update.version:<3} ", style="id").append(update.title, style="head")
        self._line(f"{update.story_id[:4]}", f"black on {colour}", head)
        self._line("", "", Text(update.summary or update.kind, style=TONES.get(update.kind, "")), DEEP)
        self._disputes(update, story)
        for kind in MARKS:
            if kind != "withdrawn" or update.kind == "withdrawn":
                self._changes(kind, [change for change in update.changed if change.kind == kind])
        self._refresh()

    def overview(self, stories: Sequence[Story]) -> None:
        """The stories as they stand at the end: summary, citations, open discrepancies."""
        several = [story for story in stories if len(story.articles) > 1]
        self.console.print()
        self.console.print(Rule(Text(" What it came to ", style="head"), style="cyan", align="left"))
        for story in several:
            self._story(story)
        singles = [story for story in stories if len(story.articles) == 1]
        self.console.print(Text(f"\nand {number(len(singles), 'story', 'stories')} of one article:", style="quiet"))
        for story in singles:
            self._line("○", "quiet", Text(f"{story.title}  ", style="quiet").append(story.articles[0].source, "source"))

    def next_steps(self, folder: Path, story_id: str, seconds: float) -> None:
        """Commands that go on from here."""
        self.console.print(Text(f"\nThat took {seconds:.0f} seconds. Try next:\n", style="head"))
        for command, what in _commands(folder, story_id):
            self._line("", "", Text(what, style="quiet"), 2)
            self.console.print(Text(f"    {command}", style="bold cyan"), soft_wrap=True)
        self.console.print()

    def _story(self, story: Story) -> None:
        cite = Citations(story)
        self.console.print(Text(f"\n{story.title}", style="head"))
        counts = f"version {story.version}, {number(len(story.articles), 'article')}, "
        self._line("", "", Text(counts + number(story.independent_sources, "independent source"), style="quiet"), 2)
        summary = Text()
        for sentence in story.summary:
            summary.append(sentence.text + " ").append_text(cite.supports(sentence.supports)).append(" ")
        self._line("", "", summary, 2)
        for dispute in story.discrepancies:
            mark, style = ("≈", "changed") if dispute.mild else ("⚠", "alarm")
            self._line(mark, style, _dispute(dispute, story), 2)
        self._line("", "", _sources(story, cite), 2)

    def _disputes(self, update: Update, story: Story) -> None:
        fresh = {new.claim_id for new in update.new if new.kind == "discrepancy"}
        for dispute in story.discrepancies:
            if dispute.claim_id in fresh:
                mark, style = ("≈", "changed") if dispute.mild else ("⚠", "alarm")
                self._line(mark, style, _dispute(dispute, story), DEEP)

    def _changes(self, kind: str, changes: Sequence[Alteration]) -> None:
        mark, style, words = MARKS[kind]
        for change in changes[:FEW]:
            self._line(mark, style, Text(f"{words}: ", style=style).append_text(_change(change)), DEEP)
        if len(changes) > FEW:
            self._line("", style, Text(f"and {len(changes) - FEW} more", style="quiet"), DEEP)

    def _line(self, mark: str, style: str, text: Text, indent: int = 1) -> None:
        """A mark, and the text beside it in as many lines as it needs; no blanks at the ends of lines."""
        gap = " " if mark else ""
        width = min(self.console.width, WIDEST) - indent - len(mark + gap)
        for place, line in enumerate(text.wrap(self.console, max(width, 20))):
            head = Text(" " * indent).append(mark if not place else " " * len(mark), style=style).append(gap)
            line.rstrip()
            self.console.print(head.append_text(line), soft_wrap=True)

    def _refresh(self) -> None:
        if self._live:
            self._live.update(_table(list(self._stories.values())), refresh=True)


def _console() -> Console:
    own = Output(theme=THEME, highlight=False)
    return own if own.is_terminal else Output(theme=THEME, highlight=False, width=WIDEST)


def _dispute(dispute: Discrepancy, story: Story) -> Text:
    cite = Citations(story)
    claim = next((claim.text for claim in story.claims if claim.claim_id == dispute.claim_id), "")
    words = "worded differently" if dispute.mild else "SOURCES DISAGREE"
    text = Text(f"{words}: ", style="changed" if dispute.mild else "alarm")
    text.append(counted_text(dispute.counted, dispute.unit, claim), style="head")
    text.append(f"  {_beginning(claim)}", style="quiet")
    for reading in dispute.values:
        text.append(f"\n{value_text(reading, dispute.unit):>12}  ", style="value").append(
            cite.sources(reading.supports)
        )
    return text


def _beginning(text: str) -> str:
    return text if len(text) <= CLAIM_LENGTH else text[:CLAIM_LENGTH].rpartition(" ")[0] + " …"


def _change(change: Alteration) -> Text:
    text = Text(change.text)
    if change.kind == "superseded" and change.after:
        text.append(f"; now {change.after}", style="value")
    return text


def _table(stories: Sequence[Story]) -> RenderableType:
    """The stories with the newest news, the most told first."""
    told = sorted(stories, key=lambda story: (-len(story.articles), story.story_id))[:TABLE_ROWS]
    table = Table(box=None, header_style="label", padding=(0, 2, 0, 0), expand=True)
    for name in ("stories so far", "version", "articles", "sources", "disputes"):
        table.add_column(name, justify="left" if name == "stories so far" else "right", no_wrap=True)
    table.columns[0].ratio = 1
    for story in told:
        open_disputes = sum(not one.mild for one in story.discrepancies)
        table.add_row(
            Text(story.title, overflow="ellipsis"),
            str(story.version),
            str(len(story.articles)),
            str(story.independent_sources),
            Text(str(open_disputes or "-"), style="alarm" if open_disputes else "quiet"),
        )
    return Group(Rule(style="cyan"), table)


def _sources(story: Story, cite: Citations) -> Text:
    by_source: dict[str, list[str]] = {}
    for article in story.articles:
        by_source.setdefault(article.source, []).append(article.article_id)
    named = [Text(f"{source} ", style="source").append_text(cite.articles(ids)) for source, ids in by_source.items()]
    return Text(" ").join(named)


def _commands(folder: Path, story_id: str) -> list[tuple[str, str]]:
    story, newsfold = story_id[:8], _command()
    return [
        (f"{newsfold} serve --home {folder}", "all of it as a web page"),
        (f"{newsfold} stories --home {folder}", "all stories"),
        (f"{newsfold} show {story} --home {folder}", "one story, every claim with its sources"),
        (f"{newsfold} show {story}@3 --home {folder}", "the same story as it was at version 3"),
        (f"{newsfold} tail --once --home {folder}", "every update again"),
        (f"{newsfold} replay --home {folder}", "derive it all anew from the raw articles and compare"),
        (f"{newsfold} export --out stories --home {folder}", "everything as JSON Lines"),
    ]


def _command() -> str:
    """How the command is called from here: by its name, or by its place in the environment that runs this."""
    own = Path(sys.executable).with_name("newsfold")
    found = shutil.which("newsfold")
    if found or not own.exists():
        return "newsfold"
    return str(own.relative_to(Path.cwd())) if own.is_relative_to(Path.cwd()) else str(own)
