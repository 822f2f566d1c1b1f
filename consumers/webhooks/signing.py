"""Signatures after the Standard Webhooks specification, version `v1`: HMAC-SHA256 with a shared secret."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable

PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64
"""Bytes that the specification asks of a secret."""


class Secret:
    """A key that no message, log line or traceback can show."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __repr__(self) -> str:
        return "Secret(...)"

    def sign(self, content: bytes) -> str:
        """`v1,` and the signature in base64."""
        digest = hmac.new(self._key, content, hashlib.sha256).digest()
        return f"v1,{base64.b64encode(digest).decode()}"


def read_secret(word: str) -> Secret | None:
    """The secret that is written as `whsec_` and base64; `None` if it is none."""
    try:
        key = base64.b64decode(word.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
    return Secret(key) if word.startswith(PREFIX) and SHORTEST <= len(key) <= LONGEST else None


def headers(secrets: Iterable[Secret], message_id: str, moment: float, body: bytes) -> dict[str, str]:
    """The three headers of an attempt at that moment (seconds since 1970), signed with each of the secrets."""
    timestamp = str(int(moment))
    content = b".".join((message_id.encode(), timestamp.encode(), body))
    signature = " ".join(secret.sign(content) for secret in secrets)
    return {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": signature}
