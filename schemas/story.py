"""A story as consumers see it (`stories.latest`) and what each version brings (`stories.updates`)."""

from functools import cache
from typing import Any, Literal, TypeVar

from schemas.articles import EntityKind
from schemas.base import Model, Moment

M = TypeVar("M", bound=Model)


def made(model: type[M], fields: dict[str, Any]) -> M:
    """The model with all of its fields, in their order, unchecked: for values that were checked when they came in.

    Pydantic's own way takes twice the memory, and a fold makes two hundred such values an article.
    """
    value = model.__new__(model)
    object.__setattr__(value, "__dict__", fields)
    object.__setattr__(value, "__pydantic_fields_set__", _names(model))
    object.__setattr__(value, "__pydantic_extra__", None)
    object.__setattr__(value, "__pydantic_private__", None)
    return value


@cache
def _names(model: type[Model]) -> set[str]:
    return set(model.model_fields)


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
    """A later report by the same independent source gives another value, or a later one takes a toll further."""
    status: Literal["agree", "differ", "superseded"] = "agree"
    """Beside the other values of the quantity; values that differ are those of a discrepancy."""


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
    inferred_at: Moment | None = None
    """For an article that states no time: when the text that it carries was published, else when the story began."""
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
    inferred: bool = False
    """The words name no calendar day ("on Friday"); it follows from when the article was published."""
    claim_id: str
    text: str


class Totals(Model):
    """How many a story has of what its record does not hold in full."""

    claims: int
    discrepancies: int
    quotes: int
    entities: int
    articles: int
    timeline: int


class Story(Model):
    """The newest version of a story.

    A long one is abridged: of each list it holds the foremost (of the timeline the last entries, of the articles the
    newest and those that are cited), of supports, values and wordings some, and `totals` says how many there are.
    """

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
    """Stories that were merged into this one or split off it, and those of the same saga that it was linked to."""
    thread_id: str = ""
    """The saga that the story belongs to: id of the story that began it, its own where it is linked to none."""
    merged_into: str | None = None
    first_at: Moment | None = None
    last_at: Moment | None = None
    totals: Totals | None = None
    """`None` where nothing is left out."""

    # What `remember` puts beside the fields; neither compared nor copied.
    __slots__ = ("told",)

    @property
    def counts(self) -> Totals:
        """How many there are of each, whether the record holds them all or not."""
        return self.totals or Totals(**{name: len(getattr(self, name)) for name in Totals.model_fields})

    def encoded(self) -> bytes:
        """The story as JSON, put together from what was made before where it was."""
        told: bytes | None = getattr(self, "told", None)
        if told is None:
            return super().encoded()
        encode = self.__pydantic_serializer__.to_json
        return b"%b,%b,%b" % (encode(self, include=_BEFORE)[:-1], told, encode(self, include=_AFTER)[1:])


_BEFORE = {"story_id", "version", "status", "title", "language"}
_AFTER = {"independent_sources", "links", "thread_id", "merged_into", "first_at", "last_at", "totals"}


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
    kind: Literal["opened", "joined", "revised", "withdrawn", "merged", "split", "linked", "closed"]
    cause: str
    """Id of the story event that made this version."""
    article_id: str | None = None
    other: str | None = None
    """The other story, where two were merged, split or linked."""
    strength: float | None = None
    """How likely two stories that were linked are of one saga, 0 to 1."""
    merged_into: str | None = None
    """The story that goes on with all articles of this one, where this one has ended in a merge."""
    title: str
    new: tuple[Novelty, ...] = ()
    changed: tuple[Alteration, ...] = ()
    significance: float = 0.0
    """0 (nothing a reader needs) to 1."""
    summary: str = ""
    at: Moment | None = None


def remember(story: Story, told: bytes) -> None:
    """Puts the JSON of the story's fields from `summary` to `timeline` beside them, without braces."""
    object.__setattr__(story, "told", told)
