"""What an article is called: its source, its input id, and the id made of both."""

import hashlib
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from schemas.events import stable_id

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".jsonl.gz", ".warc", ".warc.gz")
"""Of the files that we read."""


def article_id(source: str, input_id: str) -> str:
    """16 hex digits; a revised article keeps them."""
    return stable_id(source, input_id)[:16]


def host_of(url: str | None) -> str | None:
    """The host of an http(s) URL, lower case and without `www.`; `None` if it has none."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return host.removeprefix("www.").rstrip(".") or None


def stem_of(input_id: str) -> str:
    """The input id as a source: the last part of a path, without a suffix that we read (`a/b.jsonl#2` -> `b#2`)."""
    name, mark, number = input_id.rpartition("#")
    name, tail = (name, mark + number) if name.lower().endswith(SUFFIXES) else (input_id, "")
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            return PurePosixPath(name[: -len(suffix)]).name + tail
    return input_id


def digest_of(body: bytes) -> str:
    """32 hex digits of the bytes."""
    return hashlib.sha256(body).hexdigest()[:32]
