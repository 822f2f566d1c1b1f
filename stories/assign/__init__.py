"""Which story an article belongs to: facts in, story events out."""

from stories.assign.desk import Desk, open_desk
from stories.assign.step import assign

__all__ = ["Desk", "assign", "open_desk"]
