"""Every file in `clean_nasty/` carries a nasty input and what is to become of it; this is the runner for all."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from articles.clean import clean, stated_time
from schemas.articles import Fetched
from schemas.errors import Quarantine

FOLDER = Path(__file__).parent / "clean_nasty"
CASES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


def body_of(case: dict[str, Any]) -> bytes:
    if "hex" in case:
        return bytes.fromhex(case["hex"]) * case.get("times", 1)
    text = case.get("before", "") * case.get("times", 1) + case.get("body", "")
    return bytes(text.encode(case.get("encoding", "utf-8")))


def fetched(case: dict[str, Any]) -> Fetched:
    known = {"article_id": "a1", "source": "testville.example", "input_id": "n", "content_type": "text/plain"}
    return Fetched.model_validate({**known, **case.get("fetched", {}), "body": body_of(case)})


@pytest.mark.parametrize("name", CASES)
def test_nasty_input(name: str) -> None:
    wanted = CASES[name]["expect"]
    if "quarantine" in wanted:
        with pytest.raises(Quarantine) as refused:
            clean(fetched(CASES[name]))
        assert wanted["quarantine"] in str(refused.value)
        return
    cleaned = clean(fetched(CASES[name]))
    found = cleaned.model_dump(mode="json")
    found["blocks"] = [f"{block.kind}: {block.of(cleaned.text)}" for block in cleaned.blocks]
    found["dropped"] = [f"{dropped.rule}: {dropped.text}" for dropped in cleaned.dropped]
    for field, value in wanted.items():
        assert found[field] == value, field
    stated = stated_time(fetched(CASES[name]))
    assert (stated[0] if stated else None) == cleaned.published_at
