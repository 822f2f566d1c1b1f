"""Which story each article is in now, and which thread each story is in: stories of one saga, merges and splits."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from consumers.reading import stories
from consumers.whole import held_articles
from eventlog.base import EventLog
from schemas.topics import Naming


class Placed(NamedTuple):
    """Where an article is."""

    input_id: str
    story_id: str
    thread_id: str


def placements(log: EventLog, naming: Naming, began: Sequence[str]) -> dict[str, Placed]:
    """Article id -> where it is. Merged stories hold no articles of their own.

    `began`: story ids in the order in which the stories began; a thread is named by the first of its stories.
    """
    held: dict[str, tuple[str, str]] = {}
    links: list[tuple[str, str]] = []
    for _, story in stories(log, naming):
        into = story.merged_into
        links += [(story.story_id, other) for other in (*story.links, *([into] if into else []))]
        if into is None:
            articles = held_articles(log, naming, story)
            held |= {article_id: (input_id, story.story_id) for article_id, input_id in articles.items()}
    threads = threads_of(links, began)
    return {own: Placed(input_id, story, threads.get(story, story)) for own, (input_id, story) in held.items()}


def threads_of(links: Iterable[tuple[str, str]], began: Sequence[str]) -> dict[str, str]:
    """Story -> the first of all stories it is linked to, directly or through others (union-find)."""
    rank = {story: number for number, story in enumerate(began)}
    parent: dict[str, str] = {}

    def root(story: str) -> str:
        while parent.setdefault(story, story) != story:
            parent[story] = story = parent[parent[story]]
        return story

    for one, other in links:
        first, later = sorted((root(one), root(other)), key=lambda story: (rank.get(story, len(rank)), story))
        parent[later] = first
    return {story: root(story) for story in list(parent)}
