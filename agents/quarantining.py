"""The events that keep what a stage could not process."""

from eventlog.base import RECORD_LIMIT, Record
from eventlog.events import event_of
from schemas.articles import Fetched, Gone, Head
from schemas.errors import Quarantine
from schemas.events import Event, stable_id
from schemas.quarantine import Quarantined

ROOM = RECORD_LIMIT - 64 * 2**10
"""Bytes of a failed record that are kept: its own headers and ours have to go beside them."""


def quarantined(record: Record, stage: str, reason: Exception) -> Event:
    """The event that keeps a failed record: its bytes, the stage and the reason."""
    headers = {name: value.decode("utf-8", "replace") for name, value in record.headers}
    place = f"{record.topic}/{record.partition}/{record.offset}"
    cause = headers.get("ce_id", place)
    text = str(reason) if isinstance(reason, Quarantine) else f"{type(reason).__name__}: {reason}"
    input_id, source = _origin(record) or (headers.get("ce_subject") or place, record.key.decode("utf-8", "replace"))
    data = Quarantined(
        input_id=input_id,
        source=source,
        stage=stage,
        reason=" ".join(text.split())[:500],
        content_type=headers.get("content-type", "application/octet-stream"),
        body=record.value[:ROOM],
        of_type=headers.get("ce_type", ""),
        truncated=max(0, len(record.value) - ROOM),
    )
    return Event(stable_id(cause, stage, "quarantined", place), data.source, data.input_id, data, cause=cause)


def lost(topic: str, partition: int, start: int, end: int, stage: str) -> Event:
    """The event that says that the records with `start <= offset < end` were gone before the stage had read them."""
    place = f"{topic}/{partition}/{start}-{end - 1}"
    reason = f"{end - start} records were cleaned away before they were read; a person let the stage go on without them"
    data = Quarantined(input_id=place, source="newsfold", stage=stage, reason=reason, content_type="", body=b"")
    return Event(stable_id(place, stage, "lost"), data.source, place, data)


def _origin(record: Record) -> tuple[str, str] | None:
    """Input id and source of the article in a record of any stage; `None` where there is none to be read."""
    try:
        data = event_of(record).data
    except Quarantine:
        return None
    article = getattr(data, "facts", data)
    return (article.input_id, article.source) if isinstance(article, Fetched | Gone | Head) else None
