"""Sentences with spans: own rules for English, `sentencex` for other languages; quotations are kept whole."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import sentencex
from pydantic import TypeAdapter

from articles.data import read_words
from articles.extract.cues import SPEECH
from articles.extract.marks import Quotation, find_quotations
from schemas.articles import Block, Sentence

Kind = Literal["sentence", "heading", "table"]
_SENTENCES = TypeAdapter(tuple[Sentence, ...])
"""Builds all sentences at once: far faster than one by one."""
_NEVER_LAST = read_words("abbreviations.txt")
_MAY_BE_LAST = read_words("abbreviations_open.txt")
_END = re.compile(r"[.!?…][.!?…]*[\"”’'»)\]]*\s+(?=[\"“‘'«(\[$€£]*[^\W_a-zà-öø-ÿ])")
_LAST_WORD = re.compile(r"(?:^|[\s(\[“\"‘'—–-])([^\s(\[“\"‘'—–]+)\.$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
# What begins a sentence, where a full stop before it may be an abbreviation's.
_STARTER = re.compile(
    r"[\"“‘'(\[]*(?:The|A|An|He|She|It|They|We|I|You|In|On|At|But|And|If|As|When|While|After|Before|That|This|These|"
    r"Those|There|His|Her|Its|Their|Our|My|For|From|With|By|Some|Many|Most|No|Not|So|Yet|However|Meanwhile|Both|What|"
    r"Who|How|Why|Since|Although|Though|Under|Last|Later|Earlier|Another|Other|Police|Officials|Now|Then)\b"
)
_SPEAKER_NEXT = re.compile(rf"(?:[^\W\d_a-z][\w.'’-]*\s+){{1,4}}(?:{SPEECH})\b")


def split(text: str, blocks: Iterable[Block], language: str) -> tuple[Sentence, ...]:
    """The sentences of all blocks, in order; together they hold every character of the blocks that is no space."""
    found = [
        {"start": start, "end": end, "kind": kind}
        for block in blocks
        for start, end, kind in _of_block(text, block, language)
    ]
    return _SENTENCES.validate_python(found)


def _of_block(text: str, block: Block, language: str) -> Iterator[tuple[int, int, Kind]]:
    if block.kind == "heading":
        yield from _trimmed(text, [(block.start, block.end)], "heading")
    elif block.kind == "table":
        yield from _trimmed(text, _lines(text, block.start, block.end), "table")
    else:
        for start, end in _lines(text, block.start, block.end):
            yield from _trimmed(text, _split_line(text, start, end, language), "sentence")


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while (cut := text.find("\n", start, end)) >= 0:
        yield start, cut
        start = cut + 1
    yield start, end


def _trimmed(text: str, spans: Iterable[tuple[int, int]], kind: Kind) -> Iterator[tuple[int, int, Kind]]:
    for start, end in spans:
        words = text[start:end]
        left = start + len(words) - len(words.lstrip())
        right = left + len(words.strip())
        if left < right:
            yield left, right, kind


def _split_line(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    breaks = _english_breaks(text, start, end) if language == "en" else _other_breaks(text[start:end], start, language)
    return list(pairwise((start, *breaks, end)))


def _other_breaks(line: str, start: int, language: str) -> list[int]:
    """`sentencex` falls back on English rules for a language it does not know."""
    if not line.strip():
        return []
    return [start + found["start_index"] for found in sentencex.get_sentence_boundaries(language, line)][1:]


def _english_breaks(text: str, start: int, end: int) -> list[int]:
    found = [match.end() for match in _END.finditer(text, start, end)]
    if not found:
        return []
    quotations = [quotation for quotation in find_quotations(text, start, end) if quotation.closed]
    line = text[start:end]
    return [at for at in found if not _is_inside(at, quotations) and _is_break(line, at - start)]


def _is_inside(at: int, quotations: Sequence[Quotation]) -> bool:
    return any(quotation.open < at < quotation.close for quotation in quotations)


def _is_break(line: str, at: int) -> bool:
    left = line[max(0, at - 60) : at].rstrip()
    if left[-1] in "\"”’'»" and left[-2:-1] in ("?", "!", "…"):
        return not _SPEAKER_NEXT.match(line, at)
    last = _LAST_WORD.search(left)
    if last is None:
        return True
    return _may_end(last.group(1), line, at)


def _may_end(word: str, line: str, at: int) -> bool:
    """Whether a full stop after the word can be the end of a sentence."""
    if word in ("No", "Nos", "p", "pp", "Art", "Fig", "Vol"):
        return not line[at].isdigit()
    if word in _NEVER_LAST:
        return False
    if word in _MAY_BE_LAST or _INITIALS.fullmatch(word):
        return _STARTER.match(line, at) is not None
    return True
