"""All of Newsfold on one screen: which stage reads what, does what, and writes where.

    articles.raw ── clean ──► articles.clean ── extract ──► articles.facts ── assign ──► stories.log
    stories.log ─── fold ───► stories.updates, stories.latest
    What a stage cannot process goes to `quarantine`, from any of them.

A sentence travels: bytes (raw) -> a block of clean text -> a numbered sentence of the facts -> carried by the story
event that its article caused -> a support of a claim -> a line of the summary that cites it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from articles.stages import clean_step, extract_step, open_cleaning
from schemas.events import Event
from schemas.stage import State
from schemas.topics import CLEAN, FACTS, LATEST, LOG, RAW, UPDATES, Topic
from stories.assign import assign, open_desk
from stories.fold import FoldView, fold, open_fold


class Stage(NamedTuple):
    """A pure step between topics. `open` builds what the step keeps in memory from its stored state."""

    name: str
    source: Topic
    sinks: tuple[Topic, ...]
    open: Callable[[State], Any]
    step: Callable[[Any, Event], Sequence[Event]]
    rebuild: Callable[[Any, Iterable[Event]], object] | None = None
    """Makes one story's state anew from its events, after a version gap."""


def stateless(state: State) -> State:
    """For a step that keeps nothing."""
    return state


STAGES = (
    Stage("clean", RAW, (CLEAN,), open_cleaning, clean_step),
    Stage("extract", CLEAN, (FACTS,), stateless, extract_step),
    Stage("assign", FACTS, (LOG,), open_desk, assign),
    Stage("fold", LOG, (UPDATES, LATEST), open_fold, fold, FoldView.rebuild),
)
