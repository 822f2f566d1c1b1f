"""A story is the fold of its events: claims with supports, copies, figures, quotes, entities, summary, and updates."""

from stories.fold.diff import diff
from stories.fold.evolve import evolve
from stories.fold.publish import publish
from stories.fold.stage import fold, open_fold, replay_story
from stories.fold.view import FoldView

__all__ = ["FoldView", "diff", "evolve", "fold", "open_fold", "publish", "replay_story"]
