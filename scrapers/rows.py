"""One JSON row -> one article as fetched."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from schemas.articles import Fetched
from schemas.errors import Quarantine
from scrapers.identity import article_id, host_of, stem_of
from scrapers.moments import read_moment

JSON = "application/json"
_LONGEST_ID = 512
_LONGEST = {"url": 4096, "source": 255, "title": 2000, "lang": 35}


class _Row(NamedTuple):
    fields: dict[str, Any]
    body: bytes
    repairs: tuple[str, ...]


def read_row(body: bytes, fallback_id: str, now: datetime) -> Fetched:
    """The article that the row states. `fallback_id` is its input id where it has none of its own.

    Raises `Quarantine` if it is no JSON object, or has neither text nor html.
    """
    row = _parse(body)
    if not any(isinstance(row.fields.get(key), str) and row.fields[key].strip() for key in ("text", "html")):
        raise Quarantine("the row has neither text nor html")
    repairs = list(row.repairs)
    words = {key: _word(row.fields, key, limit, repairs) for key, limit in _LONGEST.items()}
    stated = read_moment(row.fields.get("published_at"), now)
    repairs += [stated.repair] if stated.repair else []
    input_id = _input_id(row.fields) or fallback_id
    source = words["source"] or host_of(words["url"]) or stem_of(input_id)
    return Fetched(
        article_id=article_id(source, input_id),
        source=source,
        input_id=input_id,
        content_type=JSON,
        body=_without_date(row) if stated.refused else row.body,
        url=words["url"],
        title=words["title"],
        published_at=stated.at,
        published_precision=stated.precision,
        language=_language(words["lang"], repairs),
        repairs=tuple(repairs),
    )


def id_of(body: bytes) -> str | None:
    """The row's own id, if it can be read: a rejected row is best known by its name."""
    try:
        return _input_id(_parse(body).fields)
    except Quarantine:
        return None


def _parse(body: bytes) -> _Row:
    try:
        fields, mended = orjson.loads(body), False
    except orjson.JSONDecodeError:
        fields, mended = _parse_lenient(body), True
    if not isinstance(fields, dict):
        raise Quarantine("the row is no JSON object")
    if not mended:
        return _Row(fields, body, ())
    return _Row(fields, orjson.dumps(fields), ("the row was not valid UTF-8 JSON and was rewritten",))


def _parse_lenient(body: bytes) -> Any:
    """Rows cut out of UTF-16 text hold halves of characters, which Python's own reader takes. No other mending."""
    try:
        fields = json.loads(body.decode("utf-8-sig", "replace"), parse_constant=_refuse)
        return orjson.loads(json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as reason:
        raise Quarantine(f"broken JSON: {str(reason)[:200]}") from reason


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _without_date(row: _Row) -> bytes:
    """A later stage has no clock to refuse the date by; so the row must not state it. The repair keeps the value."""
    return orjson.dumps({key: value for key, value in row.fields.items() if key != "published_at"})


def _input_id(fields: Mapping[str, Any]) -> str | None:
    found = fields.get("id")
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found)
    if not isinstance(found, str):
        return None
    found = found.strip()
    return found if 0 < len(found) <= _LONGEST_ID else None


def _word(fields: Mapping[str, Any], key: str, limit: int, repairs: list[str]) -> str | None:
    found = fields.get(key)
    if found is None:
        return None
    if not isinstance(found, str) or len(found) > limit:
        repairs.append(f"{key} dropped: {'too long' if isinstance(found, str) else 'no text'}")
        return None
    return found.strip() or None


def _language(tag: str | None, repairs: list[str]) -> str | None:
    """`en-GB` -> `en`; what is no ISO 639-1 code is dropped."""
    if tag is None or tag.lower() == "und":
        return None
    code = tag.replace("_", "-").split("-")[0].lower()
    if len(code) == 2 and code.isascii() and code.isalpha():
        return code
    repairs.append(f"lang dropped: {tag!r} is no ISO 639-1 code")
    return None
