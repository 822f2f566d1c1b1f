"""Words of stories, and which stories have them: what the search box asks."""

import re
import unicodedata
from bisect import bisect_left, insort
from collections.abc import Collection

_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
"""Scripts that put no blanks between words: each character counts as one."""
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
MOST_ASKED = 12
"""Words of a query that count; those behind them are left aside."""


def words_of(text: str) -> list[str]:
    """The words in lower case and without accents, as they stand."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall(unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c))))


class Words:
    """Word -> ids of the stories that have it. A word that is asked for also finds those that begin with it."""

    def __init__(self) -> None:
        self._ids: dict[str, set[str]] = {}
        self._sorted: list[str] = []

    def add(self, story_id: str, words: Collection[str]) -> None:
        """The story has these words."""
        for word in words:
            if word not in self._ids:
                self._ids[word] = set()
                insort(self._sorted, word)
            self._ids[word].add(story_id)

    def remove(self, story_id: str, words: Collection[str]) -> None:
        """The story has these words no longer."""
        for word in words:
            self._ids[word].discard(story_id)
            if not self._ids[word]:
                del self._ids[word], self._sorted[bisect_left(self._sorted, word)]

    def find(self, query: str) -> set[str]:
        """The stories that have every word of the query, or one that begins with it. Without a word there are none."""
        found: set[str] | None = None
        for word in dict.fromkeys(words_of(query)[:MOST_ASKED]):
            own = self._beginning(word)
            found = own if found is None else found & own
        return found or set()

    def _beginning(self, start: str) -> set[str]:
        found: set[str] = set()
        for place in range(bisect_left(self._sorted, start), len(self._sorted)):
            if not self._sorted[place].startswith(start):
                break
            found |= self._ids[self._sorted[place]]
        return found
