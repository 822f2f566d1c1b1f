"""The two stages that look at one article at a time."""

from collections.abc import Sequence
from typing import NamedTuple

from articles.clean import clean
from articles.clean.seen import SeenLines
from articles.extract import extract
from schemas.articles import Cleaned, Fetched, Gone
from schemas.errors import Quarantine
from schemas.events import Event, derive
from schemas.stage import State


class Cleaning(NamedTuple):
    """What the clean stage keeps: the state of its partition, and the lines that it has seen there."""

    state: State
    seen: SeenLines


def open_cleaning(state: State) -> Cleaning:
    """The view of a partition as its state describes it; the lines of a source are read when it comes."""
    return Cleaning(state, SeenLines(state))


def clean_step(view: Cleaning, event: Event) -> Sequence[Event]:
    """Raw article -> clean article, keyed by source. Raises `Quarantine` if there is no article in it.

    The language of each article is remembered: when it is gone there is no text left to tell it from, and the event
    must reach the partition on which the article's facts went.
    """
    match event.data:
        case Fetched() as fetched:
            cleaned = view.seen.without_seen(clean(fetched))
            view.state.put(f"language/{cleaned.article_id}", cleaned.language.encode())
            return [derive(event, cleaned, key=cleaned.source, subject=cleaned.article_id)]
        case Gone() as gone:
            language = (view.state.get(f"language/{gone.article_id}") or gone.language.encode()).decode()
            known = gone.model_copy(update={"language": language})
            return [derive(event, known, key=gone.source, subject=gone.article_id)]
    raise _misplaced(event)


def extract_step(_state: State, event: Event) -> Sequence[Event]:
    """Clean article -> facts, keyed by language."""
    match event.data:
        case Cleaned() as cleaned:
            facts = extract(cleaned)
            return [derive(event, facts, key=facts.language, subject=facts.article_id)]
        case Gone() as gone:
            return [derive(event, gone, key=gone.language, subject=gone.article_id)]
    raise _misplaced(event)


def _misplaced(event: Event) -> Quarantine:
    return Quarantine(f"{event.kind.full_type} does not belong on this topic")
