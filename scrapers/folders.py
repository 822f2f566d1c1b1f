"""From paths to the files that are to be read, each once, each with a name of its own."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from schemas.errors import UsageError
from scrapers.identity import SUFFIXES


class InputFile(NamedTuple):
    """A file to be read, and the name that its input ids are made of."""

    path: Path
    name: str


class Found(NamedTuple):
    """The files of a run, ordered by name, and what was left aside in folders."""

    files: tuple[InputFile, ...]
    skipped: tuple[Path, ...]


def find_files(paths: Sequence[Path]) -> Found:
    """Files and, recursively, those in folders; one that is named twice counts once, hidden ones are left aside.

    A file's name is its last part. Where two files share it, each takes the shortest end of its path that
    sets it apart (`monday/report.txt`). So names do not depend on the order of the arguments.
    Raises `UsageError` for a path that is not there, or a named file that has no suffix we read.
    """
    files: dict[Path, Path] = {}
    skipped: dict[Path, None] = {}
    for path in sorted({Path(os.path.abspath(path)) for path in paths}):
        for candidate in _candidates(path):
            if is_input(candidate):
                files.setdefault(_resolved(candidate), candidate)
            else:
                skipped[candidate] = None
    unique = list(files.values())
    named = [InputFile(path, name) for path, name in zip(unique, _names(unique), strict=True)]
    return Found(tuple(sorted(named, key=lambda file: file.name)), tuple(skipped))


def is_input(path: Path) -> bool:
    """Whether the suffix is one that we read, in whatever case."""
    return path.name.lower().endswith(SUFFIXES)


def _candidates(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from _walk(path)
    elif not path.exists():
        raise UsageError(f"there is no file or folder {path}")
    elif not is_input(path) or not path.is_file():
        raise UsageError(f"{path} cannot be read: a file must end in {', '.join(SUFFIXES)}")
    else:
        yield path


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = (Path(parent, name) for name in sorted(names) if not name.startswith("."))
        yield from (path for path in shown if path.is_file())


def _refuse(reason: OSError) -> None:
    raise UsageError(f"the folder {reason.filename} cannot be read: {reason.strerror}") from reason


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except OSError as reason:
        raise UsageError(f"{path} cannot be read: {reason.strerror}") from reason


def _names(paths: list[Path]) -> list[str]:
    """For each path the shortest end that no other path shares."""
    lengths = dict.fromkeys(paths, 1)
    while clashes := _clashing(lengths):
        for path in clashes:
            lengths[path] += 1
    return [_end(path, lengths[path]) for path in paths]


def _clashing(lengths: dict[Path, int]) -> list[Path]:
    by_name: dict[str, list[Path]] = {}
    for path, length in lengths.items():
        by_name.setdefault(_end(path, length), []).append(path)
    return [path for group in by_name.values() if len(group) > 1 for path in _growing(group, lengths)]


def _growing(group: Iterable[Path], lengths: dict[Path, int]) -> Iterator[Path]:
    return (path for path in group if lengths[path] < len(path.parts))


def _end(path: Path, length: int) -> str:
    return "/".join(path.parts[-length:]).replace("//", "/")
