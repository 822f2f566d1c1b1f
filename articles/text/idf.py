"""How rare a stem is, by a background table of news (`bench/train_background.py` makes it)."""

import math
import re
import sys
from collections.abc import Mapping

from articles.data import read_header, read_lines

_TABLE = "background_en.txt"


def _load() -> tuple[int, dict[str, tuple[int, int]]]:
    counted = re.search(r"documents=(\d+)", read_header(_TABLE))
    rows = (line.split(" ") for line in read_lines(_TABLE))
    return int(counted.group(1)) if counted else 0, {
        sys.intern(stem): (int(count), int(lower)) for stem, count, lower in rows
    }


_DOCUMENTS, _ROWS = _load()
_FLOOR = 2
"""What a stem that is not in the table counts as: the table leaves out what fewer than 5 documents hold."""
UNSEEN = math.log((_DOCUMENTS + 1) / (_FLOOR + 1))
"""Idf of a stem that the background has not seen: the highest there is."""


_IDF = {stem: math.log((_DOCUMENTS + 1) / (count + 1)) for stem, (count, _) in _ROWS.items()}
_NO_IDF: dict[str, float] = {}


def idf(stem: str, language: str) -> float:
    """Inverse document frequency, ln((N + 1) / (df + 1)); 0 is in every document. Only English has a table."""
    return _IDF.get(stem, UNSEEN) if language == "en" else UNSEEN


def idf_table(language: str) -> Mapping[str, float]:
    """The whole table of a language, for many look-ups at once; what it lacks is `UNSEEN`."""
    return _IDF if language == "en" else _NO_IDF


def lower_share(stem: str) -> float:
    """How often English news writes the stem's words in lower case within a sentence: 0 (names) to 1; unseen is 0."""
    return _ROWS.get(stem, (0, 0))[1] / 100
