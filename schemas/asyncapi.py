"""One AsyncAPI 3.0 document of all topics: who sends what, with which headers (asyncapi.com, specification 3.0.0)."""

from typing import Any, NamedTuple

from schemas.events import KINDS, Kind
from schemas.json_schema import Schema, has_bare_body, headers_schema, shared_schemas
from schemas.topics import TOPICS, Cleanup, Naming, Topic

_VERSION = "1.0.0"
"""Its first number goes up when a program that reads the topics would have to change."""
_INFO = {
    "title": "Newsfold",
    "version": _VERSION,
    "description": "News articles in, versioned stories out. Every record is a CloudEvent in the Kafka binary binding.",
    "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
}
_GENERATION = {"description": "One full derivation of all topics by one set of rules.", "default": Naming().generation}
_KEPT: dict[Cleanup, Schema] = {
    "keep": {"cleanup.policy": ["delete"], "retention.ms": -1},
    "time": {"cleanup.policy": ["delete"]},
    "compact": {"cleanup.policy": ["compact"]},
}


class Part(NamedTuple):
    """A part of Newsfold, and the topic families at its two ends; any of them may also send to quarantine."""

    name: str
    receives: tuple[str, ...]
    sends: tuple[str, ...]


PARTS = (
    Part("scrapers", (), ("articles.raw",)),
    Part("clean", ("articles.raw",), ("articles.clean",)),
    Part("extract", ("articles.clean",), ("articles.facts",)),
    Part("assign", ("articles.facts",), ("stories.log",)),
    Part("fold", ("stories.log",), ("stories.updates", "stories.latest")),
)


def document() -> dict[str, Any]:
    """The document as plain data; the same at every call."""
    return {
        "asyncapi": "3.0.0",
        "info": _INFO,
        "defaultContentType": "application/json",
        "channels": {_name(topic.name): _channel(topic) for topic in TOPICS},
        "operations": _operations(),
        "components": {
            "messages": {_name(kind.full_type): _message(kind) for kind in KINDS},
            "schemas": _as_draft_7(shared_schemas("#/components/schemas/{model}")),
        },
    }


def _name(dotted: str) -> str:
    return dotted.replace(".", "_")


def _channel(topic: Topic) -> Schema:
    carried = [_name(kind.full_type) for kind in KINDS if topic.name in kind.topics]
    return {
        "address": topic.full_name(Naming().prefix, "{generation}"),
        "description": f"Keyed by {topic.key}. Kept by the rule: {topic.cleanup}.",
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in carried},
        **({"parameters": {"generation": _GENERATION}} if topic.derived else {}),
        "bindings": {"kafka": {"partitions": topic.partitions, "topicConfiguration": _KEPT[topic.cleanup]}},
    }


def _operations() -> dict[str, Schema]:
    operations = {}
    for part in PARTS:
        for topic in part.receives:
            operations[f"{part.name}_receives_{_name(topic)}"] = _operation("receive", topic)
        for topic in (*part.sends, "quarantine"):
            operations[f"{part.name}_sends_{_name(topic)}"] = _operation("send", topic)
    return operations


def _operation(action: str, topic: str) -> Schema:
    return {"action": action, "channel": {"$ref": f"#/channels/{_name(topic)}"}}


def _message(kind: Kind) -> Schema:
    json = {"contentType": "application/json", "payload": {"$ref": f"#/components/schemas/{kind.model.__name__}"}}
    body = {"payload": {"type": "string", "format": "binary", "description": "See the header content-type."}}
    return {
        "name": kind.full_type,
        "title": kind.model.__name__,
        "summary": (kind.model.__doc__ or "").split("\n")[0],
        "headers": _as_draft_7(headers_schema(kind)),
        **({"contentType": "application/octet-stream", **body} if has_bare_body(kind) else json),
    }


def _as_draft_7(schema: Any) -> Any:
    """AsyncAPI's own schema format is a superset of JSON Schema draft 7: tuples are written with `items` there."""
    if isinstance(schema, list):
        return [_as_draft_7(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    renamed = {"items" if name == "prefixItems" else name: value for name, value in schema.items()}
    return {name: _as_draft_7(value) for name, value in renamed.items() if name != "contentSchema"}
