"""The topics of one generation: what each is keyed by and how long it is kept."""

from typing import Literal, NamedTuple

Cleanup = Literal["keep", "compact", "time"]


class Topic(NamedTuple):
    """A topic family; its full name carries the prefix and, where derived, the generation."""

    name: str
    key: str
    cleanup: Cleanup
    partitions: int
    derived: bool = True

    def full_name(self, prefix: str, generation: str) -> str:
        """`newsfold.articles.clean.g1`; `articles.raw` is shared by all generations."""
        return f"{prefix}{self.name}.{generation}" if self.derived else f"{prefix}{self.name}"


RAW = Topic("articles.raw", "source", "keep", 8, derived=False)
CLEAN = Topic("articles.clean", "source", "time", 8)
FACTS = Topic("articles.facts", "language", "time", 8)
LOG = Topic("stories.log", "story_id", "keep", 8)
UPDATES = Topic("stories.updates", "story_id", "keep", 8)
LATEST = Topic("stories.latest", "story_id", "compact", 8)
QUARANTINE = Topic("quarantine", "source", "keep", 1)

TOPICS = (RAW, CLEAN, FACTS, LOG, UPDATES, LATEST, QUARANTINE)


class Naming(NamedTuple):
    """Which set of topics is meant: the names of one generation."""

    prefix: str = "newsfold."
    generation: str = "g1"

    def of(self, topic: Topic) -> str:
        """The full name of the topic in this generation."""
        return topic.full_name(self.prefix, self.generation)

    def group(self, stage: str) -> str:
        """The consumer group under which a stage's offsets are committed: `newsfold.g1.clean`."""
        return f"{self.prefix}{self.generation}.{stage}"
