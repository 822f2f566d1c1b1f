"""Has a page changed for its readers?"""

import hashlib

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

_UNSEEN = ["script", "style", "noscript", "template", "iframe", "svg"]


def fingerprint(content_type: str, body: bytes) -> str:
    """Digest of the words of a page, title included; of the bytes where it is no HTML.

    Pages carry counters, nonces and adverts that differ at every fetch: by bytes each look would be a new version.
    """
    return _digest(_words(body) if "html" in content_type else body)


def _words(body: bytes) -> bytes:
    try:
        tree = LexborHTMLParser(body)
        tree.strip_tags(_UNSEEN)
        text = tree.root.text(separator=" ") if tree.root else ""
    except (SelectolaxError, ValueError):
        return body
    return " ".join(text.split()).encode("utf-8", "replace") or body


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
