"""What is known to be true of the sample world, typed. A `ref` names one version of an article (`id` or `id@n`)."""

import tomllib
from pathlib import Path
from typing import Literal

from schemas.articles import EntityKind
from schemas.base import Model

TRUTH = Path(__file__).parent / "truth.toml"


class StoryTruth(Model):
    """The articles on one news event, withdrawn ones among them.

    `title_not` are words of headlines that the story has left behind in the end.
    """

    id: str
    title: str
    articles: tuple[str, ...]
    title_not: tuple[str, ...] = ()


class Single(Model):
    """An article that is a story of its own; `resembles` names the story that it must not join."""

    article: str
    resembles: str | None = None


class Derived(Model):
    """An article that carries (copy) or retells (paraphrase) another one's text."""

    article: str
    original: str


class Statement(Model):
    """A sentence, or the words of a quote, in one version of an article."""

    ref: str
    sentence: str


class ClaimTruth(Model):
    """Sentences that say the same thing, whatever figure they give for it."""

    id: str
    story: str
    statements: tuple[Statement, ...]
    succeeds: str | None = None
    """The claim that said the same at an earlier time: both may be one claim with a superseded figure, or two."""


class ValueTruth(Model):
    """A value and the versions that give it."""

    value: int
    refs: tuple[str, ...]


class DiscrepancyTruth(Model):
    """Figures that disagree from tick `since_tick` until before `until_tick` (`None`: to the end)."""

    id: str
    story: str
    claim: str
    counted: str
    unit: str | None = None
    readings: tuple[ValueTruth, ...]
    since_tick: int
    until_tick: int | None = None
    resolved_by: str | None = None
    resolved_through: Literal["correction", "later report"] | None = None


class Agreement(Model):
    """Figures of one claim that agree although they are worded differently."""

    story: str
    claim: str
    wordings: str
    readings: tuple[ValueTruth, ...]


class Supersession(Model):
    """A figure that a later report replaced because the world had changed."""

    story: str
    counted: str
    before: ValueTruth
    after: ValueTruth


class Correction(Model):
    """An article that its outlet amended: `was` stood in the version `before`, `now` stands in `after`."""

    article: str
    before: str
    after: str
    tick: int
    was: str
    now: str


class Withdrawal(Model):
    """An article that is gone from `tick` on, with the claim that stood in no other."""

    article: str
    tick: int
    only_claim: str


class EntityTruth(Model):
    """One person, place or organisation, and the forms of the name."""

    story: str
    kind: EntityKind
    forms: tuple[str, ...]


class QuoteTruth(Model):
    """One utterance in the words of each outlet."""

    story: str
    speaker: str
    wordings: tuple[Statement, ...]


class Truth(Model):
    """All of it."""

    stories: tuple[StoryTruth, ...]
    singles: tuple[Single, ...]
    copies: tuple[Derived, ...]
    paraphrases: tuple[Derived, ...]
    claims: tuple[ClaimTruth, ...]
    discrepancies: tuple[DiscrepancyTruth, ...]
    agreements: tuple[Agreement, ...]
    supersessions: tuple[Supersession, ...]
    corrections: tuple[Correction, ...]
    withdrawals: tuple[Withdrawal, ...]
    entities: tuple[EntityTruth, ...]
    quotes: tuple[QuoteTruth, ...]

    def story_of(self, article: str) -> str | None:
        """The id of the story that the article belongs to; `None` for a single."""
        return next((story.id for story in self.stories if article in story.articles), None)

    def line_of(self, claim: str) -> str:
        """The first claim of the line that the claim succeeds in; itself where there is none."""
        earlier = next((it.succeeds for it in self.claims if it.id == claim), None)
        return self.line_of(earlier) if earlier else claim


def load(path: Path = TRUTH) -> Truth:
    """The truth as it stands in the file beside this module."""
    return Truth.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
