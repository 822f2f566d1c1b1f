"""Sentences with spans: own rules for English, `sentencex` for other languages; quotations are kept whole."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

import sentencex
from pydantic import TypeAdapter

from articles.data import read_words
from articles.extract.cues import SPEECH
from articles.extract.marks import Quotation, find_quotations
from schemas.articles import Block, Sentence

_SENTENCES = TypeAdapter(tuple[Sentence, ...])
"""Builds all sentences at once: far faster than one by one."""
_NEVER_LAST = read_words("abbreviations.txt")
_MAY_BE_LAST = read_words("abbreviations_open.txt")
_END = re.compile(r"[.!?…][.!?…]*[\"”’'»)\]]*\s+(?=[\"“‘'«(\[$€£]*[^\W_a-zà-öø-ÿ])")
_LAST_WORD = re.compile(r"(?:^|[\s(\[“\"‘'—–-])([^\s(\[“\"‘'—–]+)\.$")
_LONG_WORD = 20
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
    found: list[dict[str, int | str]] = []
    for block in blocks:
        kind = block.kind if block.kind in ("heading", "table") else "sentence"
        for start, end in _of_block(text, block, language):
            words = text[start:end].rstrip()
            if words:
                right = start + len(words)
                found.append({"start": right - len(words.lstrip()), "end": right, "kind": kind})
    return _SENTENCES.validate_python(found)


def _of_block(text: str, block: Block, language: str) -> Iterable[tuple[int, int]]:
    if block.kind == "heading":
        return [(block.start, block.end)]
    lines = _lines(text, block.start, block.end)
    if block.kind == "table":
        return lines
    return chain.from_iterable([_split_line(text, start, end, language) for start, end in lines])


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    while (cut := text.find("\n", start, end)) >= 0:
        found.append((start, cut))
        start = cut + 1
    found.append((start, end))
    return found


def _split_line(text: str, start: int, end: int, language: str) -> Iterable[tuple[int, int]]:
    breaks = _english_breaks(text, start, end) if language == "en" else _other_breaks(text[start:end], start, language)
    return pairwise((start, *breaks, end))


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
    if quotations:
        found = [at for at in found if not _is_inside(at, quotations)]
    line = text[start:end]
    return [at for at in found if _is_break(line, at - start)]


def _is_inside(at: int, quotations: Sequence[Quotation]) -> bool:
    for quotation in quotations:  # noqa: SIM110 - a generator costs twice as much
        if quotation.open < at < quotation.close:
            return True
    return False


def _is_break(line: str, at: int) -> bool:
    left = line[max(0, at - 60) : at].rstrip()
    if left[-1] != ".":
        asks = left[-1] in "\"”’'»" and left[-2:-1] in ("?", "!", "…")
        return not (asks and _SPEAKER_NEXT.match(line, at))
    word = _word_before(left)
    return not word or _may_end(word, line, at)


def _word_before(left: str) -> str:
    """The last word, without the full stop that ends it; empty where a mark stands before the stop."""
    last = left[-_LONG_WORD:-1].rsplit(None, 1)
    if len(last) == 2 and last[1].isalnum() and not left[-2].isspace():
        return last[1]
    found = _LAST_WORD.search(left)
    return found.group(1) if found else ""


def _may_end(word: str, line: str, at: int) -> bool:
    """Whether a full stop after the word can be the end of a sentence."""
    if word in ("No", "Nos", "p", "pp", "Art", "Fig", "Vol"):
        return not line[at].isdigit()
    if word in _NEVER_LAST:
        return False
    if word in _MAY_BE_LAST or ((len(word) == 1 or "." in word) and _INITIALS.fullmatch(word)):
        return _STARTER.match(line, at) is not None
    return True
