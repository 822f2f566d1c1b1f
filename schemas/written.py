"""Files that people write: TOML that a model checks, durations as words, and each mistake in one sentence."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from schemas.errors import UsageError

_UNITS = {"": 1, "ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|)\s*")


def seconds(value: object) -> object:
    """`"5m"`, `"1.5h"`, `"2d"` or a plain number of seconds, in seconds. Raises `ValueError` for other text."""
    if not isinstance(value, str):
        return value
    match = _DURATION.fullmatch(value)
    if not match:
        raise ValueError(f"{value!r} is no duration; write for example 30s, 5m, 2h or 1d")
    return float(match[1]) * _UNITS[match[2]]


Seconds = Annotated[float, BeforeValidator(seconds), Field(ge=0, allow_inf_nan=False)]


class Written(BaseModel):
    """A part of such a file; what it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


W = TypeVar("W", bound=Written)


def read_toml(path: Path, model: type[W]) -> W:
    """The file as the model has it. Raises `UsageError` that names what is wrong with it."""
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as reason:
        raise UsageError(f"{path} cannot be read: {reason.strerror}") from reason
    except ValidationError as reason:
        raise UsageError(f"{path}: {_sentence(reason)}") from reason
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise UsageError(f"{path} is not valid TOML: {reason}") from reason


def _sentence(reason: ValidationError) -> str:
    first = reason.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    text = f"there is no setting {place!r}" if first["type"] == "extra_forbidden" else first["msg"]
    return text if first["type"] == "extra_forbidden" or not place else f"{place}: {text}"
