"""Makes two tables of `articles/data` from news articles.

`background_en.txt`: in how many each English stem occurs, and how it is cased. `surnames_en.txt`: words that often
follow a common given name.

    python bench/train_background.py ../shared/data/news_stream_2012_2017.jsonl.gz

Only articles before 2016 are read, so that later ones stay unseen. Stems and counts leave the data, no text.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from articles.extract.lexicon import GIVEN_NAMES
from articles.text.stems import stems

BEFORE = "2016-01-01"
LEAST = 5
INNER_WORD = re.compile(r"(?<=[a-z,] )[^\W\d_]+(?:['’][^\W\d_]+)*")
FULL_NAME = re.compile(r"\b([A-Z][a-z]+) (?:[A-Z]\. )?([A-Z][\w-]*[a-z])(?! [A-Z])(?![\w-])")
CAPITAL_WORD = re.compile(r"(?<=[a-z,] )[A-Z][\w-]*[a-z]\b")
LEAST_SHARE = 0.1
"""A surname stands after a given name in at least this share of its uses."""
DATA = Path(__file__).parents[1] / "articles" / "data"


def read_texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if (row.get("published_at") or BEFORE) < BEFORE:
                yield f"{row['title']}\n{row['text']}"


class Counts:
    """Documents by stem; occurrences within sentences by stem, all and lower-case; surnames and capitalised words."""

    def __init__(self) -> None:
        self.documents = 0
        self.surnames, self.capital = Counter[str](), Counter[str]()
        self.holding, self.inner, self.lower = Counter[str](), Counter[str](), Counter[str]()

    def add(self, text: str) -> None:
        """Counts one article."""
        self.documents += 1
        self.holding.update(set(stems(text, "en")))
        inner = INNER_WORD.findall(text)
        self.inner.update(stems(" ".join(inner), "en"))
        self.lower.update(stems(" ".join(filter(str.islower, inner)), "en"))

        self.surnames.update({last for first, last in FULL_NAME.findall(text) if first in GIVEN_NAMES})
        self.capital.update(CAPITAL_WORD.findall(text))

    def surname_rows(self) -> list[str]:
        """Surnames of at least `LEAST` documents, several on a line."""
        names = sorted(
            name
            for name, count in self.surnames.items()
            if count >= LEAST and count >= LEAST_SHARE * self.capital[name] and name not in GIVEN_NAMES
        )
        return [" ".join(names[at : at + 20]) for at in range(0, len(names), 20)]

    def rows(self) -> Iterator[str]:
        """A row of the table for each stem that is frequent enough."""
        for stem, count in sorted(self.holding.items()):
            if count >= LEAST:
                yield f"{stem} {count} {100 * self.lower[stem] // max(self.inner[stem], 1)}"


def main(path: Path) -> None:
    counts = Counts()
    for text in read_texts(path):
        counts.add(text)
    header = f"# documents={counts.documents} from {path.name} before {BEFORE}, by bench/train_background.py"
    columns = f"# stem, documents that hold it (>= {LEAST}), % of its occurrences within sentences in lower case"
    write("background_en.txt", [header, columns, *counts.rows()])
    write("surnames_en.txt", [header, *counts.surname_rows()])


def write(name: str, lines: list[str]) -> None:
    (DATA / name).write_text("\n".join([*lines, ""]), "utf-8")
    print(f"{len(lines)} lines -> {DATA / name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
