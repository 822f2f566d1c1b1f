"""The story as the fold keeps it: frozen, and sharing between versions all that did not change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import Literal, NamedTuple

from schemas.articles import EntityKind, Facts
from schemas.story import Claim, Discrepancy, StoryArticle, StoryEntity, StoryQuote, TimelineEntry
from stories.fold.clusters import Clusters
from stories.fold.encode import encode
from stories.fold.layers import Layers
from stories.fold.lines import Line
from stories.fold.orders import Order, Orders
from stories.fold.pages import Pages, items

ORDER: Order["ClaimState"] = Order(attrgetter("order"))
"""Those of most independent sources come first, then of most supports, then in the order of the texts."""
WORDINGS = 8
"""Distinct texts of a claim that new sentences are compared with; more would only cost time."""


class Ref(NamedTuple):
    """A sentence that supports a claim. It is `primary` in the one claim that it chiefly states, and in what it begins.

    By `figure` it gives no more than the claim's figure: its other words are no words of the claim.
    """

    article_id: str
    sentence: int
    primary: bool = True
    figure: bool = False


class Kept(NamedTuple):
    """What is left as witnesses of a claim's first `upto` supports (see `witnesses`)."""

    upto: int = 0
    refs: tuple[Ref, ...] = ()


class Placed(NamedTuple):
    """Where a sentence of an article went: the slot of a claim, and how the sentence supports it (see `Ref`)."""

    slot: int
    sentence: int
    primary: bool = True
    figure: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """An article of the story: its facts, made ready to compare, and where its parts went.

    `weight` is that of all its sentences; `reported` when it said what it says: its last change where that is known;
    `joined` counts up in the order of joining; `copied` is the article whose
    text it shares, `group` the outlet that wrote that text first; `entity_ids` and `quote_ids` stand beside the
    facts' entities and quotes ("" for one that was left out); `placed` are all its supports of claims;
    `told` is how it was shown before, and its JSON: only remembered.
    """

    facts: Facts
    lines: dict[int, Line]
    shown: StoryArticle
    weight: float
    reported: datetime | None
    joined: int = 0
    copied: str = ""
    group: str = ""
    entity_ids: tuple[str, ...] = ()
    quote_ids: tuple[str, ...] = ()
    placed: tuple[Placed, ...] = ()
    told: dict[tuple[str | None, datetime | None], tuple[StoryArticle, bytes]] = field(default_factory=dict)

    def regrouped(self, group: str) -> "Member":
        """The same article in another independent source."""
        return replace(self, group=group)


@dataclass(slots=True, eq=False)
class ClaimState:
    """A claim with what follows from its supports, never changed (by habit: to freeze it costs half of its making).

    `refs` stand in the order in which their articles joined. `wordings` are its distinct texts in order of arrival;
    `tallied` are those that give no more than its figure.
    """

    refs: tuple[Ref, ...]
    shown: Claim
    wordings: tuple[Line, ...]
    tallied: tuple[Line, ...]
    groups: tuple[str, ...]
    lead: Line
    places: float
    place: float
    """Where its supports stand in their articles on average, 0 (first) to 1; `places` is the sum."""
    reported: datetime | None
    merit: float
    """What it is worth to a summary, freshness apart."""
    order: tuple[int, int, float, str]
    """Where it stands among the story's claims: most independent sources, most supports, earliest in the texts."""
    discrepancies: tuple[Discrepancy, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    kept: Kept = field(default_factory=Kept)
    short: tuple[Claim, bytes] | None = field(default=None, init=False)
    """`shown` with some of its supports only, and its JSON, once that was asked for."""
    _encoded: bytes | None = field(default=None, init=False)

    @property
    def encoded(self) -> bytes:
        """`shown` as JSON."""
        if self._encoded is None:
            self._encoded = encode(self.shown)
        return self._encoded


class Named(NamedTuple):
    """An entity, how often each name of a kind stands for it in the articles, and all forms of these names."""

    shown: StoryEntity
    names: dict[tuple[str, EntityKind], int]
    forms: frozenset[str]


class Utterance(NamedTuple):
    """A quote with all its wordings, and the id of the story's entity that said it ("" if unknown)."""

    shown: StoryQuote
    speaker_id: str


Postings = dict[str, tuple[int, ...]]
"""Copied for every version: a plain copy is far cheaper than whatever is then written into it."""


@dataclass(frozen=True, slots=True, eq=False)
class Roll:
    """How many articles each independent source, outlet and language has, and what else is told of them all.

    `sentences` are those that can support a claim; `first_at` is when the first was published, `last_at` when one
    was last changed; `copiers` leads from an article to those that are linked to it, in the order of joining;
    `speakers` are the newest articles of the independent sources that spoke last, one each, the newest last.
    """

    groups: dict[str, int] = field(default_factory=dict)
    outlets: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    copiers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    speakers: tuple[Member, ...] = ()
    sentences: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StoryState:
    """One version of a story. `orders` are lists of its claims, `disputes` how many discrepancies these have.

    `met` are the articles that came, went or are known otherwise since version `since`.

    `words` and `norms` lead from a word or a sentence's plain text to slots of claims.
    """

    story_id: str
    version: int = 0
    since: int = 0
    met: tuple[str, ...] = ()
    status: Literal["active", "closed", "merged", "empty"] = "active"
    merged_into: str | None = None
    links: tuple[str, ...] = ()
    thread_id: str = ""
    title: str = ""
    language: str = "und"
    members: dict[str, Member] = field(default_factory=dict)
    roll: Roll = field(default_factory=Roll)
    claims: Pages[ClaimState] = ()
    orders: Orders[ClaimState] = field(default_factory=Orders)
    disputes: int = 0
    ids: Layers[int] = field(default_factory=Layers)
    words: Postings = field(default_factory=dict)
    norms: Layers[tuple[int, ...]] = field(default_factory=Layers)
    entities: Clusters[Named] = field(default_factory=Clusters)
    quotes: Clusters[Utterance] = field(default_factory=Clusters)

    def all_claims(self) -> Iterator[ClaimState]:
        """Its claims in order of slots."""
        return (claim for _, claim in items(self.claims))

    @property
    def ranked(self) -> Sequence[ClaimState]:
        """All its claims by `ORDER`; of a long story that means to sort them."""
        return self.orders.by(ORDER, self.all_claims())

    def end(self, order: Order[ClaimState], count: int) -> Sequence[ClaimState]:
        """So many of its claims from one end of the order (see `Orders.end`)."""
        return self.orders.end(order, self.all_claims(), count)
