"""Lines that a site puts around its articles. The rules are data (`patterns/notices.toml`), general to any outlet.

A rule sees a line only if it is no longer than the rule's limit: a notice is short, and an article's paragraph that
speaks of cookies or newsletters must stay.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

from articles.clean.patterns import any_of, load
from articles.text.hints import any_in, has_any


class Notice(NamedTuple):
    """One rule, for the lower-cased line. `needs`: one of these is in it, which spares most lines a slow pattern."""

    rule: str
    limit: int
    pattern: re.Pattern[str]
    needs: tuple[str, ...]
    guarded: bool


def _read_rules(table: dict[str, Any]) -> Iterator[Notice]:
    for entry in table["notice"]:
        pattern = any_of(entry["any"], table["parts"])
        yield Notice(entry["rule"], entry["limit"], pattern, tuple(entry.get("needs", ())), entry.get("guarded", False))


NOTICES = tuple(_read_rules(load("notices")))
_SPEECH = re.compile(r"\b(?:said|says|told|added|according to|wrote)\b")
_needed = any_in(hint for notice in NOTICES for hint in notice.needs)
_LIMITS = sorted({notice.limit for notice in NOTICES})


class _Bucket(NamedTuple):
    """The rules that a line of up to some length may meet; `quick` matches if any without `needs` does."""

    quick: re.Pattern[str]
    needing: tuple[Notice, ...]
    all: tuple[Notice, ...]


def _bucket(limit: int) -> _Bucket:
    notices = tuple(notice for notice in NOTICES if notice.limit >= limit)
    free = "|".join(f"(?:{notice.pattern.pattern})" for notice in notices if not notice.needs)
    return _Bucket(re.compile(free), tuple(notice for notice in notices if notice.needs), notices)


_BUCKETS = tuple(_bucket(limit) for limit in _LIMITS)


def notice_rule(text: str) -> str | None:
    """The name of the rule that makes this line a notice of the site; `None` for a line of the article."""
    place = bisect_left(_LIMITS, len(text))
    if place == len(_BUCKETS):
        return None
    lowered = text.lower()
    bucket = _BUCKETS[place]
    quick = bucket.quick.match(lowered)
    if not quick and not _needed(lowered):
        return None
    for rule, _, pattern, needs, guarded in bucket.all if quick else bucket.needing:
        if needs and not has_any(lowered, needs):
            continue
        if pattern.match(lowered):
            return None if guarded and _SPEECH.search(text) else rule
    return None
