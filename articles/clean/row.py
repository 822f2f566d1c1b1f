"""One row of JSON: the keys we know, and its text or HTML."""

import json
from typing import Any, NamedTuple, NoReturn

import orjson

from articles.clean.decode import decode
from schemas.errors import Quarantine


class Row(NamedTuple):
    """What a row says. Exactly one of `text` and `html` is set."""

    title: str
    published: str
    url: str | None
    language: str | None
    text: str | None
    html: str | None


def read_row(body: bytes) -> Row:
    """The row. Raises `Quarantine` if it is no JSON object or has neither `text` nor `html`."""
    fields = _load(body)
    text, html = _words(fields, "text"), _words(fields, "html")
    if not text and not html:
        named = "an empty" if "text" in fields or "html" in fields else "no"
        raise Quarantine(f"the row has {named} `text` or `html`")
    return Row(
        title=_words(fields, "title"),
        published=_words(fields, "published_at"),
        url=_words(fields, "url") or None,
        language=_words(fields, "lang") or None,
        text=text or None,
        html=None if text else html,
    )


def _load(body: bytes) -> dict[str, Any]:
    try:
        fields = orjson.loads(body)
    except orjson.JSONDecodeError:
        fields = _load_text(body)
    if not isinstance(fields, dict):
        raise Quarantine("the row is no JSON object")
    return fields


def _load_text(body: bytes) -> Any:
    text = decode(body, "application/json").text
    try:
        return orjson.loads(text.encode("utf-8", "replace"))
    except orjson.JSONDecodeError as broken:
        return _load_half_characters(text, broken)


def _load_half_characters(text: str, broken: orjson.JSONDecodeError) -> Any:
    """JSON may escape half of a character, which orjson refuses; the half is scrubbed from the text later."""
    try:
        return json.loads(text) if "\\u" in text else _refuse(broken)
    except (ValueError, RecursionError):
        _refuse(broken)


def _refuse(broken: orjson.JSONDecodeError) -> NoReturn:
    raise Quarantine(f"the row is no JSON: {broken}") from broken


def _words(fields: dict[str, Any], key: str) -> str:
    value = fields.get(key)
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str | int | float):
        return str(value).strip()
    raise Quarantine(f"`{key}` of the row is no text")
