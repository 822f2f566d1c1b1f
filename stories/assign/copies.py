"""Does an article carry another's text, word for word or lightly edited?

A text is recognised by marks, the hashes of some of its runs of four words. Runs are chosen by the word they begin
with, as spot signatures are (Theobald et al. 2008), so a text keeps most of its marks when words are added or changed
elsewhere. How much of a text another one carries is the share of its marks that both have (containment, Broder 1997).
"""

import re
import struct
from array import array
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import compress
from zlib import crc32

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
_LETTER = re.compile(r"[^\W_]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTERS = bytes(code if code > 127 or _LETTER.match(chr(code)) else 32 for code in range(256))
"""ASCII as it counts in words, and what makes up longer characters as it is."""
_LOWER = _LETTERS.lower()
_BEGINS = bytes(code < CHOSEN >> 24 for code in range(256))
"""Whether a run begins with a word, by the highest byte of its hash."""


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
    words = _words(facts)
    return array("I", sorted(set(compress(*_runs(words)))) if len(words) > 3 else ())


def _runs(words: Sequence[bytes]) -> tuple[Sequence[int], bytes]:
    """The hash of every run of four words, and whether it is chosen (1 or 0).

    A run's hash is bits 7 to 38 of (one + 3 two + 7 three + 11 four) * spread. All are reckoned with at once, as lanes
    of 64 bits in one large number: one by one they take more than twice as long. The spread comes in two halves, so
    that no lane runs over.
    """
    size = len(words)
    lanes = int.from_bytes(struct.pack(f"<{size}Q", *map(crc32, words)), "little")
    lanes = lanes * _SPREAD & _mask(32, size)
    begins = lanes.to_bytes(8 * size, "little")[3::8].translate(_BEGINS)
    sums = lanes + 3 * (lanes >> 64) + 7 * (lanes >> 128) + 11 * (lanes >> 192)
    upper, lower = divmod(_SPREAD, 1 << 16)
    spread = sums * lower + ((sums * upper & _mask(23, size)) << 16)
    hashes = struct.unpack(f"<{2 * size}I", (spread >> 7).to_bytes(8 * size, "little"))
    return hashes[:-6:2], begins[:-3]


def _mask(bits: int, lanes: int) -> int:
    """The lowest bits of as many lanes and some more."""
    return _masks(bits, lanes.bit_length())


@lru_cache(maxsize=64)
def _masks(bits: int, doublings: int) -> int:
    return int.from_bytes(((1 << bits) - 1).to_bytes(8, "little") * (1 << doublings), "little")


def _words(facts: Facts) -> list[bytes]:
    """The words of all sentences without their case; with it, if a letter of the text has none of its length (ß).

    Characters beyond ASCII are few, so that it is fastest to deal with each of them throughout the text.
    """
    text, letters = facts.text, _LOWER
    spoken = " ".join([text[one.start : one.end] for one in facts.sentences if one.kind == "sentence"])
    folded = {} if text.isascii() else {letter: letter.casefold() for letter in set(_BEYOND_ASCII.findall(text))}
    if any(len(letter) > 1 for letter in folded.values()):
        folded, letters = {letter: letter for letter in folded}, _LETTERS
    for letter, lower in folded.items():
        spoken = spoken.replace(letter, lower if _LETTER.match(lower) else " ")
    return spoken.encode().translate(letters).split()
