"""One article's facts in, story events out."""

from collections.abc import Sequence
from datetime import datetime

from schemas.articles import Facts, Gone
from schemas.errors import Quarantine
from schemas.events import Event, stable_id
from schemas.stories import Closed, Joined, Linked, Opened, Revised, Why, Withdrawn
from stories.assign.abroad import ALIKE
from stories.assign.choose import choose
from stories.assign.desk import Desk
from stories.assign.records import Fate, Shape, Trace
from stories.assign.regroup import grown, look_again, made, part, with_rivals
from stories.assign.shelf import Shelf
from stories.assign.traces import trace_of

READ = "text", "dateline"
"""Origins of a publishing date that nobody but the text states."""
RETURNED = Why(score=1.0, parts={"returned": 1.0})


def assign(desk: Desk, event: Event) -> Sequence[Event]:
    """The story events that an article's facts, or its going, lead to. Raises `Quarantine` for any other event."""
    match event.data:
        case Facts() as facts:
            return _arrive(desk, event, facts)
        case Gone() as gone:
            return _leave(desk, event, gone)
    raise Quarantine(f"{event.kind.full_type} says nothing that could be assigned to a story")


def event_time(facts: Facts) -> datetime | None:
    """When the article came out: its publishing time, but never after it was fetched, else the fetching time."""
    if facts.published_at and facts.fetched_at:
        return min(facts.published_at, facts.fetched_at)
    return facts.published_at or facts.fetched_at


def _arrive(desk: Desk, event: Event, facts: Facts) -> list[Event]:
    fate = desk.fate(facts.article_id)
    if fate and _is_settled(fate, event, facts.fetched_at):
        return []
    if fate and fate.digest == facts.digest and not fate.withdrawn:
        desk.put_fate(facts.article_id, fate.after(event.id, _seconds(facts.fetched_at)))
        return []
    before = [*_close_quiet(desk, event, facts), *look_again(desk, event, facts.language, event_time(facts))]
    fate = desk.fate(facts.article_id)  # the second look may have moved it
    return [*before, *([_reenter(desk, event, facts, fate)] if fate else _enter(desk, event, facts))]


def _is_settled(fate: Fate, event: Event, fetched_at: datetime | None) -> bool:
    late = fate.fetched is not None and fetched_at is not None and fetched_at.timestamp() < fate.fetched
    return late or event.id in fate.applied


def _close_quiet(desk: Desk, event: Event, facts: Facts) -> list[Event]:
    at, outputs = event_time(facts), []
    for story, shape in desk.tick(facts.language, moment_of(desk.shelf(facts.language), facts)):
        desk.put_closed(story, shape._replace(version=shape.version + 1))
        outputs.append(made(event, Closed(story_id=story, version=shape.version + 1, at=at)))
    return outputs


def _enter(desk: Desk, event: Event, facts: Facts) -> list[Event]:
    trace = _trace(desk, facts, facts.language)
    story, why = choose(desk.shelf(facts.language), trace)
    trace.story = story or stable_id("story", facts.article_id)[:16]
    shape = desk.shape(story) if story else Shape(version=0, language=facts.language)
    desk.put_fate(facts.article_id, Fate(trace.story, facts.digest).after(event.id, _seconds(facts.fetched_at)))
    version = _settle(desk, trace, event, with_rivals(grown(shape, 1), why))
    at = event_time(facts)
    if story is None:
        entered = made(event, Opened(story_id=trace.story, version=version, at=at, facts=facts, why=why))
    else:
        entered = made(event, Joined(story_id=story, version=version, at=at, facts=facts, why=why))
    return [entered, *_link(desk, event, trace, at, opens=story is None), *part(desk, event, trace.story, at)]


