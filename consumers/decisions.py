"""Why an article is in the story it is in: what was decided on it, as the story events recorded it."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from consumers.reading import known, latest_story, payload
from consumers.story_log import plain_facts
from eventlog.base import EventLog, Record
from eventlog.events import header, read_all
from schemas.base import Model, Moment
from schemas.errors import UsageError
from schemas.events import BY_NAME
from schemas.stories import Why
from schemas.topics import LOG, Naming


class Decision(Model):
    """One event that put the article into a story, or took it out of one."""

    kind: str
    """`opened`, `joined`, `revised`, `withdrawn`, `merged` or `split`."""
    story_id: str
    version: int
    at: Moment | None = None
    why: Why | None = None
    other: str | None = None
    """The other story of a merge or a split."""


class Decided(Model):
    """An article and all that was decided on it, oldest first. `titles` are those of all stories named, as of now."""

    article_id: str
    input_id: str
    source: str
    title: str
    decisions: tuple[Decision, ...]
    titles: dict[str, str]


def find_decisions(log: EventLog, naming: Naming, name: str) -> Decided:
    """What was decided on an article; `name` is its input id, or how its article id begins.

    Raises `UsageError` if no article in a story goes by that name, or more than one.
    """
    heads: dict[str, dict[str, Any]] = {}
    decisions: dict[str, dict[tuple[str, int], Decision]] = {}
    for record in _mentioning(log, naming, name):
        event = payload(record)
        for facts in plain_facts(event):
            heads[facts["article_id"]] = facts
        for article in _concerned(event, heads):
            made = _decision(record, event)
            decisions.setdefault(article, {})[made.story_id, made.version] = made
    article = _the_one(heads, name)
    found = tuple(decisions[article].values())
    head = {field: heads[article][field] for field in ("article_id", "input_id", "source", "title")}
    return Decided(**head, decisions=found, titles=dict(_titles(log, naming, found)))


def _mentioning(log: EventLog, naming: Naming, name: str) -> Iterator[Record]:
    """The records in which the name stands; only they are decoded."""
    words = orjson.dumps(name)[1:-1]
    return (record for record in read_all(log, known(log, naming, LOG)) if words in record.value)


def _concerned(event: dict[str, Any], heads: dict[str, dict[str, Any]]) -> Iterator[str]:
    named = {facts["article_id"] for facts in plain_facts(event)} | {event.get("article_id"), *event.get("leave", ())}
    return (article for article in heads if article in named)


def _decision(record: Record, event: dict[str, Any]) -> Decision:
    kind = BY_NAME[header(record, "ce_type").rpartition(".v")[0]].name.rpartition(".")[2]
    fields = {field: event.get(field) for field in ("story_id", "version", "at", "why", "other")}
    return Decision.model_validate({"kind": kind, **fields})


def _the_one(heads: dict[str, dict[str, Any]], name: str) -> str:
    found = [article for article, head in heads.items() if head["input_id"] == name]
    found = found or [article for article in heads if name and article.startswith(name)]
    if not found:
        raise UsageError(
            f"no article in a story has an id that begins with {name!r}, and no input has it as its id; "
            "`newsfold explain` knows articles that were refused"
        )
    if len(found) > 1:
        some = ", ".join(sorted(found)[:3]) + (" ..." if len(found) > 3 else "")
        raise UsageError(f"{name!r} fits {len(found)} articles ({some}): type more of the id")
    return found[0]


def _titles(log: EventLog, naming: Naming, decisions: Iterable[Decision]) -> Iterator[tuple[str, str]]:
    for story in dict.fromkeys(story for made in decisions for story in _named(made)):
        yield story, latest_story(log, naming, story).title


def _named(made: Decision) -> Iterator[str]:
    yield made.story_id
    if made.other:
        yield made.other
    yield from (rival.story_id for rival in (made.why.rivals if made.why else ()))
