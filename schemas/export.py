"""Writes down what is on the log, for programs that are not ours."""

from pathlib import Path

import orjson

from schemas.asyncapi import document
from schemas.errors import UsageError
from schemas.events import KINDS
from schemas.json_schema import Schema, file_schema


def export_schemas(directory: Path) -> list[Path]:
    """Writes a JSON Schema (draft 2020-12) for every event type, and `asyncapi.json`; gives the files' paths.

    The same version writes the same bytes. Raises `UsageError` if the folder cannot be written.
    """
    contents = {f"{kind.full_type}.json": file_schema(kind) for kind in KINDS} | {"asyncapi.json": document()}
    try:
        directory.mkdir(parents=True, exist_ok=True)
        return [_write(directory / name, content) for name, content in contents.items()]
    except OSError as error:
        raise UsageError(f"schemas cannot be written to {directory}: {error.strerror}") from error


def _write(path: Path, content: Schema) -> Path:
    path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    return path