def _link(desk: Desk, event: Event, trace: Trace, at: datetime | None, *, opens: bool) -> list[Event]:
    if desk.shelf(trace.language).is_past(trace.at):
        return []
    shape, outputs = desk.shape(trace.story), []
    for link in desk.links(trace, shape, opens=opens):
        shape = grown(shape, 0)._replace(thread=link.thread)
        desk.put_story(trace.story, shape)
        data = Linked(
            story_id=trace.story,
            version=shape.version,
            at=at,
            other=link.other,
            thread_id=link.thread,
            why=link.why,
            strength=link.strength,
        )
        outputs.append(made(event, data))
    return [*outputs, *_link_abroad(desk, event, trace, at)] if opens else outputs


def _link_abroad(desk: Desk, event: Event, trace: Trace, at: datetime | None) -> list[Event]:
    """Links a new story with one of another language; each stays in the thread that it has in its own."""
    foreign = desk.foreign(trace)
    if foreign is None:
        return []
    other, theirs = desk.home(foreign.story)
    shape = grown(desk.shape(trace.story), 0)
    desk.put_story(trace.story, shape)
    score = round(foreign.score, 4)
    why = Why(score=score, parts={f"shared {name}": 1.0 for name in foreign.shared}, threshold=ALIKE)
    thread = theirs.thread or other
    data = Linked(story_id=trace.story, version=shape.version, at=at, other=other, thread_id=thread, why=why)
    return [made(event, data)]


def _reenter(desk: Desk, event: Event, facts: Facts, fate: Fate) -> Event:
    story, shape = desk.home(fate.story)
    trace = _trace(desk, facts, shape.language)
    trace.story = story
    settled = fate._replace(story=story, digest=facts.digest, withdrawn=False)
    desk.put_fate(facts.article_id, settled.after(event.id, _seconds(facts.fetched_at)))
    version, at = _settle(desk, trace, event, grown(shape, fate.withdrawn)), event_time(facts)
    if fate.withdrawn:
        return made(event, Joined(story_id=story, version=version, at=at, facts=facts, why=RETURNED))
    return made(event, Revised(story_id=story, version=version, at=at, facts=facts))


def _leave(desk: Desk, event: Event, gone: Gone) -> list[Event]:
    fate = desk.fate(gone.article_id)
    if fate is None or fate.withdrawn or _is_settled(fate, event, gone.fetched_at):
        return []
    desk.put_fate(gone.article_id, fate._replace(withdrawn=True).after(event.id, _seconds(gone.fetched_at)))
    story, shape = desk.home(fate.story)
    desk.drop_trace(shape.language, gone.article_id)
    desk.unlink(story, shape)
    shape = grown(shape, -1)
    desk.put_story(story, shape)
    left = Withdrawn(story_id=story, version=shape.version, at=gone.fetched_at, article_id=gone.article_id)
    return [made(event, left)]


def _trace(desk: Desk, facts: Facts, language: str) -> Trace:
    shelf = desk.shelf(language)
    at = moment_of(shelf, facts)
    return trace_of(facts, language, shelf.now() if at is None else at)


def moment_of(shelf: Shelf, facts: Facts) -> int | None:
    """When the article came out, in seconds, by the clock of a language; `None` if the clock may not go by its date.

    A date that is only read in the text begins no clock where undated articles came before: in a collection without
    dates a few articles name one, years apart, and each would end all stories.
    """
    is_read = facts.published_origin in READ and facts.fetched_at is None
    return None if is_read and shelf.clock is None and shelf.index.traces else _seconds(event_time(facts))


def _settle(desk: Desk, trace: Trace, event: Event, shape: Shape) -> int:
    """Stores the story's next version with this article in it, and lets the article be found while both are active."""
    shelf = desk.shelf(shape.language)
    last = None if trace.at is None else max(trace.at, shelf.moment(shape.last) if shape.version > 1 else trace.at)
    desk.put_story(trace.story, shape._replace(last=last, touched=shelf.now()))
    if trace.story in shelf.stories and not shelf.is_past(trace.at):
        desk.put_trace(trace, event.payload or event.data.encoded())
    else:
        desk.drop_trace(shape.language, trace.article)
    return shape.version


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
