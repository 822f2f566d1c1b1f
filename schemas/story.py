"""A story as consumers see it (`stories.latest`) and what each version brings (`stories.updates`)."""

from typing import Literal

from schemas.articles import EntityKind
from schemas.base import Model, Moment


class Support(Model):
    """One sentence of one article that states a claim; `sentence` counts from 0 in the article's `sentences`."""

    article_id: str
    sentence: int


class Reading(Model):
    """A value that some supports give for what a claim counts."""

    value: int | float
    value_to: int | float | None = None
    qualifier: str | None = None
    supports: tuple[Support, ...]
    since: Moment | None = None
    superseded: bool = False
    """A later report by the same independent source gives another value."""


class ClaimFigure(Model):
    """One quantity of a claim, with every value that was reported for it."""

    counted: str | None
    unit: str | None
    values: tuple[Reading, ...]


class Claim(Model):
    """What several sentences say in common; `text` is the clearest of them, quoted."""

    claim_id: str
    text: str
    supports: tuple[Support, ...]
    independent_sources: int
    figures: tuple[ClaimFigure, ...] = ()
    since_version: int = 1


class Discrepancy(Model):
    """Figures of one claim that disagree now: superseded values do not count."""

    claim_id: str
    counted: str | None
    unit: str | None
    values: tuple[Reading, ...]
    mild: bool = False
    """The values are compatible within their qualifiers ("some 25" and 26)."""


class Wording(Model):
    """One outlet's words for an utterance."""

    text: str
    article_id: str
    start: int
    end: int


class StoryQuote(Model):
    """One utterance with all its wordings."""

    speaker: str | None
    wordings: tuple[Wording, ...]


class StoryEntity(Model):
    """Somebody or something that the story names, over all articles."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    mentions: int = 0


class StoryArticle(Model):
    """An article of the story. `copy_of` names the earlier article whose text it carries."""

    article_id: str
    source: str
    input_id: str
    url: str | None = None
    title: str = ""
    published_at: Moment | None = None
    published_precision: str | None = None
    copy_of: str | None = None
    credits: tuple[str, ...] = ()


class SummarySentence(Model):
    """A sentence of the summary and where it comes from; never without a support."""

    text: str
    claim_id: str
    supports: tuple[Support, ...]


class TimelineEntry(Model):
    """What is said to have happened on a date ("2025-03-14", "2025-03")."""

    date: str
    granularity: str
    claim_id: str
    text: str


class Story(Model):
    """The newest version of a story."""

    story_id: str
    version: int
    status: Literal["active", "closed", "merged", "empty"] = "active"
    title: str
    language: str
    summary: tuple[SummarySentence, ...]
    claims: tuple[Claim, ...]
    discrepancies: tuple[Discrepancy, ...]
    quotes: tuple[StoryQuote, ...]
    entities: tuple[StoryEntity, ...]
    articles: tuple[StoryArticle, ...]
    timeline: tuple[TimelineEntry, ...]
    independent_sources: int
    links: tuple[str, ...] = ()
    """Stories that were merged into this one or split off it."""
    merged_into: str | None = None
    first_at: Moment | None = None
    last_at: Moment | None = None


class Novelty(Model):
    """One thing that a version adds."""

    kind: Literal["article", "source", "claim", "quote", "entity", "discrepancy"]
    text: str
    claim_id: str | None = None
    supports: tuple[Support, ...] = ()


class Alteration(Model):
    """One thing that was there before and is different now."""

    kind: Literal["corroborated", "contested", "resolved", "superseded", "withdrawn", "reworded", "retitled", "copy"]
    text: str
    claim_id: str | None = None
    before: str | None = None
    after: str | None = None
    supports: tuple[Support, ...] = ()


class Update(Model):
    """The step from version n-1 to n of a story."""

    story_id: str
    version: int
    kind: Literal["opened", "joined", "revised", "withdrawn", "merged", "split", "closed"]
    cause: str
    """Id of the story event that made this version."""
    article_id: str | None = None
    title: str
    new: tuple[Novelty, ...] = ()
    changed: tuple[Alteration, ...] = ()
    significance: float = 0.0
    """0 (nothing a reader needs) to 1."""
    summary: str = ""
    at: Moment | None = None
