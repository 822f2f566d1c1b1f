"""Copies are found although words were changed, and what is no copy is not."""

import random
import re
import zlib
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories_assign_kit import FERRY, Newsroom, arrival, facts

from samples.manuscripts import read_manuscripts
from samples.world import World
from stories.assign.copies import CONTAINMENT, containment, marks_of

FILLERS = "moreover yesterday officials indeed strongly however roughly later"


def edited(sentences, share, seed):
    """The sentences with about so many of their words changed, and now and then one put in or left out."""
    chance, fillers = random.Random(seed), FILLERS.split()
    words = [sentence.split() for sentence in sentences]
    return [
        " ".join(
            new
            for word in sentence
            for new in (
                [word] if chance.random() >= share else chance.choice([[chance.choice(fillers)], [], [word, word]])
            )
        )
        for sentence in words
    ]


@pytest.fixture(scope="module")
def manuscripts():
    """Ref -> sentences of the first version of every article of the sample world."""
    return {
        one.ref: [line for passage in one.passages for line in re.split(r"(?<=[.!?]) (?=[A-Z“])", passage.text)]
        for one in read_manuscripts()
        if one.version == 1
    }


@pytest.mark.parametrize("share", [0.05, 0.1])
def test_every_edited_copy_is_found_among_all_articles(manuscripts, share):
    for seed in range(3):
        room = Newsroom()
        for ref, sentences in manuscripts.items():
            room.see(arrival(ref, sentences))
        for ref, sentences in manuscripts.items():
            copy = room.see_one(arrival(f"{ref} again", edited(sentences, share, f"{ref} {seed}")))
            assert copy.why.copy_of, ref


def test_only_copies_are_copies(manuscripts):
    known = {frozenset((one.article, one.original)) for one in World.load().truth().copies}
    marks = {ref: frozenset(marks_of(facts(ref, sentences))) for ref, sentences in manuscripts.items()}
    found = {
        frozenset(pair) for pair in combinations(marks, 2) if containment(*(marks[ref] for ref in pair)) >= CONTAINMENT
    }
    assert found == known


def test_a_short_text_within_a_long_one_is_found(manuscripts):
    room = Newsroom()
    long = [line for sentences in manuscripts.values() for line in sentences]
    room.see(arrival("long", [*long, *FERRY]))
    assert room.see_one(arrival("short", FERRY)).why.copy_of == arrival("long", []).data.article_id


def one_by_one(text):
    """Marks as they are defined."""
    folded = text.casefold()
    words = re.findall(r"[^\W_]+", folded if len(folded) == len(text) else text)
    hashes = [zlib.crc32(word.encode()) * 0x9E3779B1 % 2**32 for word in words]
    runs = zip(hashes, hashes[1:], hashes[2:], hashes[3:], strict=False)
    return sorted(
        {(a + 3 * b + 7 * c + 11 * d) * 0x9E3779B1 // 2**7 % 2**32 for a, b, c, d in runs if a < 2**30},
    )


letters = st.sampled_from("aAzZ09_-. \u00a0\u2019\u201c\u00e9\u00c9\u00b2\u00df\u0130\u0416\u6771\ud800\U0001f600")


@given(st.lists(st.text(letters | st.characters(), max_size=6), max_size=40).map(" ".join))
def test_marks_reckoned_with_at_once_are_those_reckoned_with_one_by_one(text):
    assert list(marks_of(facts("any", [text]))) == one_by_one(text)


@pytest.mark.parametrize("words", [3, 4, 5, 64, 5000])
def test_marks_of_short_and_long_texts(words):
    text = " ".join(f"word{number}" for number in range(words))
    assert list(marks_of(facts("any", [text]))) == one_by_one(text)
    assert words < 64 or marks_of(facts("any", [text]))
