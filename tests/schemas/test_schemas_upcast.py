from typing import Any

import pytest

from schemas.articles import Gone
from schemas.events import Kind
from schemas.upcast import upcast

KIND = Kind("newsfold.article.gone", 3, Gone, ("articles.raw",))


def split_outlet(payload: dict[str, Any]) -> dict[str, Any]:
    """Version 1 had one field for outlet and input."""
    outlet, _, name = payload.pop("origin").partition("/")
    return {**payload, "outlet": outlet, "input_id": name}


def rename_outlet(payload: dict[str, Any]) -> dict[str, Any]:
    """Version 2 called the source an outlet."""
    return {**{key: value for key, value in payload.items() if key != "outlet"}, "source": payload["outlet"]}


STEPS = {(KIND.name, 1): split_outlet, (KIND.name, 2): rename_outlet}
NEWEST = {"article_id": "a1", "source": "harbour.example", "input_id": "ferry-01"}
PAST = {
    1: {"article_id": "a1", "origin": "harbour.example/ferry-01"},
    2: {"article_id": "a1", "outlet": "harbour.example", "input_id": "ferry-01"},
    3: NEWEST,
}


@pytest.mark.parametrize("version", PAST)
def test_every_past_version_comes_out_as_the_newest(version: int) -> None:
    payload = upcast(KIND, version, dict(PAST[version]), STEPS)
    assert payload == NEWEST
    assert Gone.model_validate(payload).source == "harbour.example"


@pytest.mark.parametrize("version", [0, -1, 4])
def test_a_version_that_is_not_known_is_refused(version: int) -> None:
    with pytest.raises(ValueError, match=f"versions 1 to 3, not {version}"):
        upcast(KIND, version, {}, STEPS)
