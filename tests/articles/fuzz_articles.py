"""Fuzzing of clean and extract, led by coverage: `make fuzz`, or `python tests/articles/fuzz_articles.py`.

Needs atheris (libFuzzer for Python). Arguments are libFuzzer's: `-max_total_time=300`, a folder for the corpus, a file
that failed. Without a folder it begins from the bodies of the files under test.
"""

import sys
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["articles"]):
    from articles_sound import facts_of

from schemas.articles import Fetched

HERE = Path(__file__).parent
TYPES = (
    "text/html",
    "text/plain",
    "application/json",
    "",
    "text/html; charset=utf-16",
    "text/plain; charset=windows-1251",
)
"""The first byte of an input chooses among these, its second what else is known; all the rest is the body."""


def raw(data: bytes) -> Fetched:
    kind, known = (*data[:2], 0, 0)[:2]
    return Fetched(
        article_id="a1",
        source="testville.example",
        input_id="n",
        content_type=TYPES[kind % len(TYPES)],
        body=data[2:],
        title="Ferry sinks" if known & 1 else None,
        language=("en", "de", "xx")[known % 3] if known & 2 else None,
        published_at=datetime(2031, 4, 2, tzinfo=UTC) if known & 4 else None,
        url="https://testville.example/a" if known & 8 else None,
        fetched_at=datetime(2031, 4, 2, tzinfo=UTC) if known & 16 else None,
    )


def one(data: bytes) -> None:
    facts_of(raw(data))


def write_corpus(folder: Path) -> None:
    """The inputs of the files under test, as what they are and as English that needs no cleaning."""
    for path in sorted(HERE.glob("*/**/*.toml")):
        case = tomllib.loads(path.read_text("utf-8"))
        words = case.get("text", case.get("body"))
        if words is None:
            continue
        kind = next(
            (at for at, name in enumerate(TYPES) if name in case.get("fetched", {}).get("content_type", "?")), 1
        )
        body = words.encode(case.get("encoding", "utf-8"))
        (folder / f"{path.parent.name}-{path.stem}").write_bytes(bytes([kind, 6]) + body)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_corpus(Path(folder))
        given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
        options = ["-max_len=20000", "-timeout=20", "-rss_limit_mb=3000"]
        atheris.Setup([sys.argv[0], *options, *sys.argv[1:], *([] if given else [folder])], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
