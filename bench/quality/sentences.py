"""Sentence boundaries on hard cases of our own writing: a case is right if all its sentences are.

`python -m bench.quality.sentences [--missed]` prints the share of right cases by file, ours beside sentencex and, where
it is installed, pysbd.

In a file of cases (`tests/articles/sentences/*.txt`) a blank line stands between two cases, and each sentence has a
line. The text of a case is its sentences joined by a space. A line that starts with `@` says otherwise:
`@ join "\\n"` what joins them (as JSON), `@ language de` what they are written in.
"""

import importlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import sentencex

from articles.extract.sentences import split
from samples.score import Count
from schemas.articles import Block

FOLDER = Path(__file__).parents[2] / "tests" / "articles" / "sentences"
Splitter = Callable[[str, str], list[str]]


class Case(NamedTuple):
    """The sentences that a text is to be split into, without the white space between them."""

    sentences: tuple[str, ...]
    text: str
    language: str


def read_cases(name: str) -> list[Case]:
    """The cases of the file of this name (without its ending), in order."""
    lines = FOLDER.joinpath(f"{name}.txt").read_text("utf-8").split("\n")
    cases = "\n".join(line for line in lines if not line.startswith("#")).split("\n\n")
    return [_read_case(case.strip("\n").split("\n")) for case in cases if case.strip()]


def _read_case(lines: Sequence[str]) -> Case:
    stated = dict(line[1:].split(None, 1) for line in lines if line.startswith("@"))
    sentences = tuple(line for line in lines if not line.startswith("@"))
    return Case(sentences, json.loads(stated.get("join", '" "')).join(sentences), stated.get("language", "en"))


def ours(text: str, language: str) -> list[str]:
    """The sentences of the text as one paragraph."""
    block = Block(start=0, end=len(text), kind="paragraph")
    return [sentence.of(text) for sentence in split(text, [block], language)]


def _by_sentencex(text: str, language: str) -> list[str]:
    found = (sentence.strip() for sentence in sentencex.segment(language, text))
    return [sentence for sentence in found if sentence]


def _by_pysbd(text: str, language: str) -> list[str]:
    pysbd = importlib.import_module("pysbd")
    return [sentence.strip() for sentence in pysbd.Segmenter(language=language, clean=False).segment(text)]


def score_sentences(names: Sequence[str] = ("tuned", "untuned"), splitter: Splitter = ours) -> Count:
    """How many cases of these files are split as they should be."""
    count = Count()
    for case in (case for name in names for case in read_cases(name)):
        found = tuple(splitter(case.text, case.language))
        count.add(found == case.sentences, f"{' | '.join(found)}  INSTEAD OF  {' | '.join(case.sentences)}")
    return count


def main(arguments: Sequence[str]) -> None:
    """Measures and prints."""
    splitters = {"ours": ours, "sentencex": _by_sentencex}
    if importlib.util.find_spec("pysbd"):
        splitters["pysbd"] = _by_pysbd
    for name, splitter in splitters.items():
        for half in ("tuned", "untuned"):
            count = score_sentences([half], splitter)
            print(f"{name:10} {half:8} {count.right:4} of {count.total}")
            if "--missed" in arguments and splitter is ours:
                print("".join(f"    {missed}\n" for missed in count.missed), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
