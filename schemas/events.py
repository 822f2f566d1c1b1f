"""The envelope of every event, its deterministic id, and the register of all event types."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from schemas.articles import Cleaned, Facts, Fetched, Gone
from schemas.base import Model
from schemas.quarantine import Quarantined
from schemas.stories import Closed, Joined, Linked, Merged, Opened, Revised, Split, Withdrawn
from schemas.story import Story, Update


class Kind(NamedTuple):
    """An event type as it stands now: `name` is its CloudEvents type without the version."""

    name: str
    version: int
    model: type[Model]
    topics: tuple[str, ...]
    """Names of the topic families that carry it."""

    @property
    def full_type(self) -> str:
        """For example `newsfold.article.cleaned.v1`."""
        return f"{self.name}.v{self.version}"


KINDS = (
    Kind("newsfold.article.fetched", 1, Fetched, ("articles.raw",)),
    Kind("newsfold.article.gone", 1, Gone, ("articles.raw", "articles.clean", "articles.facts")),
    Kind("newsfold.article.cleaned", 1, Cleaned, ("articles.clean",)),
    Kind("newsfold.article.extracted", 1, Facts, ("articles.facts",)),
    Kind("newsfold.story.opened", 1, Opened, ("stories.log",)),
    Kind("newsfold.story.joined", 1, Joined, ("stories.log",)),
    Kind("newsfold.story.revised", 1, Revised, ("stories.log",)),
    Kind("newsfold.story.withdrawn", 1, Withdrawn, ("stories.log",)),
    Kind("newsfold.story.merged", 1, Merged, ("stories.log",)),
    Kind("newsfold.story.split", 1, Split, ("stories.log",)),
    Kind("newsfold.story.linked", 1, Linked, ("stories.log",)),
    Kind("newsfold.story.closed", 1, Closed, ("stories.log",)),
    Kind("newsfold.story.updated", 1, Update, ("stories.updates",)),
    Kind("newsfold.story.folded", 1, Story, ("stories.latest",)),
    Kind("newsfold.input.quarantined", 1, Quarantined, ("quarantine",)),
)
BY_MODEL = {kind.model: kind for kind in KINDS}
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Event:
    """One event, decoded. `key` decides the partition; `cause` is the id of the event that led to it."""

    id: str
    key: str
    subject: str
    data: Model
    source: str = "newsfold"
    time: datetime | None = None
    cause: str | None = None
    payload: bytes | None = field(default=None, compare=False, repr=False)
    """The bytes that `data` was read from, if it is JSON as it is written now: who stores it need not encode it."""

    @property
    def kind(self) -> Kind:
        """The registered kind of the payload."""
        return BY_MODEL[type(self.data)]


def stable_id(*parts: str) -> str:
    """32 hex digits that depend on the parts, their number and their order, and on nothing else."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def derive(cause: Event, data: Model, *, key: str, subject: str) -> Event:
    """The event that `cause` leads to. Its id is a hash of the cause's id, the kind and the subject."""
    kind = BY_MODEL[type(data)]
    return Event(
        id=stable_id(cause.id, kind.full_type, subject),
        key=key,
        subject=subject,
        data=data,
        time=cause.time,
        cause=cause.id,
    )
