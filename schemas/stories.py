"""The events of a story (`stories.log`): each carries the version it makes."""

from typing import Literal

from pydantic import Field

from schemas.articles import Facts
from schemas.base import Model, Moment


class Rival(Model):
    """A story that was weighed and not chosen: its score, and the article of it that was most alike."""

    story_id: str
    score: float
    article_id: str
    parts: dict[str, float] = Field(default_factory=dict)


class Why(Model):
    """What spoke for the decision: the score, and its parts by name, rounded to 4 places.

    Where a story was opened, `score` and `parts` are those of the best of the `rivals`; without any, the score is 0.
    """

    score: float
    parts: dict[str, float] = Field(default_factory=dict)
    copy_of: str | None = None
    """Article whose text this one carries, where that settled it."""
    threshold: float | None = None
    """Score from which the article joined; `None` where no score decided."""
    weights: dict[str, float] = Field(default_factory=dict)
    """The numbers that the score was made with, by name."""
    rivals: tuple[Rival, ...] = ()
    """The next best stories that were weighed, best first; at most three."""


class StoryEvent(Model):
    """An event of one story. The fold applies version n+1, ignores what is not newer, and rebuilds on a gap."""

    story_id: str
    version: int
    at: Moment | None = None
    """Event time: the publishing time of the article that caused it."""


class Opened(StoryEvent):
    """The story begins with this article (version 1)."""

    facts: Facts
    why: Why | None = None
    """Which stories it might have joined, and what was missing."""


class Joined(StoryEvent):
    """An article joins the story."""

    facts: Facts
    why: Why


class Revised(StoryEvent):
    """An article of the story has a new text; its old one no longer counts."""

    facts: Facts


class Withdrawn(StoryEvent):
    """An article leaves the story because its source took it away."""

    article_id: str


class Merged(StoryEvent):
    """Two stories turn out to be one. Sent to both: the one that stays gets `facts`, the other `into`."""

    other: str
    into: str | None = None
    facts: tuple[Facts, ...] = ()


class Split(StoryEvent):
    """A story turns out to be two. Sent to both: the new one gets `facts`, the old one the ids that `leave`."""

    other: str
    leave: tuple[str, ...] = ()
    facts: tuple[Facts, ...] = ()


class Linked(StoryEvent):
    """The story belongs to one saga with another story: both are in one thread, and stay stories of their own."""

    other: str
    """Story of the thread that this one is most like."""
    thread_id: str
    """Id of the story that began the thread."""
    why: Why
    strength: float | None = None
    """How likely the two stories are of one saga, 0 to 1; `None` where nothing is claimed, as across languages."""


class Closed(StoryEvent):
    """No article has come for so long that none will be looked for."""

    reason: Literal["quiet"] = "quiet"
