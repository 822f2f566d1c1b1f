import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from stored import SAMPLES, Sample

from schemas.asyncapi import PARTS
from schemas.cloudevents import to_wire
from schemas.errors import UsageError
from schemas.events import BY_NAME, KINDS, Event
from schemas.export import export_schemas
from schemas.json_schema import has_bare_body
from schemas.stories import Closed
from schemas.topics import TOPICS

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=[sample.full_type for sample in SAMPLES])
JSON_SAMPLES = [sample for sample in SAMPLES if ("content-type", b"application/json") in sample.wire.headers]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "schemas"
    export_schemas(folder)
    return folder


@pytest.fixture(scope="module")
def document(folder: Path) -> dict[str, Any]:
    return read(folder / "asyncapi.json")


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def headers_of(sample: Sample) -> dict[str, str]:
    return {name: value.decode() for name, value in sample.wire.headers}


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def resolve(document: dict[str, Any], reference: str) -> Any:
    node: Any = document
    for name in reference.removeprefix("#/").split("/"):
        node = node[name]
    return node


# JSON Schema


def test_there_is_a_file_for_every_type_and_one_for_all(tmp_path: Path) -> None:
    paths = export_schemas(tmp_path)
    assert [path.name for path in paths] == [*(f"{kind.full_type}.json" for kind in KINDS), "asyncapi.json"]
    assert sorted(paths) == sorted(tmp_path.iterdir())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.full_type)
def test_every_schema_is_valid(folder: Path, kind: Any) -> None:
    schema = read(folder / f"{kind.full_type}.json")
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["description"]


@each_sample
def test_every_sample_fits_its_schema(folder: Path, sample: Sample) -> None:
    schema = read(folder / f"{sample.full_type}.json")
    bare = has_bare_body(BY_NAME[sample.full_type.rpartition(".v")[0]])
    Draft202012Validator(schema).validate(headers_of(sample) if bare else json.loads(sample.wire.value))


@each_sample
def test_a_schema_refuses_what_lacks_a_field(folder: Path, sample: Sample) -> None:
    schema = read(folder / f"{sample.full_type}.json")
    bare = has_bare_body(BY_NAME[sample.full_type.rpartition(".v")[0]])
    whole = headers_of(sample) if bare else json.loads(sample.wire.value)
    for name in schema["required"]:
        lacking = {key: value for key, value in whole.items() if key != name}
        assert not Draft202012Validator(schema).is_valid(lacking), name


def test_the_bytes_are_the_same_in_every_process(folder: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from schemas.export import export_schemas as e; e(Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, env=environment)
    names = sorted(path.name for path in folder.iterdir())
    assert [(tmp_path / name).read_bytes() for name in names] == [(folder / name).read_bytes() for name in names]


def test_a_place_that_cannot_be_written_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be written to"):
        export_schemas(tmp_path / "file" / "schemas")


# AsyncAPI


def test_the_document_says_which_asyncapi_it_is(document: dict[str, Any]) -> None:
    assert document["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= document["info"].keys()
    assert set(document) == {"asyncapi", "info", "defaultContentType", "channels", "operations", "components"}


def test_all_references_lead_somewhere(document: dict[str, Any]) -> None:
    found = list(references(document))
    assert len(found) > 50
    for reference in found:
        assert reference.startswith("#/")
        resolve(document, reference)


def test_every_topic_is_a_channel_with_its_types(document: dict[str, Any]) -> None:
    addresses = {channel["address"]: channel for channel in document["channels"].values()}
    assert set(addresses) == {topic.full_name("newsfold.", "{generation}") for topic in TOPICS}
    for topic in TOPICS:
        channel = addresses[topic.full_name("newsfold.", "{generation}")]
        carried = {resolve(document, message["$ref"])["name"] for message in channel["messages"].values()}
        assert carried == {kind.full_type for kind in KINDS if topic.name in kind.topics}
        assert channel["bindings"]["kafka"]["partitions"] == topic.partitions


def test_address_expressions_and_parameters_agree(document: dict[str, Any]) -> None:
    for channel in document["channels"].values():
        assert set(re.findall(r"{(\w+)}", channel["address"])) == set(channel.get("parameters", {}))


def test_every_channel_has_a_sender_and_every_operation_a_channel(document: dict[str, Any]) -> None:
    operations = document["operations"].values()
    sent = {operation["channel"]["$ref"] for operation in operations if operation["action"] == "send"}
    assert sent == {f"#/channels/{name}" for name in document["channels"]}
    assert {operation["action"] for operation in operations} == {"send", "receive"}
    for name in (*document["channels"], *document["operations"], *document["components"]["messages"]):
        assert re.fullmatch(r"[A-Za-z0-9._-]+", name)


def test_the_parts_are_the_stages_of_the_topology() -> None:
    from agents.topology import STAGES  # here: the rest of this file needs no other room

    stages = [(stage.name, (stage.source.name,), tuple(sink.name for sink in stage.sinks)) for stage in STAGES]
    assert stages == [part for part in PARTS if part.receives]


@each_sample
def test_the_headers_of_every_sample_fit_its_message(document: dict[str, Any], sample: Sample) -> None:
    message = document["components"]["messages"][sample.full_type.replace(".", "_")]
    Draft7Validator.check_schema(message["headers"])
    Draft7Validator(message["headers"]).validate(headers_of(sample))
    lacking = {name: text for name, text in headers_of(sample).items() if name != "ce_id"}
    assert not Draft7Validator(message["headers"]).is_valid(lacking)


@pytest.mark.parametrize("sample", JSON_SAMPLES, ids=[sample.full_type for sample in JSON_SAMPLES])
def test_the_payload_of_every_sample_fits_its_message(document: dict[str, Any], sample: Sample) -> None:
    message = document["components"]["messages"][sample.full_type.replace(".", "_")]
    schema = {**message["payload"], "components": document["components"]}
    Draft7Validator(schema).validate(json.loads(sample.wire.value))
    assert not Draft7Validator(schema).is_valid({})


def test_an_event_without_time_and_cause_fits_too(document: dict[str, Any]) -> None:
    wire = to_wire(Event(id="e", key="s", subject="s", data=Closed(story_id="s", version=2)))
    headers = {name: value.decode() for name, value in wire.headers}
    Draft7Validator(document["components"]["messages"]["newsfold_story_closed_v1"]["headers"]).validate(headers)
