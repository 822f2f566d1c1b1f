"""The stored samples: one record of each version that an event type ever had, as it lay on the log."""

import json
from base64 import b64decode
from pathlib import Path
from typing import NamedTuple

from schemas.cloudevents import Wire

FOLDER = Path(__file__).with_name("samples")


class Sample(NamedTuple):
    """A record, and the type that its file's name promises."""

    full_type: str
    wire: Wire


def load(path: Path) -> Sample:
    """Reads one sample: `key`, `headers`, and `value` (text) or `value_base64`."""
    stored = json.loads(path.read_text("utf-8"))
    value = stored["value"].encode() if "value" in stored else b64decode(stored["value_base64"])
    headers = tuple((name, text.encode()) for name, text in stored["headers"].items())
    return Sample(path.stem, Wire(stored["key"].encode(), value, headers))


SAMPLES = [load(path) for path in sorted(FOLDER.glob("*.json"))]
