"""The truth agrees with the articles and with itself."""

import re
from collections.abc import Iterator

import pytest

from samples.truth import Statement, Truth, load
from samples.world import World

WORLD = World.load()
TRUTH = load()
TEXTS = {it.ref: it.text for it in WORLD.manuscripts}
CLAIMS = {claim.id: claim for claim in TRUTH.claims}


def statements(truth: Truth) -> Iterator[Statement]:
    for claim in truth.claims:
        yield from claim.statements
    for quote in truth.quotes:
        yield from quote.wordings


def refs(truth: Truth) -> Iterator[str]:
    yield from (statement.ref for statement in statements(truth))
    for group in (*truth.discrepancies, *truth.agreements):
        for reading in group.readings:
            yield from reading.refs
    for supersession in truth.supersessions:
        yield from (*supersession.before.refs, *supersession.after.refs)


def shown_at(ref: str) -> int:
    """The first tick at which the version can be read."""
    return next(tick for tick in range(len(WORLD.ticks)) if ref in {it.ref for it in WORLD.live(tick)})


def test_every_ref_is_a_version_of_an_article() -> None:
    assert set(refs(TRUTH)) <= set(TEXTS)


def test_every_sentence_stands_in_its_article() -> None:
    missing = [it for it in statements(TRUTH) if it.sentence not in TEXTS[it.ref]]
    assert missing == []


def test_every_article_belongs_somewhere_once() -> None:
    placed = [article for story in TRUTH.stories for article in story.articles]
    placed += [single.article for single in TRUTH.singles]
    assert sorted(placed) == sorted(WORLD.firsts)


def test_statements_of_a_claim_come_from_its_story() -> None:
    for group in (*TRUTH.claims, *TRUTH.quotes):
        listed = group.statements if hasattr(group, "statements") else group.wordings
        assert {TRUTH.story_of(it.ref.partition("@")[0]) for it in listed} == {group.story}


def test_copies_share_sentences_and_paraphrases_do_not() -> None:
    for copy in TRUTH.copies:
        assert shared_sentences(copy.article, copy.original) >= 0.4
    for paraphrase in TRUTH.paraphrases:
        assert shared_sentences(paraphrase.article, paraphrase.original) == 0


def shared_sentences(copy: str, original: str) -> float:
    """Which part of the copy's sentences stands in the original, quotation marks apart."""
    own = sentences(copy)
    return len(own & sentences(original)) / len(own)


def sentences(ref: str) -> set[str]:
    table = str.maketrans("“”’‘", "\"\"''")
    return {part.strip('" ') for part in re.split(r"(?<=[.?!])\s|\n\n", TEXTS[ref].translate(table))}


def test_derived_articles_come_after_their_originals() -> None:
    for derived in (*TRUTH.copies, *TRUTH.paraphrases):
        assert WORLD.firsts[derived.original].published < WORLD.firsts[derived.article].published


@pytest.mark.parametrize("discrepancy", TRUTH.discrepancies, ids=lambda it: it.id)
def test_discrepancy_begins_when_two_values_can_be_read(discrepancy) -> None:  # type: ignore[no-untyped-def]
    firsts = sorted(min(shown_at(ref) for ref in reading.refs) for reading in discrepancy.readings)
    assert firsts[1] == discrepancy.since_tick
    assert {ref for reading in discrepancy.readings for ref in reading.refs} <= {
        statement.ref for statement in CLAIMS[discrepancy.claim].statements
    }


def test_discrepancies_end_when_the_resolving_version_comes() -> None:
    for discrepancy in TRUTH.discrepancies:
        if discrepancy.resolved_by is not None:
            assert shown_at(discrepancy.resolved_by) == discrepancy.until_tick


def test_one_discrepancy_is_corrected_one_is_superseded_and_one_stands() -> None:
    ends = {discrepancy.resolved_through for discrepancy in TRUTH.discrepancies}
    assert ends == {"correction", "later report", None}


def test_corrections_and_withdrawals_happen_at_their_ticks() -> None:
    for correction in TRUTH.corrections:
        assert shown_at(correction.after) == correction.tick
        assert correction.was in TEXTS[correction.before]
        assert correction.was not in TEXTS[correction.after]
        assert correction.now in TEXTS[correction.after]
    for withdrawal in TRUTH.withdrawals:
        gone = [{it.article for it in WORLD.withdrawn(tick)} for tick in (withdrawal.tick - 1, withdrawal.tick)]
        assert withdrawal.article not in gone[0]
        assert withdrawal.article in gone[1]
        assert {it.ref for it in CLAIMS[withdrawal.only_claim].statements} == {withdrawal.article}


def test_supersessions_go_forward_within_one_outlet() -> None:
    for supersession in TRUTH.supersessions:
        (before,), (after,) = supersession.before.refs, supersession.after.refs
        assert WORLD.firsts[before].outlet == WORLD.firsts[after].outlet
        assert WORLD.firsts[before].published < WORLD.firsts[after].published


def test_every_form_of_a_name_is_used_in_its_story() -> None:
    for entity in TRUTH.entities:
        story = next(it for it in TRUTH.stories if it.id == entity.story)
        for form in entity.forms:
            assert any(form in TEXTS[article] for article in story.articles), form


def test_there_are_lookalikes() -> None:
    assert {single.resembles for single in TRUTH.singles} >= {"ferry", "strike"}
