"""Sentences with spans: own rules for English, `sentencex` for other languages; quotations are kept whole."""

import re
from collections.abc import Iterable
from itertools import chain, pairwise

import sentencex
from pydantic import TypeAdapter

from articles.data import read_words
from articles.extract.sentences_english import english_breaks
from articles.extract.sentences_whole import outside_quotations
from schemas.articles import Block, Sentence

_SENTENCES = TypeAdapter(tuple[Sentence, ...])
"""Builds all sentences at once: far faster than one by one."""
_INITIAL = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]\.\s*$")
_INITIAL_OR_ORDINAL = re.compile(r"(?<!\w)(?:[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]|\d{1,2})\.\s*$")
_LOOK_BACK = 10
_ODD_SPACE = re.compile(r"[^\S ]")
"""After an abbreviation sentencex panics on a space of several bytes, which no `except Exception` holds."""
_WITH_ORDINALS = read_words("ordinal_languages.txt")


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
    if len(lines) == 1:
        return _split_line(text, block.start, block.end, language)
    return chain.from_iterable([_split_line(text, start, end, language) for start, end in lines])


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    while (cut := text.find("\n", start, end)) >= 0:
        found.append((start, cut))
        start = cut + 1
    found.append((start, end))
    return found


def _split_line(text: str, start: int, end: int, language: str) -> Iterable[tuple[int, int]]:
    breaks = english_breaks(text, start, end) if language == "en" else _other_breaks(text, start, end, language)
    return pairwise((start, *breaks, end))


def _other_breaks(text: str, start: int, end: int, language: str) -> list[int]:
    """`sentencex` falls back on English rules for a language it does not know."""
    line = _ODD_SPACE.sub(" ", text[start:end])
    if not line.strip():
        return []
    starts = [start + found["start_index"] for found in sentencex.get_sentence_boundaries(language, line)][1:]
    short = _INITIAL_OR_ORDINAL if language in _WITH_ORDINALS else _INITIAL
    found = [(at, at) for at in starts if not short.search(text, max(start, at - _LOOK_BACK), at)]
    return [at for _, at in outside_quotations(found, text, start, end)]
