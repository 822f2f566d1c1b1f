"""What the page of a story shows: citations with addresses, claims with their wordings, figures side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from consumers.story_log import Wording
from consumers.views.figures import counted_text, value_text
from consumers.views.paint import KINDS, when
from consumers.views.show import by_weight
from schemas.story import (
    Claim,
    ClaimFigure,
    Discrepancy,
    Reading,
    Story,
    StoryArticle,
    StoryEntity,
    StoryQuote,
    Support,
    Update,
)

FEW = 12
"""Claims, quotes, dates and names of a kind that are shown unless all are asked for."""


class Cite(NamedTuple):
    """A number in brackets that leads to a sentence of an article."""

    number: int
    source: str
    at: str
    address: str


class Said(NamedTuple):
    """A support with who says it, when, and in which words."""

    cite: Cite
    copy_of: str
    """Outlet whose text the article carries; empty for own reporting."""
    words: str


class ValueRow(NamedTuple):
    """A value of a figure: who gives it, since when, and how it stands beside the others."""

    text: str
    cites: Sequence[Cite]
    since: datetime | None
    status: str


class FigureTable(NamedTuple):
    """All values of one figure, those that stand first."""

    counted: str
    claim_id: str
    claim: str
    mild: bool
    rows: Sequence[ValueRow]


class ClaimView(NamedTuple):
    """A claim with its supports; `mark` says what became of it since the version that the reader knows."""

    claim: Claim
    own: Sequence[Said]
    copies: Sequence[Said]
    mark: str


class QuoteView(NamedTuple):
    """An utterance with all its wordings, and who has each."""

    speaker: str
    wordings: Sequence[tuple[str, Sequence[Cite]]]


@dataclass(frozen=True)
class StoryView:
    """Builds the parts of the page. `past` tells that it is not the newest version: addresses then name it."""

    story: Story
    words: Mapping[str, Wording]
    everything: bool = False
    past: bool = False
    since: int | None = None
    changes: Sequence[Update] = ()
    """The updates after version `since`."""

    @property
    def name(self) -> str:
        """The story in addresses: its id, with the version where it is not the newest."""
        return f"{self.story.story_id}@{self.story.version}" if self.past else self.story.story_id

    def _few(self, length: int) -> int:
        return length if self.everything else FEW

    def cites(self, supports: Iterable[Support]) -> list[Cite]:
        """One for each article, in the order of the supports: the first is the one that is quoted."""
        first: dict[str, Support] = {}
        for support in supports:
            first.setdefault(support.article_id, support)
        numbered = self._numbered
        return [self._cite(support, *numbered[own]) for own, support in first.items() if own in numbered]

    @cached_property
    def _numbered(self) -> dict[str, tuple[int, StoryArticle]]:
        return {own.article_id: (place, own) for place, own in enumerate(self.story.articles, start=1)}

    def _cite(self, support: Support, place: int, article: StoryArticle) -> Cite:
        at = when(article.published_at, article.published_precision)
        address = f"/articles/{article.article_id}?story={self.name}#s{support.sentence}"
        return Cite(place, article.source, at, address)

    def claims(self) -> list[ClaimView]:
        """The strongest first."""
        marked = self._marks()
        shown = sorted(self.story.claims, key=lambda claim: -claim.independent_sources)
        return [self._claim(claim, marked) for claim in shown[: self._few(len(shown))]]

    def _marks(self) -> dict[str | None, str]:
        told = [change for update in self.changes for change in update.changed]
        return {change.claim_id: change.kind for change in told if change.claim_id}

    def _claim(self, claim: Claim, marked: Mapping[str | None, str]) -> ClaimView:
        own, copies = self._said(claim.supports)
        new = self.since is not None and claim.since_version > self.since
        return ClaimView(claim, own, copies, "new" if new else marked.get(claim.claim_id, ""))

    def _said(self, supports: Sequence[Support]) -> tuple[list[Said], list[Said]]:
        """Own reporting, and copies."""
        articles = self._numbered
        own: list[Said] = []
        copies: list[Said] = []
        for support in supports:
            if support.article_id not in articles:
                continue
            place, article = articles[support.article_id]
            original = articles.get(article.copy_of or "")
            copied = "" if article.copy_of is None else original[1].source if original else article.copy_of
            said = self.words.get(support.article_id)
            words = said.sentence(support.sentence) if said else ""
            (copies if copied else own).append(Said(self._cite(support, place, article), copied, words))
        return own, copies

    def disputes(self) -> list[FigureTable]:
        """Where sources differ: every value that stands, and those of the same figure that have been superseded."""
        claims = {claim.claim_id: claim for claim in self.story.claims}
        return [self._dispute(own, claims.get(own.claim_id)) for own in self.story.discrepancies]

    def _dispute(self, dispute: Discrepancy, claim: Claim | None) -> FigureTable:
        same = (
            [own for own in claim.figures if (own.counted, own.unit) == (dispute.counted, dispute.unit)]
            if claim
            else []
        )
        passed = [value for figure in same for value in figure.values if value.superseded]
        rows = [self._row(value, dispute.unit) for value in (*dispute.values, *passed)]
        said = claim.text if claim else ""
        return FigureTable(
            counted_text(dispute.counted, dispute.unit, said), dispute.claim_id, said, dispute.mild, rows
        )

    def moved(self) -> list[FigureTable]:
        """Figures with values that no longer stand, and nothing in dispute."""
        disputed = {(own.claim_id, own.counted, own.unit) for own in self.story.discrepancies}
        return [
            self._figure(figure, claim)
            for claim in self.story.claims
            for figure in claim.figures
            if any(value.superseded for value in figure.values)
            and (claim.claim_id, figure.counted, figure.unit) not in disputed
        ]

    def _figure(self, figure: ClaimFigure, claim: Claim) -> FigureTable:
        values = sorted(figure.values, key=lambda value: value.superseded)
        rows = [self._row(value, figure.unit) for value in values]
        said = counted_text(figure.counted, figure.unit, claim.text)
        return FigureTable(said, claim.claim_id, claim.text, False, rows)

    def _row(self, value: Reading, unit: str | None) -> ValueRow:
        status = "superseded" if value.superseded else value.status
        return ValueRow(value_text(value, unit), self.cites(value.supports), value.since, status)

    def quotes(self) -> list[QuoteView]:
        """What most articles quote first."""
        shown = sorted(self.story.quotes, key=by_weight)
        return [self._quote(quote) for quote in shown[: self._few(len(shown))]]

    def _quote(self, quote: StoryQuote) -> QuoteView:
        said: dict[str, list[Support]] = {}
        for wording in quote.wordings:
            place = self._sentence_at(wording.article_id, wording.start)
            said.setdefault(wording.text, []).append(Support(article_id=wording.article_id, sentence=place))
        return QuoteView(quote.speaker or "", [(text, self.cites(supports)) for text, supports in said.items()])

    def _sentence_at(self, article_id: str, start: int) -> int:
        own = self.words.get(article_id)
        places = [place for place, span in enumerate(own.spans) if span[0] <= start < span[1]] if own else []
        return places[0] if places else 0

    def names(self) -> list[tuple[str, Sequence[StoryEntity], int]]:
        """Heading, the names most mentioned, and how many more there are of the kind."""
        found: list[tuple[str, Sequence[StoryEntity], int]] = []
        for kind, heading in KINDS.items():
            own = sorted((one for one in self.story.entities if one.kind == kind), key=lambda one: -one.mentions)
            shown = own[: self._few(len(own))]
            if own:
                found.append((heading, shown, len(own) - len(shown)))
        return found

    def timeline(self) -> list[tuple[str, str, Sequence[Cite]]]:
        """Date, text and citations."""
        claims = {claim.claim_id: claim.supports for claim in self.story.claims}
        entries = self.story.timeline[: self._few(len(self.story.timeline))]
        return [
            (own.date + ("?" if own.inferred else ""), own.text, self.cites(claims.get(own.claim_id, ())))
            for own in entries
        ]

    def new_articles(self) -> set[str]:
        """Ids of the articles that came or changed after version `since`."""
        return {update.article_id for update in self.changes if update.article_id is not None}
