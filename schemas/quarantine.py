"""Where input goes that cannot be processed."""

from schemas.base import Model


class Quarantined(Model):
    """The record as it came, where it failed and why. On the log the record's bytes are the value, the rest headers."""

    input_id: str
    source: str
    stage: str
    reason: str
    content_type: str
    body: bytes
    of_type: str = ""
    """Event type of the record that failed; empty where it never became an event."""
    truncated: int = 0
    """Bytes that were cut off the end of the body because the log could not hold them."""
