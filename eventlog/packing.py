"""How a record's headers lie in a file: as JSON that any SQLite tool can query."""

from base64 import b64decode, b64encode

import orjson

from schemas.cloudevents import Headers


def pack(headers: Headers) -> str:
    """An object of name and text. Headers that do not fit one (a name twice, no UTF-8) become pairs in base64."""
    try:
        named = {name: value.decode() for name, value in headers}
    except UnicodeDecodeError:
        return _pack_pairs(headers)
    return orjson.dumps(named).decode() if len(named) == len(headers) else _pack_pairs(headers)


def unpack(packed: str) -> Headers:
    """The headers as they were given to `pack`, in their order."""
    stored = orjson.loads(packed)
    if isinstance(stored, dict):
        return tuple((name, text.encode()) for name, text in stored.items())
    return tuple((name, b64decode(value)) for name, value in stored)


def _pack_pairs(headers: Headers) -> str:
    return orjson.dumps([(name, b64encode(value).decode()) for name, value in headers]).decode()
