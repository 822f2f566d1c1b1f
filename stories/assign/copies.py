"""Does an article carry another's text, word for word or lightly edited?

A text is recognised by marks, the hashes of some of its runs of four words. Runs are chosen by the word they begin
with, as spot signatures are (Theobald et al. 2008), so a text keeps most of its marks when words are added or changed
elsewhere. How much of a text another one carries is the share of its marks that both have (containment, Broder 1997).
"""

import re
import zlib
from array import array
from collections.abc import Collection

from schemas.articles import Facts
from stories.assign.records import Trace
from stories.assign.shelf import Shelf

CHOSEN = (1 << 32) // 4
"""Runs begin with a word whose hash is below this: about one word in four."""
CONTAINMENT = 0.5
"""Share of the shorter text. Wire copies under other leads share half their sentences, follow-ups about a third."""
LEAST_SHARED = 5
"""Marks: two or three sentences. A lone shared quote makes no copy."""
_SPREAD = 0x9E3779B1
"""Knuth's multiplier: neighbouring sums lead to hashes far apart."""
_BITS = 0xFFFFFFFF
_WORD = re.compile(r"[^\W_]+")
_LETTERS = "".join(chr(code) if _WORD.match(chr(code)) else " " for code in range(128))
"""Four times as fast as the pattern, and gives the same."""
_MOST_KNOWN = 1 << 17


class _Hashes(dict[str, int]):
    """32-bit hashes of words met before; others are hashed when they are asked for."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = zlib.crc32(word.encode("utf-8", "surrogatepass")) * _SPREAD & _BITS
        self[word] = found
        return found


_hashes = _Hashes()


def find_original(shelf: Shelf, trace: Trace) -> tuple[str, float] | None:
    """The active article whose text this one carries, and the share of the shorter text that both have (0 to 1).

    Of several, it is the one with the largest share, then the earliest.
    """
    marks = frozenset(trace.marks)
    found = [
        (-share, shelf.moment(other.at), other.article)
        for other in shelf.index.sharing_marks(trace.marks)
        if (share := containment(marks, other.marks)) >= CONTAINMENT
    ]
    share, _, article = min(found, default=(0.0, 0, ""))
    return (article, -share) if found else None


def containment(one: frozenset[int], other: Collection[int]) -> float:
    """Share of the shorter text's marks that both texts have (0 to 1); 0 where they have too few to tell."""
    shared = len(one.intersection(other))
    return shared / min(len(one), len(other)) if shared >= LEAST_SHARED else 0.0


def marks_of(facts: Facts) -> "array[int]":
    """The marks of a text in ascending order: 32-bit hashes, one for every four words or so."""
    folded = facts.text.casefold()
    text = folded if len(folded) == len(facts.text) else facts.text
    spoken = [text[sentence.start : sentence.end] for sentence in facts.sentences if sentence.kind == "sentence"]
    hashes = list(map(_hashes.__getitem__, _words(" ".join(spoken))))
    runs = zip(hashes, hashes[1:], hashes[2:], hashes[3:], strict=False)
    found = {
        (one + 3 * two + 7 * three + 11 * four) * _SPREAD >> 7 & _BITS for one, two, three, four in runs if one < CHOSEN
    }
    return array("I", sorted(found))


def _words(text: str) -> list[str]:
    return text.translate(_LETTERS).split() if text.isascii() else _WORD.findall(text)
