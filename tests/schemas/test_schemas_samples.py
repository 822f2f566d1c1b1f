import json
from typing import Any

import pytest
from stored import FOLDER, SAMPLES, Sample

from schemas.cloudevents import from_wire, to_wire
from schemas.events import BY_NAME, KINDS
from schemas.json_schema import has_bare_body
from schemas.upcast import UPCASTERS

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=[sample.full_type for sample in SAMPLES])
VERSIONS = [(kind.name, version) for kind in KINDS for version in range(1, kind.version + 1)]


def holds(whole: Any, part: Any) -> bool:
    """Whether everything in `part` is in `whole`, which may have more."""
    if isinstance(part, dict):
        return all(name in whole and holds(whole[name], value) for name, value in part.items())
    if isinstance(part, list):
        return len(whole) == len(part) and all(holds(*pair) for pair in zip(whole, part, strict=True))
    return bool(whole == part)


@pytest.mark.parametrize(("name", "version"), VERSIONS)
def test_every_version_of_every_type_has_a_stored_sample(name: str, version: int) -> None:
    path = FOLDER / f"{name}.v{version}.json"
    assert path.exists(), f"store a record of {name} version {version} as {path.name}, and never change it again"


def test_no_type_disappears_while_its_samples_are_stored() -> None:
    assert {sample.full_type for sample in SAMPLES} == {f"{name}.v{version}" for name, version in VERSIONS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_version_has_a_step_to_the_next(kind: Any) -> None:
    assert {step for name, step in UPCASTERS if name == kind.name} == set(range(1, kind.version))


@each_sample
def test_a_stored_sample_still_decodes(sample: Sample) -> None:
    event = from_wire(*sample.wire)
    headers = dict(sample.wire.headers)
    assert headers["ce_type"].decode() == sample.full_type
    assert event.kind is BY_NAME[sample.full_type.rpartition(".v")[0]]
    assert (event.id, event.key) == (headers["ce_id"].decode(), sample.wire.key.decode())
    assert (event.subject, event.cause) == (headers["ce_subject"].decode(), headers["ce_cause"].decode())


@each_sample
def test_nothing_of_a_sample_of_the_newest_version_is_lost(sample: Sample) -> None:
    event = from_wire(*sample.wire)
    if event.kind.full_type != sample.full_type:
        pytest.skip("an older version")
    again = to_wire(event)
    assert holds(dict(again.headers), dict(sample.wire.headers))
    if has_bare_body(event.kind):
        assert again.value == sample.wire.value
    else:
        assert holds(json.loads(again.value), json.loads(sample.wire.value))
