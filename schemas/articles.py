"""One article on its way: as fetched, as cleaned, as facts."""

from typing import Literal

from schemas.base import Model, Moment, Span

Precision = Literal["day", "minute", "second"]


class Gone(Model):
    """The source has taken the article away (HTTP 410, a kill notice)."""

    article_id: str
    source: str
    input_id: str
    url: str | None = None
    fetched_at: Moment | None = None
    language: str = "und"
    """Language of the article that is gone, so that the event meets it on its partition."""


class Fetched(Model):
    """A raw article: `body` holds the bytes as fetched, all else is what the scraper knew without reading them.

    On the log the body is the record's value and the rest are headers, so any tool can read the topic.
    `content_type` says how to read the body: `text/html`, `text/plain` or `application/json` (one row with
    `title`, `text` or `html`). A charset parameter is kept if the server sent one.
    """

    article_id: str
    source: str
    input_id: str
    content_type: str
    body: bytes
    url: str | None = None
    fetched_at: Moment | None = None
    title: str | None = None
    published_at: Moment | None = None
    published_precision: Precision | None = None
    language: str | None = None
    repairs: tuple[str, ...] = ()


class Head(Model):
    """Who published what and when: carried along by every later form of an article."""

    article_id: str
    source: str
    input_id: str
    url: str | None = None
    title: str = ""
    language: str = "und"
    published_at: Moment | None = None
    published_precision: Precision | None = None
    published_origin: str | None = None
    modified_at: Moment | None = None
    fetched_at: Moment | None = None
    byline: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    """Agencies that the text is credited to, as canonical names ("AFP", "Reuters")."""
    dateline: str | None = None
    """Place that the text was filed from."""
    repairs: tuple[str, ...] = ()
    """What had to be mended or left out to read the input."""


BlockKind = Literal["paragraph", "heading", "list", "quote", "table"]


class Block(Span):
    """A run of the clean text that belongs together."""

    kind: BlockKind


class Entry(Span):
    """An entry of a live page, and when it was written."""

    at: Moment


class Dropped(Model):
    """A line that was taken out of the text, and the rule that said so."""

    text: str
    rule: str


class Cleaned(Head):
    """The article's own words, and what was taken away from around them.

    `text` is the blocks joined by one blank line; every block is a span of it.
    """

    text: str
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...] = ()
    """Of a live page only; what stands before and between them is in none."""
    dropped: tuple[Dropped, ...] = ()


class Sentence(Span):
    """A sentence of the clean text; a heading or a table row is one too, but never supports a claim."""

    kind: Literal["sentence", "heading", "table"] = "sentence"


EntityKind = Literal["person", "organization", "place", "event", "other"]


class Entity(Model):
    """What the mentions of one article refer to in common. `aliases` are other forms seen in this article."""

    name: str
    kind: EntityKind
    mentions: tuple[Span, ...]
    aliases: tuple[str, ...] = ()
    salience: float = 0.0
    """How much the article is about it, 0 to 1."""


class Quote(Span):
    """Words in quotation marks (the span is the content, without the marks) and who is said to have said them."""

    speaker: str | None = None
    """An entity's name in the same article where one was found, else the words of the text."""
    cue: str | None = None
    cue_span: Span | None = None
    speaker_span: Span | None = None


class Attribution(Span):
    """What somebody is said to say, think or want, in the article's own words or partly so; the cue tells which.

    The span is the content. What stands in quotation marks within a mixed one is a `Quote` too; words that are all
    in quotation marks are a `Quote` only.
    """

    kind: Literal["indirect", "mixed"] = "indirect"
    speaker: str | None = None
    """An entity's name in the same article where one was found, else the words of the text."""
    cue_span: Span
    speaker_span: Span | None = None


class Figure(Span):
    """A number in context: value + unit + what is counted + qualifier."""

    value: int | float
    value_to: int | float | None = None
    """Upper end of a range."""
    unit: str | None = None
    """ISO 4217 code of a currency, `%`, or a unit of measure; `None` for a plain count."""
    counted: str | None = None
    """Lower-case noun phrase that says what is counted, head noun last ("fellow leaders")."""
    qualifier: Literal["about", "more than", "at least", "less than", "at most", "up to"] | None = None


class Date(Span):
    """A date in the text; `value` is ISO 8601 as far as the granularity goes ("2025-03", "2025-03-14")."""

    value: str
    granularity: Literal["year", "month", "day", "minute"]
    relative: bool = False
    """Resolved against the publishing date ("on Friday"); such a date is absent where that is unknown."""
    other: str | None = None
    """A second reading, where the words leave open whether a weekday has been or is to come."""


class Facts(Head):
    """What one article yields. All spans are in `text`; `terms` is the L2-normalised TF-IDF vector, heaviest first."""

    text: str
    digest: str
    """Hash of title and text: two facts with the same digest say the same."""
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()
    terms: tuple[tuple[str, float], ...] = ()
    title_terms: tuple[tuple[str, float], ...] = ()
    entries: tuple[Entry, ...] = ()
    """Of a live page: its entries, each from a time of its own, to which its words on days refer."""
