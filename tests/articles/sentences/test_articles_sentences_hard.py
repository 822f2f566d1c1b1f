"""Sentence boundaries on the hard cases: `*.txt` beside this file, read and scored by `bench.quality.sentences`."""

import pytest

from bench.quality.sentences import Case, ours, read_cases


@pytest.mark.parametrize("case", [*read_cases("tuned"), *read_cases("untuned")], ids=lambda case: case.text[:40])
def test_sentences_are_those_of_the_file(case: Case) -> None:
    assert tuple(ours(case.text, case.language)) == case.sentences


def test_there_are_a_hundred_cases_of_each_kind() -> None:
    assert [len(read_cases(name)) for name in ("tuned", "untuned")] == [100, 100]
    texts = [case.text for name in ("tuned", "untuned") for case in read_cases(name)]
    assert len(set(texts)) == len(texts)
