"""What is sent: the same updates make the same bytes under the same id, at each attempt and after a restart."""

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from schemas.cloudevents import to_structured
from schemas.events import Event, stable_id

ONE, SEVERAL = "application/cloudevents+json", "application/cloudevents-batch+json"


class Message(NamedTuple):
    """The body of a request; `events` are the ids and JSON of what is in it."""

    id: str
    media_type: str
    body: bytes
    events: tuple[tuple[str, bytes], ...]


def message_of(events: Sequence[Event], *, batched: bool) -> Message:
    """One event, or with `batched` any number of them as CloudEvents' JSON batch format has it."""
    return message_from([(event.id, to_structured(event)) for event in events], batched=batched)


def message_from(events: Sequence[tuple[str, bytes]], *, batched: bool) -> Message:
    """The same of events that are JSON already, each with its id."""
    ids = [event_id for event_id, _ in events]
    if batched:
        body = orjson.dumps([orjson.Fragment(told) for _, told in events])
        return Message(stable_id("batch", *ids), SEVERAL, body, tuple(events))
    [(event_id, body)] = events
    return Message(event_id, ONE, body, tuple(events))
