"""JSON Schema of what is on the log: of a record's value, and of its headers."""

from inspect import cleandoc
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from schemas.cloudevents import extension_header
from schemas.events import KINDS, Kind

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ATTRIBUTES: dict[str, Schema] = {
    "ce_specversion": {"type": "string", "const": "1.0"},
    "ce_id": {"type": "string", "minLength": 1, "description": "The same event always has the same id."},
    "ce_source": {"type": "string", "minLength": 1},
    "ce_subject": {"type": "string", "minLength": 1},
    "ce_time": {"type": "string", "format": "date-time"},
    "ce_cause": {"type": "string", "description": "Id of the event that led to this one."},
}
_REQUIRED = ["ce_specversion", "ce_id", "ce_type", "ce_source", "content-type"]


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles that only repeat a field's name."""

    def field_title_should_be_set(self, _schema: Any) -> bool:
        return False


def has_bare_body(kind: Kind) -> bool:
    """Whether the record's value is the body itself, and the fields are headers."""
    return "body" in kind.model.model_fields


def file_schema(kind: Kind) -> Schema:
    """A schema that stands alone: of the value where it is JSON, else of the headers."""
    schema = headers_schema(kind) if has_bare_body(kind) else _model_schema(kind)
    return {"$schema": _DIALECT, "$id": f"urn:newsfold:{kind.full_type}", **schema}


def headers_schema(kind: Kind) -> Schema:
    """The record's headers as an object of name and text."""
    fields, required = _field_headers(kind) if has_bare_body(kind) else ({}, [])
    content_type: Schema = (
        {"type": "string"} if has_bare_body(kind) else {"type": "string", "const": "application/json"}
    )
    properties = {**_ATTRIBUTES, "ce_type": {"const": kind.full_type}, "content-type": content_type, **fields}
    described = {"description": cleandoc(kind.model.__doc__ or "")} if has_bare_body(kind) else {}
    return {"type": "object", **described, "properties": properties, "required": [*_REQUIRED, *required]}


def shared_schemas(ref_template: str) -> dict[str, Schema]:
    """The schemas of all JSON values and of their parts by name; `ref_template` says how they refer to each other."""
    mode: JsonSchemaMode = "validation"
    models = [(kind.model, mode) for kind in KINDS if not has_bare_body(kind)]
    _, schema = models_json_schema(models, ref_template=ref_template, schema_generator=_Untitled)
    definitions: dict[str, Schema] = schema["$defs"]
    return definitions


def _model_schema(kind: Kind) -> Schema:
    return kind.model.model_json_schema(schema_generator=_Untitled)


def _field_headers(kind: Kind) -> tuple[dict[str, Schema], list[str]]:
    schema = _model_schema(kind)
    names = [name for name in schema["properties"] if name not in ("body", "content_type")]
    headers = {extension_header(name): _as_text(schema["properties"][name]) for name in names}
    return headers, [extension_header(name) for name in names if name in schema["required"]]


def _as_text(schema: Schema) -> Schema:
    """The schema of a field's text form: JSON, but for text itself."""
    (present,) = [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]
    if present["type"] == "string":
        return {name: value for name, value in present.items() if name != "default"}
    if present["type"] == "integer":
        return {"type": "string", "pattern": "^-?[0-9]+$"}
    return {"type": "string", "contentMediaType": "application/json", "contentSchema": present}
