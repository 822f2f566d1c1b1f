"""CloudEvents 1.0 in the Kafka binary binding: attributes are `ce_` headers, the value is the payload.

Payloads are JSON, but for models with a `body`: there the body is the value and all other fields are extension
attributes. An attribute's name is the field's without underscores; a field that is absent has no header.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple, get_origin

import orjson

from schemas.base import Model
from schemas.errors import Quarantine
from schemas.events import BY_MODEL, BY_NAME, Event
from schemas.upcast import upcast

Headers = tuple[tuple[str, bytes], ...]


class Wire(NamedTuple):
    """An event as bytes: what a record of any log holds."""

    key: bytes
    value: bytes
    headers: Headers


def to_wire(event: Event) -> Wire:
    """Encodes an event. The same event gives the same bytes."""
    attributes = {f"ce_{name}": text for name, text in _attributes(event).items()}
    value = _encode_payload(event.data, attributes)
    headers = tuple((name, text.encode("utf-8", "replace")) for name, text in attributes.items())
    return Wire(event.key.encode(), value, headers)


def to_structured(event: Event) -> bytes:
    """One event as one JSON object, as CloudEvents' JSON format has it. The same event gives the same bytes.

    For models whose payload is JSON, that is, without a `body`.
    """
    data = orjson.Fragment(event.payload if event.payload is not None else event.data.encoded())
    return orjson.dumps({**_attributes(event), "datacontenttype": "application/json", "data": data})


def from_wire(key: bytes | None, value: bytes | None, headers: Headers) -> Event:
    """Decodes a record, whatever past version of its type it was written in.

    Raises `Quarantine` if it is no CloudEvent of ours or its payload does not fit its type.
    """
    attributes = {name: raw.decode("utf-8", "replace") for name, raw in headers}
    try:
        data = _decode_payload(value or b"", attributes)
        return Event(
            id=attributes["ce_id"],
            key=(key or b"").decode("utf-8", "replace"),
            subject=attributes.get("ce_subject", ""),
            data=data,
            source=attributes["ce_source"],
            time=datetime.fromisoformat(attributes["ce_time"]) if "ce_time" in attributes else None,
            cause=attributes.get("ce_cause"),
            payload=value if _is_current(data, attributes) else None,
        )
    except KeyError as missing:
        raise Quarantine(f"no CloudEvent: attribute {missing} is missing") from missing
    except ValueError as reason:
        raise Quarantine(f"payload does not fit its type: {_first_line(reason)}") from reason


def _attributes(event: Event) -> dict[str, str]:
    attributes = {"specversion": "1.0", "id": event.id, "type": event.kind.full_type, "source": event.source}
    if event.subject:
        attributes["subject"] = event.subject
    if event.time is not None:
        attributes["time"] = event.time.isoformat().replace("+00:00", "Z")
    if event.cause is not None:
        attributes["cause"] = event.cause
    return attributes


def extension_header(field: str) -> str:
    """The header that holds a field of a model with a `body`: CloudEvents allows lower-case letters and digits only."""
    return f"ce_x{field.replace('_', '')}"


def _encode_payload(data: Model, attributes: dict[str, str]) -> bytes:
    body = getattr(data, "body", None)
    if body is None:
        attributes["content-type"] = "application/json"
        return data.encoded()
    attributes.update(_extension_attributes(data))
    return bytes(body)


def _extension_attributes(data: Model) -> Iterator[tuple[str, str]]:
    fields = data.model_dump(mode="json", exclude={"body"}, exclude_defaults=True)
    for name, value in fields.items():
        header = "content-type" if name == "content_type" else extension_header(name)
        yield header, value if isinstance(value, str) else orjson.dumps(value).decode()


def _decode_payload(value: bytes, attributes: dict[str, str]) -> Model:
    name, _, version = attributes["ce_type"].rpartition(".v")
    kind = BY_NAME.get(name)
    if kind is None:
        raise ValueError(f"unknown type {attributes['ce_type']!r}")
    if "body" in kind.model.model_fields:
        return kind.model.model_validate(upcast(kind, int(version), _binary_fields(kind.model, value, attributes)))
    if int(version) == kind.version:
        return kind.model.model_validate_json(value)
    return kind.model.model_validate(upcast(kind, int(version), orjson.loads(value)))


def _is_current(data: Model, attributes: dict[str, str]) -> bool:
    """Whether the record's value is the payload, and all of it, as it would be encoded today."""
    return attributes["ce_type"] == BY_MODEL[type(data)].full_type and "body" not in type(data).model_fields


def _binary_fields(model: type[Model], value: bytes, attributes: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {"body": value, "content_type": attributes.get("content-type", "")}
    for name, field in model.model_fields.items():
        text = attributes.get(extension_header(name))
        if text is not None:
            fields[name] = orjson.loads(text) if get_origin(field.annotation) is tuple else text
    return fields


def _first_line(reason: Exception) -> str:
    return " ".join(str(reason).split())[:300]
