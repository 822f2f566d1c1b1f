"""A story is the fold of its events: claims with supports, copies, figures, quotes, entities, summary, and updates."""

from stories.fold.diff import diff
from stories.fold.evolve import evolve
from stories.fold.publish import publish
from stories.fold.reasons import Reason, reasons
from stories.fold.stage import fold, open_fold, replay_story
from stories.fold.state import StoryState
from stories.fold.summary import news_of, summary_of
from stories.fold.view import FoldView, replayed

__all__ = [
    "FoldView",
    "Reason",
    "StoryState",
    "diff",
    "evolve",
    "fold",
    "news_of",
    "open_fold",
    "publish",
    "reasons",
    "replay_story",
    "replayed",
    "summary_of",
]
