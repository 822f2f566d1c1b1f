"""The fold as a stage: story events in, an update and the full story out for each that makes a new version."""

from collections.abc import Iterable, Sequence

from schemas.errors import Quarantine
from schemas.events import Event, derive
from schemas.stage import State
from schemas.stories import Closed, Joined, Linked, Merged, Opened, Revised, Split, StoryEvent, Withdrawn
from schemas.story import Story
from stories.fold.abridge import latest
from stories.fold.diff import UpdateKind, diff
from stories.fold.evolve import evolve
from stories.fold.publish import publish, retold, told_alike
from stories.fold.state import StoryState
from stories.fold.view import FoldView, checked, replayed

_KINDS: dict[type[StoryEvent], UpdateKind] = {
    Opened: "opened",
    Joined: "joined",
    Revised: "revised",
    Withdrawn: "withdrawn",
    Merged: "merged",
    Split: "split",
    Linked: "linked",
    Closed: "closed",
}


def open_fold(state: State) -> FoldView:
    """The view that `fold` works on; it holds nothing that the state does not."""
    return FoldView(state)


def fold(view: FoldView, event: Event) -> Sequence[Event]:
    """The `Update` and the `Story` of the version that the event makes; nothing for a version that is there.

    Raises `VersionGap` for a version beyond the next (then `view.rebuild` from the log) and `Quarantine` for a
    payload that is no story event.
    """
    data = event.data
    if type(data) not in _KINDS or not isinstance(data, StoryEvent):
        raise Quarantine(f"{type(data).__name__} is no event of a story")
    before = view.story(data.story_id)
    if before is not None and data.version <= before.version:
        return []
    after = evolve(before, checked(before, data))
    story = _published(view, before, after)
    outputs = _outputs(event, data, before, after, story)
    view.keep(after, story)
    return outputs


def _published(view: FoldView, before: StoryState | None, after: StoryState) -> Story:
    """What tells the same as the version before, as a story that was closed, differs from it in its head alone."""
    last = view.shown(after.story_id)
    if last is None or before is None or not told_alike(before, after):
        return latest(after)
    return retold(last, after)


def _outputs(event: Event, data: StoryEvent, before: StoryState | None, after: StoryState, story: Story) -> list[Event]:
    about = {"article_id": _article_id(data), "other": getattr(data, "other", None)}
    strength = data.strength if isinstance(data, Linked) else None
    update = diff(before, after, kind=_KINDS[type(data)], cause=event.id, at=data.at, strength=strength, **about)
    subject = f"{after.story_id}@{after.version}"
    return [derive(event, made, key=after.story_id, subject=subject) for made in (update, story)]


def _article_id(data: StoryEvent) -> str | None:
    if isinstance(data, Opened | Joined | Revised):
        return data.facts.article_id
    return data.article_id if isinstance(data, Withdrawn) else None


def replay_story(events: Iterable[Event], upto: int | None = None) -> Story:
    """The story at a past version (the newest without `upto`) from its log events.

    Raises `Quarantine` if no event makes a version, and `VersionGap` if one is missing.
    """
    story = replayed(events, upto)
    if story is None:
        raise Quarantine("no event of a story among those given")
    return publish(story)
